import type { BridgeConf, NanomqConf } from "./conf.ts";

const noTls = {
  enable: false,
  url: null,
  key_password: null,
  key: null,
  cert: null,
  cacert: null,
  verify_peer: false,
  fail_if_no_peer_cert: false,
};
const noRequest = { url: null, method: null, headers: {}, params: [], tls: noTls };

/** `GET /bridges/` and `/bridges/<name>`: an unknown name shows none, and that is no error. */
export function shownBridges(conf: NanomqConf, bridges: readonly BridgeConf[]): unknown {
  return { nodes: bridges.map(shownBridge), sqlite: conf.cache };
}

function shownBridge(bridge: BridgeConf): unknown {
  const { server, proto_ver, clientid, clean_start, username, password, keepalive } = bridge;
  return {
    name: bridge.name,
    enable: bridge.enable,
    parallel: 2,
    connector: { server, proto_ver, clientid, clean_start, username, password, keepalive },
    forwards: bridge.forwards,
    subscription: bridge.subscription,
    tls: { ...noTls, enable: bridge.tls },
  };
}

/** The parts of `GET /configuration/`, each of which can be asked for alone. The API's own password is in clear. */
export function shownParts(
  conf: NanomqConf,
  bridges: readonly BridgeConf[],
): Readonly<Record<string, unknown>> {
  return {
    basic: {
      url: conf.url,
      num_taskq_thread: 4,
      max_taskq_thread: 4,
      parallel: 4,
      property_size: conf.hot.property_size,
      daemon: false,
      max_packet_size: conf.hot.max_packet_size,
      client_max_packet_size: conf.hot.client_max_packet_size,
      msq_len: conf.hot.msq_len,
      qos_duration: conf.hot.qos_duration,
      keepalive_backoff: conf.hot.keepalive_backoff,
      allow_anonymous: conf.allowAnonymous,
      ipc_internal: true,
    },
    tls: noTls,
    auth: [],
    auth_http: {
      enable: false,
      timeout: 5,
      connect_timeout: 5,
      pool_size: 32,
      cache_ttl: 0,
      auth_req: noRequest,
      acl_req: noRequest,
      super_req: noRequest,
    },
    websocket: { enable: false, tls_enable: true, url: null, tls_url: null },
    http_server: {
      enable: true,
      port: 8081,
      addr: "127.0.0.1",
      username: conf.http?.user ?? null,
      password: conf.http?.password ?? null,
      auth_type: "basic",
    },
    sqlite: {
      enable: false,
      disk_cache_size: 102_400,
      flush_mem_threshold: 100,
      resend_interval: 0,
      mounted_file_path: null,
    },
    bridge: shownBridges(conf, bridges),
  };
}

const calls = [
  "GET /brokers/",
  "GET /nodes/",
  "GET /clients/",
  "GET /clients/:clientid",
  "GET /clients/username/:username",
  "GET /subscriptions/",
  "GET /subscriptions/:clientid",
  "GET /rules/",
  "GET /bridges/:bridge_name",
  "PUT /bridges/:bridge_name",
  "POST /bridges/switch/:bridge_name",
  "POST /mqtt/publish",
  "POST /mqtt/publish_batch",
  "GET /topic-tree/",
  "GET /reload/",
  "POST /reload/",
  "GET /configuration/",
  "POST /config_update",
  "POST /ctrl/:action",
  "GET /metrics",
  "GET /prometheus",
] as const;

/** `GET /api/v4`: the calls that this build has. Newer ones hand out their file as well. */
export function shownCalls(handsOutFile: boolean): unknown {
  return [...calls, ...(handsOutFile ? ["GET /get_file"] : [])].map((call) => {
    const [method, path] = call.split(" ");
    return { path, name: path?.replace(/\W+/g, "_").replace(/^_|_$/g, ""), method, descr: "" };
  });
}
