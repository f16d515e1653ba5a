import type { Socket } from "node:net";
import { Aedes } from "aedes";
import { readHocon } from "#domain/hocon/readHocon.ts";
import { type BridgeCounts, newCounts, type RunningBridge, startBridge } from "./bridge.ts";
import { type BridgeConf, confOf, type NanomqConf, secondsIn } from "./conf.ts";

/** One run of the broker's process: its MQTT side and its bridges. */
export interface BrokerRun {
  readonly conf: NanomqConf;
  readonly startedMs: number;
  readonly bridges: readonly BridgeConf[];
  /** a client that connects */
  take(socket: Socket): void;
  counts(name: string): BridgeCounts;
  readonly clients: readonly { readonly id: string; readonly keepalive: number }[];
  readonly received: number;
  /** as though a client had published it */
  publish(topic: string, payload: Buffer, qos: 0 | 1 | 2, retain: boolean): void;
  /** changes a bridge as `PUT /bridges/<name>` does; false where there is none of that name */
  put(name: string, wanted: Readonly<Record<string, unknown>>): boolean;
  switchBridge(name: string, on: boolean): boolean;
  end(): Promise<void>;
}

/** @returns undefined for a file that it cannot read: the process ends */
export async function startBroker(file: string): Promise<BrokerRun | undefined> {
  const read = readHocon(file);
  if (!read.ok) return undefined;
  const conf = confOf(read.value);
  const bridges = conf.bridges.map((bridge) => ({ ...bridge }));
  const running = new Map<string, RunningBridge>();
  const counts = new Map<string, BridgeCounts>(bridges.map(({ name }) => [name, newCounts()]));
  const aedes = await Aedes.createBroker();
  aedes.on("clientError", () => undefined);
  aedes.on("connectionError", () => undefined);
  let received = 0;
  let ended = false;

  aedes.on("publish", ({ topic, payload }, client) => {
    if (topic.startsWith("$SYS")) return;
    received += 1;
    // What a bridge brought is not sent back by it: its packets have no client.
    if (client) for (const bridge of running.values()) bridge.forward(topic, Buffer.from(payload));
  });

  function deliver(topic: string, payload: Buffer, qos: 0 | 1 | 2, retain = false): void {
    if (ended) return;
    aedes.publish({ cmd: "publish", topic, payload, qos, retain, dup: false }, () => undefined);
  }

  function start(bridge: BridgeConf): void {
    running.get(bridge.name)?.stop();
    const own = counts.get(bridge.name) ?? newCounts();
    running.set(
      bridge.name,
      startBridge(bridge, own, (topic, payload, qos) => deliver(topic, payload, qos)),
    );
  }
  for (const bridge of bridges) start(bridge);

  const sockets = new Set<Socket>();

  return {
    conf,
    startedMs: performance.now(),
    bridges,
    take(socket) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      aedes.handle(socket);
    },
    counts: (name) => counts.get(name) ?? newCounts(),
    get clients() {
      return [
        ...Object.values((aedes as unknown as { clients: Record<string, { id: string }> }).clients),
      ].map(({ id }) => ({ id, keepalive: 60 }));
    },
    get received() {
      return received;
    },
    publish(topic, payload, qos, retain) {
      deliver(topic, payload, qos, retain);
      for (const bridge of running.values()) bridge.forward(topic, payload);
    },
    put(name, wanted) {
      const bridge = bridges.find((one) => one.name === name);
      if (!bridge) return false;
      Object.assign(bridge, changed(bridge, wanted));
      start(bridge);
      return true;
    },
    switchBridge(name, on) {
      const bridge = bridges.find((one) => one.name === name);
      if (!bridge) return false;
      bridge.enable = on;
      start(bridge);
      return true;
    },
    async end() {
      ended = true;
      for (const bridge of running.values()) bridge.stop();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => aedes.close(() => done()));
    },
  };
}

/**
 * What is left of a bridge after a `PUT`: texts and lists that the call does not name are gone, numbers stay, and a
 * keep-alive that is no text such as `20s` is passed over without a word (measured).
 */
function changed(bridge: BridgeConf, wanted: Readonly<Record<string, unknown>>): Partial<BridgeConf> {
  const text = (key: string) => (typeof wanted[key] === "string" ? (wanted[key] as string) : null);
  const topics = (key: string) =>
    Array.isArray(wanted[key])
      ? (wanted[key] as Record<string, unknown>[]).map((item) => ({
          remote_topic: String(item.remote_topic ?? ""),
          local_topic: String(item.local_topic ?? ""),
          qos: Number(item.qos ?? 0),
        }))
      : [];
  return {
    enable: wanted.enable !== false,
    server: text("server"),
    proto_ver: typeof wanted.proto_ver === "number" ? wanted.proto_ver : bridge.proto_ver,
    clientid: text("clientid"),
    clean_start: typeof wanted.clean_start === "boolean" ? wanted.clean_start : bridge.clean_start,
    username: text("username"),
    password: text("password"),
    keepalive: secondsIn(wanted.keepalive, bridge.keepalive),
    tls: typeof wanted.ssl === "object" && wanted.ssl !== null,
    forwards: topics("forwards"),
    subscription: topics("subscription"),
  };
}
