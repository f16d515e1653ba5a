import type { Line, Site, Uplink } from "./site.ts";
import { defaultTopic } from "./topic.ts";

/** A site with nothing in it yet. `id` is made outside: the domain has no randomness. */
export function newSite(id: string, name: string, path: readonly string[] = []): Site {
  return {
    id,
    name: name.trim(),
    path: path.map((part) => part.trim()).filter((part) => part !== ""),
    engineer: "",
    note: "",
    training: false,
    gateway: null,
    lines: [],
    groups: [],
    tags: [],
    uplink: null,
  };
}

/** A plain connection to the broker beside the gateway's programs, until a person names another one. */
export function defaultUplink(site: Site): Uplink {
  return {
    host: "localhost",
    port: 1883,
    tls: false,
    ca: "",
    version: "3.1.1",
    clientId: `lastmile-${site.id}`,
    username: "",
    qos: 1,
    format: "values",
    topic: defaultTopic,
  };
}

/** A line as most devices leave the factory: 9600 baud, 8 data bits, no parity, one stop bit, or port 502. */
export function newLine(kind: Line["kind"], id: string, name: string): Line {
  const base = { id, name: name.trim(), units: [], timeoutMs: 1000 };
  if (kind === "tcp") return { ...base, kind, host: "192.168.1.10", port: 502 };
  return {
    ...base,
    kind,
    port: "",
    gatewayPort: "/dev/ttyS0",
    settings: { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 },
  };
}
