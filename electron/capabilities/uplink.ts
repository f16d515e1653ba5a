import type { Unsubscribe } from "./line.ts";

export interface BrokerPlace {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** PEM; empty means the system's authorities */
  readonly ca: string;
  readonly version: "3.1.1" | "5";
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly keepAliveSeconds: number;
}

export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** wall clock on arrival, ms */
  readonly at: number;
}

/** One MQTT session. Faults: uplink.subscribeDenied, uplink.closed. */
export interface Session {
  readonly connectMs: number;
  subscribe(topic: string, qos: 0 | 1 | 2, signal: AbortSignal): Promise<void>;
  /** resolves on the broker's acknowledgement (QoS 1, 2) or when handed over (QoS 0): sent, not arrived */
  publish(
    topic: string,
    payload: Uint8Array,
    qos: 0 | 1 | 2,
    retain: boolean,
    signal: AbortSignal,
  ): Promise<void>;
  onMessage(listener: (message: Message) => void): Unsubscribe;
  onClose(listener: (error: Error | undefined) => void): Unsubscribe;
  close(): Promise<void>;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: number;
  readonly validTo: number;
  readonly fingerprint: string;
}

export interface TlsLook {
  readonly protocol: string;
  readonly chain: readonly Certificate[];
}

/** The far end. Each stage throws the uplink fault that names its cause. */
export interface Brokers {
  /** name → addresses; uplink.nameUnknown */
  resolve(host: string, signal: AbortSignal): Promise<readonly string[]>;
  /** opens and closes a TCP connection; uplink.unreachable */
  reach(host: string, port: number, signal: AbortSignal): Promise<void>;
  /** TLS handshake only; uplink.tlsFailed with a cause word */
  tls(place: BrokerPlace, signal: AbortSignal): Promise<TlsLook>;
  /** MQTT CONNECT without automatic reconnection; uplink.connectRefused, uplink.unreachable, uplink.tlsFailed */
  connect(place: BrokerPlace, signal: AbortSignal): Promise<Session>;
}
