/** A NanoMQ's configuration file with one bridge to a broker of this machine, as it was running when it was measured. */
export function bridgedFile(brokerPort: number, keepalive = "15s"): string {
  return `mqtt {
    property_size = 32
    max_packet_size = 1MB
    max_mqueue_len = 2048
    retry_interval = 10s
    keepalive_multiplier = 1.25
    max_inflight_window = 2048
    max_awaiting_rel = 10s
    await_rel_timeout = 10s
}

listeners.tcp {
    bind = "127.0.0.1:1885"
}

http_server {
    port = 8081
    ip_addr = "127.0.0.1"
    limit_conn = 8
    username = admin
    password = public
    auth_type = basic
}

log {
    to = [file, console]
    level = info
    dir = "/opt/site"
    file = "nanomq.log"
}

auth {
    allow_anonymous = true
    no_match = allow
    deny_action = ignore
}

bridges.mqtt.cloud {
    server = "mqtt-tcp://127.0.0.1:${brokerPort}"
    proto_ver = 4
    clientid = "bridge_site42"
    keepalive = ${keepalive}
    backoff_max = 5s
    clean_start = false
    forwards = [
        {
            remote_topic = ""
            local_topic = "edge42/#"
            qos = 1
        }
    ]
    subscription = [
        {
            remote_topic = "cmd/site42/#"
            local_topic = ""
            qos = 1
        }
    ]
    max_parallel_processes = 2
    max_send_queue_len = 64
    max_recv_queue_len = 64
    resend_interval = 2000
    resend_wait = 3000
    cancel_timeout = 5000
}

bridges.mqtt.cache {
    disk_cache_size = 10240
    mounted_file_path = "/opt/site"
    flush_mem_threshold = 4
    resend_interval = 500
}
`;
}
