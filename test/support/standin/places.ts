import { brokers } from "#adapters/mqtt/brokers.ts";
import type { BrokerPlace, Session } from "#capabilities/uplink.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { never } from "#test/support/serving.ts";

export const anyPlace: Omit<BrokerPlace, "port" | "clientId"> = {
  ...{ host: "127.0.0.1", tls: false, ca: "", version: "3.1.1", username: "", password: "" },
  keepAliveSeconds: 30,
};

export const wideBounds = { maxBytes: 1e9, maxAgeMs: 1e15, givesWay: "oldest" } as const;

/** A broker that keeps what it has not delivered over a restart, in `folder`. */
export function keepingBroker(folder: string, port?: number) {
  const kept = ["persistence true", `persistence_location ${folder}/`, "max_queued_messages 0"];
  return startMosquitto({ settings: kept, ...(port !== undefined && { port }) });
}

/** A client whose subscription the broker keeps while it is away. */
export async function keptSubscriber(port: number, topic = "#"): Promise<Session> {
  const session = await brokers().connect(
    { ...anyPlace, port, clientId: "subscriber", keepSessionSeconds: 3600 },
    never,
  );
  if (!session.resumed) await session.subscribe(topic, 1, never);
  return session;
}
