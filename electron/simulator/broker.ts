import { createServer, type Socket } from "node:net";
import { Aedes } from "aedes";
import { type Listening, listen } from "./listening.ts";

/** What a broker lets clients do; anonymous and everything by default. */
export interface BrokerRules {
  readonly username?: string;
  readonly password?: string;
  /** true where publishing to the topic is refused */
  readonly denies?: (topic: string) => boolean;
}

/** An MQTT 3.1.1 broker on a TCP port. */
export async function openBroker(host: string, port: number, rules: BrokerRules = {}): Promise<Listening> {
  const broker = await Aedes.createBroker({
    authenticate: (_client, username, password, done) => {
      const welcome =
        rules.username === undefined ||
        (username === rules.username && password?.toString() === rules.password);
      if (welcome) done(null, true);
      else done(Object.assign(new Error("refused"), { returnCode: 5 }), false);
    },
    authorizePublish: (_client, packet, done) => {
      done(rules.denies?.(packet.topic) === true ? new Error("denied") : null);
    },
  });
  // An errored client is dropped by the broker; without a listener the event would end the process.
  broker.on("clientError", () => undefined);
  broker.on("connectionError", () => undefined);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  const listening = await listen(server, host, port, () => {
    for (const socket of sockets) socket.destroy();
  });
  return {
    port: listening.port,
    async close() {
      await new Promise<void>((done) => broker.close(() => done()));
      await listening.close();
    },
  };
}
