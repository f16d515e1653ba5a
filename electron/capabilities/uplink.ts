import type { FaultError } from "#domain/fault.ts";
import type { Unsubscribe } from "./line.ts";

export interface BrokerPlace {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** PEM; empty means the system's authorities */
  readonly ca: string;
  /** mutual TLS; an empty key means that none is kept on this computer */
  readonly client?: { readonly certificate: string; readonly key: string };
  /** MQTT over WebSocket at this path */
  readonly webSocketPath?: string;
  readonly version: "3.1.1" | "5";
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly keepAliveSeconds: number;
  /** the broker keeps the session so long after its end (3.1.1: as long as it likes); absent: not at all */
  readonly keepSessionSeconds?: number;
  readonly will?: { readonly topic: string; readonly payload: Uint8Array };
  /** says nothing after CONNECT, not even pings: to see when the broker gives such a client up */
  readonly mute?: boolean;
}

export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** wall clock on arrival, ms */
  readonly at: number;
}

/** What a broker announced with its welcome (MQTT 5); what 3.1.1 leaves unsaid is as that allows. */
export interface BrokerLimits {
  /** bytes of a whole packet; null: not said */
  readonly largestPacket: number | null;
  /** the broker's own keep-alive instead of ours; null: ours counts */
  readonly keepAliveSeconds: number | null;
  readonly retains: boolean;
  readonly highestQos: 0 | 1 | 2;
  /** acknowledged messages that may be under way at once; `publish` lets further ones wait */
  readonly window: number;
}

/** One MQTT session. Faults: uplink.subscribeDenied, uplink.publishDenied, uplink.closed. */
export interface Session {
  readonly connectMs: number;
  /** the broker had kept this client's earlier session */
  readonly resumed: boolean;
  readonly limits: BrokerLimits;
  subscribe(topic: string, qos: 0 | 1 | 2, signal: AbortSignal): Promise<void>;
  /** resolves on the broker's acknowledgement (QoS 1, 2) or when handed over (QoS 0): sent, not arrived */
  publish(
    topic: string,
    payload: Uint8Array,
    qos: 0 | 1 | 2,
    retain: boolean,
    signal: AbortSignal,
  ): Promise<void>;
  /** ms of the protocol's own ping there and back: the bare link, whatever the broker does with messages */
  ping(signal: AbortSignal): Promise<number>;
  /** what came before the first listener is told to it */
  onMessage(listener: (message: Message) => void): Unsubscribe;
  onClose(listener: (error: Error | undefined) => void): Unsubscribe;
  close(): Promise<void>;
  /** cuts the connection without a goodbye, as a power cut would */
  abandon(): void;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** the hosts that it is for, without their kind */
  readonly names: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
  readonly fingerprint: string;
  /** given in the settings, or one of the system's */
  readonly known: boolean;
}

export interface TlsLook {
  readonly protocol: string;
  readonly cipher: string;
  readonly chain: readonly Certificate[];
  /** uplink.tlsFailed: why no session may run over it, where a certificate was seen all the same */
  readonly fault: FaultError | null;
}

/** The far end. Each stage throws the uplink fault that names its cause. */
export interface Brokers {
  /** name → addresses; uplink.nameUnknown */
  resolve(host: string, signal: AbortSignal): Promise<readonly string[]>;
  /** opens and closes a TCP connection; uplink.unreachable */
  reach(host: string, port: number, signal: AbortSignal): Promise<void>;
  /** TLS handshake only; uplink.tlsFailed with a cause word where not even a certificate was seen */
  tls(place: BrokerPlace, signal: AbortSignal): Promise<TlsLook>;
  /** MQTT CONNECT without automatic reconnection; uplink.connectRefused, uplink.unreachable, uplink.tlsFailed */
  connect(place: BrokerPlace, signal: AbortSignal): Promise<Session>;
}
