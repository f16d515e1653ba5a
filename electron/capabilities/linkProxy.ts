import type { LinkShape } from "#domain/link/linkShape.ts";
import type { MqttPacket } from "#domain/link/mqttPackets.ts";
import type { Unsubscribe } from "./line.ts";

/** An MQTT packet at the proxy: `sent` when it came in, `passed` when it was handed to the other end. */
export interface Passing {
  /** wall clock, ms */
  readonly at: number;
  /** connections are counted from 1 */
  readonly flow: number;
  readonly way: "up" | "down";
  readonly stage: "sent" | "passed";
  readonly packet: MqttPacket;
}

export interface LinkCounts {
  readonly bytes: number;
  /** segments of TCP, those that were lost and sent again among them */
  readonly packets: number;
}

/**
 * A TCP proxy that Lastmile puts between a publisher and its broker: `up` is towards the broker. Connections of
 * other programs pass unread; those of MQTT without TLS are counted packet by packet.
 */
export interface LinkProxy {
  readonly host: string;
  readonly port: number;
  /** from now on; connections that are open keep theirs for what is under way */
  shape(shape: LinkShape): void;
  /**
   * `reset`: connections end and new ones are refused, as with a router that is switched off beside the publisher.
   * `silence`: nothing passes and nobody is told, as with a cable pulled further away. What was sent into the silence
   * is sent again after it by whoever still has the connection, as TCP does.
   */
  cut(how: "reset" | "silence"): void;
  restore(): void;
  readonly isCut: boolean;
  /** connections that are open at the publisher's side */
  readonly open: number;
  counts(way: "up" | "down"): LinkCounts;
  onPassing(listener: (passing: Passing) => void): Unsubscribe;
  close(): Promise<void>;
}

export interface LinkProxies {
  /**
   * Listens on a free port of one of this machine's addresses.
   *
   * @param seed makes jitter and loss repeatable
   * @throws FaultError line.busy where the address cannot be listened on
   */
  open(place: {
    readonly host: string;
    readonly to: { readonly host: string; readonly port: number };
    readonly shape?: LinkShape;
    readonly seed?: number;
  }): Promise<LinkProxy>;
}
