import { allEntries, entriesAt, type HoconBlock, type HoconEntry, wordAt } from "#domain/hocon/hocon.ts";

/** One bridge as the broker holds it; texts that nobody gave are null, as it shows them. */
export interface BridgeConf {
  name: string;
  enable: boolean;
  server: string | null;
  proto_ver: number;
  clientid: string | null;
  clean_start: boolean;
  username: string | null;
  password: string | null;
  keepalive: number;
  tls: boolean;
  forwards: readonly BridgeTopicConf[];
  subscription: readonly BridgeTopicConf[];
}

export interface BridgeTopicConf {
  readonly remote_topic: string;
  readonly local_topic: string;
  readonly qos: number;
}

/** The part of the broker's configuration that its API shows. */
export interface NanomqConf {
  readonly url: string;
  /** undefined: no `http_server` in the file, so nobody answers */
  readonly http: { readonly user: string; readonly password: string } | undefined;
  readonly hot: Record<string, unknown>;
  readonly allowAnonymous: boolean;
  readonly bridges: readonly BridgeConf[];
  readonly cache: Readonly<Record<string, unknown>>;
}

/** What a broker makes of its file; what the file does not say is the broker's own choice. */
export function confOf(file: HoconBlock): NanomqConf {
  const word = (...path: readonly string[]) => wordAt(file, path);
  const number = (fallback: number, ...path: readonly string[]) => numberIn(word(...path), fallback);
  const http = entriesAt(file, ["http_server"]).length > 0 || word("http_server", "port") !== undefined;
  const bridges = bridgeEntries(file).map(({ name, entry }) => bridgeConf(name, entry));
  return {
    url: `nmq-tcp://${word("listeners", "tcp", "bind") ?? "0.0.0.0:1883"}`,
    http: http
      ? {
          user: word("http_server", "username") ?? "admin",
          password: word("http_server", "password") ?? "public",
        }
      : undefined,
    hot: {
      property_size: number(32, "mqtt", "property_size"),
      max_packet_size: 1024,
      client_max_packet_size: 1024,
      msq_len: number(2048, "mqtt", "max_mqueue_len"),
      qos_duration: number(10, "mqtt", "retry_interval"),
      keepalive_backoff: number(1.25, "mqtt", "keepalive_multiplier"),
    },
    allowAnonymous: word("auth", "allow_anonymous") !== "false",
    bridges,
    cache: cacheConf(file),
  };
}

function bridgeEntries(file: HoconBlock): readonly { readonly name: string; readonly entry: HoconEntry }[] {
  return allEntries(file).flatMap(({ path, entry }) => {
    const [one, two, name, more] = path;
    const isBridge = one === "bridges" && two === "mqtt" && name !== undefined && more === undefined;
    return isBridge && name !== "cache" && entry.value.kind === "block" ? [{ name, entry }] : [];
  });
}

function bridgeConf(name: string, { value }: HoconEntry): BridgeConf {
  const block = value as HoconBlock;
  const word = (key: string) => wordAt(block, [key]) ?? null;
  return {
    name,
    enable: word("enable") !== "false",
    server: word("server"),
    proto_ver: numberIn(word("proto_ver") ?? undefined, 4),
    clientid: word("clientid"),
    clean_start: word("clean_start") !== "false",
    username: word("username"),
    password: word("password"),
    keepalive: secondsIn(word("keepalive"), 60),
    tls: entriesAt(block, ["ssl"]).length > 0,
    forwards: topicsAt(block, "forwards"),
    subscription: topicsAt(block, "subscription"),
  };
}

function topicsAt(block: HoconBlock, key: string): readonly BridgeTopicConf[] {
  const value = entriesAt(block, [key]).at(-1)?.value;
  if (value?.kind !== "list") return [];
  return value.items.flatMap((item) =>
    item.kind === "block"
      ? [
          {
            remote_topic: wordAt(item, ["remote_topic"]) ?? "",
            local_topic: wordAt(item, ["local_topic"]) ?? "",
            qos: numberIn(wordAt(item, ["qos"]), 0),
          },
        ]
      : [],
  );
}

function cacheConf(file: HoconBlock): NanomqConf["cache"] {
  const word = (key: string) => wordAt(file, ["bridges", "mqtt", "cache", key]);
  return {
    enable: entriesAt(file, ["bridges", "mqtt", "cache"]).length > 0,
    disk_cache_size: numberIn(word("disk_cache_size"), 102_400),
    flush_mem_threshold: numberIn(word("flush_mem_threshold"), 100),
    resend_interval: numberIn(word("resend_interval"), 5000),
    mounted_file_path: word("mounted_file_path") ?? null,
  };
}

function numberIn(text: string | undefined, fallback: number): number {
  const number = Number.parseFloat(text ?? "");
  return Number.isFinite(number) ? number : fallback;
}

/** `60s` and `2m`; a bare number is not read as a time. */
export function secondsIn(text: unknown, fallback: number): number {
  const match = typeof text === "string" ? /^(\d+)(s|m|h)$/.exec(text) : null;
  if (!match) return fallback;
  return Number(match[1]) * { s: 1, m: 60, h: 3600 }[match[2] as "s" | "m" | "h"];
}
