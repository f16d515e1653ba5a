/** The configuration file of a NanoMQ that nobody changed, as far as it counts here. */
export const usualFile = `mqtt {
    property_size = 32
    max_packet_size = 1MB
    max_mqueue_len = 2048
    retry_interval = 10s
    keepalive_multiplier = 1.25
}

listeners.tcp {
    bind = "0.0.0.0:1883"
}

http_server {
    port = 8081
    limit_conn = 8
    username = admin
    password = public
    auth_type = basic
}

log {
    to = [file, console]
    level = warn
    dir = "/tmp"
    file = "nanomq.log"
}

auth {
    allow_anonymous = true
    no_match = allow
    deny_action = ignore
}
`;
