import type { Tag } from "../tag/tag.ts";
import type { Kept } from "./kept.ts";

/** What one site is meant to be: the document that the eight steps edit and the site file keeps. */
export interface Site {
  readonly id: string;
  readonly name: string;
  /** ISA-95 path from the enterprise down, for example Water, East, NPS-07 */
  readonly path: readonly string[];
  readonly engineer: string;
  readonly note: string;
  /** true for the simulated site that ships with the product */
  readonly training: boolean;
  readonly gateway: Gateway | null;
  readonly lines: readonly Line[];
  readonly groups: readonly Group[];
  readonly tags: readonly Tag[];
  readonly uplink: Uplink | null;
  /** of the gateway whose configuration was taken over */
  readonly kept?: Kept;
  /** NanoMQ's way to the cloud; absent: none of this site's */
  readonly bridge?: Bridge;
  /** eKuiper's streams and rules; absent: none of this site's */
  readonly rules?: RuleSet;
}

export interface Gateway {
  readonly url: string;
  readonly user: string;
}

/** One serial port or one TCP link, with the units behind it. Its name is the gateway's node name. */
export type Line = SerialLine | TcpLine;

interface LineBase {
  readonly id: string;
  readonly name: string;
  readonly units: readonly Unit[];
  /** how long a unit may take before it counts as silent */
  readonly timeoutMs: number;
}

export interface SerialLine extends LineBase {
  readonly kind: "serial";
  /** the laptop's port: `COM3`, `/dev/ttyUSB0`, `simulated:rtu`, or `tcp://host:port` for RTU over TCP */
  readonly port: string;
  /** the gateway's port, `/dev/ttyS0` */
  readonly gatewayPort: string;
  readonly settings: SerialSettings;
}

export interface TcpLine extends LineBase {
  readonly kind: "tcp";
  readonly host: string;
  readonly port: number;
}

export interface SerialSettings {
  readonly baudRate: number;
  readonly parity: "none" | "even" | "odd";
  readonly dataBits: 7 | 8;
  readonly stopBits: 1 | 2;
  /** how frames are put into characters; RTU when absent */
  readonly mode?: "rtu" | "ascii" | undefined;
}

/** A station on a line, 1–247. */
export interface Unit {
  readonly number: number;
  readonly name: string;
  /** what it says of itself: vendor, product, version; empty when it says nothing */
  readonly identity: string;
  /** id of the device profile that its tags were taken from */
  readonly profile?: string | undefined;
}

/** A gateway's group: tags of one line read and published together. */
export interface Group {
  readonly line: string;
  readonly name: string;
  readonly intervalMs: number;
}

export interface Uplink {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** PEM text of the authority that signed the broker's certificate; empty: the system's own */
  readonly ca: string;
  /** PEM text by which the broker knows this site (mutual TLS); its key is a secret and stands elsewhere */
  readonly clientCertificate?: string;
  /** MQTT over WebSocket at this path, `/mqtt` for example; absent: straight over TCP or TLS */
  readonly webSocketPath?: string;
  readonly version: "3.1.1" | "5";
  readonly clientId: string;
  readonly username: string;
  readonly qos: 0 | 1 | 2;
  readonly format: "values" | "tags";
  /** topic of a group's messages, with {site}, {line} and {group} */
  readonly topic: string;
}

/** One bridge of the NanoMQ broker that runs on the gateway. Its password is a secret and stands elsewhere. */
export interface Bridge {
  /** NanoMQ's own API, and who signs in to it */
  readonly url: string;
  readonly user: string;
  readonly name: string;
  /** `mqtt-tcp://host:port`, or `tls+mqtt-tcp://host:port` */
  readonly server: string;
  readonly version: "3.1.1" | "5";
  readonly clientId: string;
  readonly cleanStart: boolean;
  readonly keepAliveSeconds: number;
  readonly username: string;
  /** messages that are kept in memory while the link is down: the oldest give way */
  readonly queueLength: number;
  readonly forwards: readonly BridgeTopic[];
  readonly subscriptions: readonly BridgeTopic[];
  /** files on the gateway */
  readonly tls?: BridgeTls;
}

export interface BridgeTopic {
  /** at the gateway's broker: what is forwarded, or what a subscribed message becomes; empty keeps the topic */
  readonly local: string;
  /** at the cloud's broker; empty keeps the topic */
  readonly remote: string;
  readonly qos: 0 | 1 | 2;
}

/** Paths on the gateway; empty where there is none. */
export interface BridgeTls {
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** What eKuiper runs for this site. Passwords in actions are secrets: a marker stands in their place. */
export interface RuleSet {
  /** eKuiper's own API */
  readonly url: string;
  readonly streams: readonly Stream[];
  readonly rules: readonly Rule[];
}

export interface Stream {
  readonly name: string;
  /** the whole `CREATE STREAM` statement */
  readonly sql: string;
}

export interface Rule {
  readonly id: string;
  readonly sql: string;
  /** what becomes of a result, as eKuiper takes it: `[{ mqtt: { server, topic } }]` */
  readonly actions: readonly Readonly<Record<string, unknown>>[];
  readonly options: Readonly<Record<string, unknown>>;
}
