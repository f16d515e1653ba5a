import type { Socket } from "node:net";
import type { MqttClient } from "mqtt";
import { systemClock } from "#adapters/clock.ts";
import { Ending, Listeners } from "#adapters/listeners.ts";
import type { Unsubscribe } from "#capabilities/line.ts";
import type { BrokerLimits, Message, Session } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import { closedCause } from "./closedCause.ts";
import { SendWindow } from "./sendWindow.ts";

// mosquitto 2.0 cuts a client off that has more than 20 messages of QoS 2 under way, whatever it announced.
const exactlyOnceWindow = 20;
/** Of QoS 1: a link by satellite carries a hundred messages a second with so many; hosted brokers take 100. */
const atLeastOnceWindow = 64;
const goodbyeMs = 1000;

/** A session over a client that will not reconnect. It is one from `welcomed` on. */
export class BrokerSession implements Session {
  connectMs = 0;
  resumed = false;
  limits: BrokerLimits = {
    ...{ largestPacket: null, keepAliveSeconds: null, retains: true, highestQos: 2 },
    window: atLeastOnceWindow,
  };
  readonly #client: MqttClient;
  readonly #socket: Socket;
  readonly #host: string;
  readonly #messages = new Listeners<[Message]>();
  readonly #ending = new Ending<Error | undefined>();
  #windows = { 1: new SendWindow(atLeastOnceWindow), 2: new SendWindow(exactlyOnceWindow) };
  #early: Message[] | undefined = [];
  readonly #aborting = new WeakMap<AbortSignal, Set<() => void>>();
  #closing = false;

  constructor(client: MqttClient, socket: Socket, host: string) {
    this.#client = client;
    this.#socket = socket;
    this.#host = host;
    let cause: unknown;
    let reason: number | undefined;
    client.on("connect", ({ sessionPresent }) => {
      this.resumed = sessionPresent;
    });
    client.on("disconnect", (packet) => {
      reason = packet.reasonCode;
    });
    client.on("error", (error) => {
      cause = error;
      socket.destroy();
    });
    client.on("close", () =>
      this.#ending.tell(this.#closing ? undefined : this.#closed(cause, closedCause(reason))),
    );
    client.on("message", (topic, payload, packet) => {
      const message = { topic, payload, qos: packet.qos, retain: packet.retain, at: systemClock.now() };
      // A resumed session's messages may follow its welcome in one piece, before anybody can listen.
      if (this.#early === undefined) this.#messages.tell(message);
      else this.#early.push(message);
    });
  }

  /** The broker has let us in, after so many ms. */
  welcomed(connectMs: number): void {
    this.connectMs = connectMs;
    const said = this.#client.serverProperties;
    const announced = said?.receiveMaximum;
    const window = announced === undefined ? atLeastOnceWindow : Math.min(announced, exactlyOnceWindow);
    if (announced !== undefined) {
      // It counts both kinds together.
      const both = new SendWindow(window);
      this.#windows = { 1: both, 2: both };
    }
    this.limits = {
      largestPacket: said?.maximumPacketSize ?? null,
      keepAliveSeconds: said?.serverKeepAlive ?? null,
      retains: said?.retainAvailable !== false,
      highestQos: said?.maximumQoS === 0 || said?.maximumQoS === 1 ? said.maximumQoS : 2,
      window,
    };
  }

  subscribe(topic: string, qos: 0 | 1 | 2, signal: AbortSignal): Promise<void> {
    return this.#untilEnd(signal, (done) => {
      this.#client.subscribe(topic, { qos }, (error, _, packet) => {
        if (error === null) return done();
        const grants: readonly unknown[] = packet?.granted ?? [];
        if (grants.some((grant) => typeof grant === "number" && grant >= 0x80))
          return done(new FaultError({ code: "uplink.subscribeDenied", topic }, error));
        // Refused here, before anything was sent: a `#` in the wrong place, for example.
        const malformed = this.#client.connected && packet === undefined;
        done(
          malformed
            ? new ProblemError({ code: "input.invalid", reason: error.message })
            : this.#closed(error),
        );
      });
      return undefined;
    });
  }

  publish(
    topic: string,
    payload: Uint8Array,
    qos: 0 | 1 | 2,
    retain: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const bytes = Buffer.isBuffer(payload)
      ? payload
      : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    const window = qos > 0 ? this.#windows[qos === 1 ? 1 : 2] : undefined;
    return this.#untilEnd(signal, (done) => {
      const send = () =>
        this.#client.publish(topic, bytes, { qos, retain }, (error) => {
          window?.leave();
          if (!error) return done();
          const reason = reasonCode(error);
          const refused = reason >= 0x80;
          done(
            refused
              ? new FaultError({ code: "uplink.publishDenied", topic, reason }, error)
              : this.#closed(error),
          );
        });
      if (window) return window.enter(send);
      send();
      return undefined;
    });
  }

  ping(signal: AbortSignal): Promise<number> {
    const started = performance.now();
    return this.#untilEnd(signal, (done) => {
      const onPacket = ({ cmd }: { readonly cmd?: string }) => {
        if (cmd !== "pingresp") return;
        done();
      };
      this.#client.on("packetreceive", onPacket);
      this.#client.sendPing();
      return () => this.#client.off("packetreceive", onPacket);
    }).then(() => performance.now() - started);
  }

  onMessage(listener: (message: Message) => void): Unsubscribe {
    const forget = this.#messages.add(listener);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const message of early) listener(message);
    return forget;
  }

  onClose(listener: (error: Error | undefined) => void): Unsubscribe {
    return this.#ending.add(listener);
  }

  /** Says goodbye, so that the broker does not publish a will; a peer that does not hear it is left after a second. */
  async close(): Promise<void> {
    if (this.#ending.ended) return;
    this.#closing = true;
    const stop = systemClock.after(goodbyeMs, () => this.#socket.destroy());
    this.#client.end(false);
    await new Promise<void>((resolve) => this.#ending.add(() => resolve()));
    stop();
  }

  abandon(): void {
    this.#closing = true;
    this.#socket.destroy();
  }

  #closed(error?: unknown, cause?: string): FaultError {
    return new FaultError({ code: "uplink.closed", host: this.#host, ...(cause && { cause }) }, error);
  }

  /** @param start begins the work; what it returns takes back what has not begun when the waiting ends */
  #untilEnd(
    signal: AbortSignal,
    start: (done: (error?: Error) => void) => (() => void) | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#ending.ended || this.#closing) return reject(this.#closed());
      const aborting = this.#abortOf(signal);
      const onAbort = () => done(signal.reason);
      const done = (error?: Error) => {
        aborting.delete(onAbort);
        forget();
        undo?.();
        if (error === undefined) resolve();
        else reject(error);
      };
      const forget = this.#ending.add((error) => done(error ?? this.#closed()));
      aborting.add(onAbort);
      let undo: (() => void) | undefined;
      undo = start(done);
    });
  }

  /** Who waits on a signal: a whole site's messages may, and a listener for each costs more than a message. */
  #abortOf(signal: AbortSignal): Set<() => void> {
    const known = this.#aborting.get(signal);
    if (known !== undefined) return known;
    const waiting = new Set<() => void>();
    this.#aborting.set(signal, waiting);
    signal.addEventListener("abort", () => {
      for (const tell of [...waiting]) tell();
    });
    return waiting;
  }
}

function reasonCode(error: Error): number {
  return "code" in error && typeof error.code === "number" ? error.code : 0;
}
