import type { AddressInfo, Server } from "node:net";
import { createServer } from "node:net";
import { ServerTCP } from "modbus-serial";
import { openBroker } from "#simulator/broker.ts";
import { openBus } from "#simulator/bus.ts";
import { openGateway } from "#simulator/gateway/gateway.ts";
import { joinBus } from "#simulator/units/rtuUnit.ts";
import { recordedBank } from "./recordedRegisters.ts";

/** The surroundings of the recording: a Modbus TCP slave, an RTU line and a broker, and gateways among them. */
export interface RecordedSite {
  readonly slavePort: number;
  readonly deadPort: number;
  readonly brokerPort: number;
  /** a fresh gateway; the port it listens on */
  openGateway(): Promise<number>;
  close(): Promise<void>;
}

type Answer = (error: { readonly modbusErrorCode: number } | null, value?: unknown) => void;

export async function openRecordedSite(): Promise<RecordedSite> {
  const bank = recordedBank();
  const closing: (() => Promise<unknown> | unknown)[] = [];
  const slavePort = await openSlave(bank, closing);
  const line = openBus({ baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 });
  closing.push(() => line.close());
  const none = { read: () => undefined, write: () => false };
  joinBus(line, { number: 1, bank }, () => 0);
  joinBus(line, { number: 7, bank: none }, () => 0);
  const broker = await openBroker("127.0.0.1", 0);
  closing.push(() => broker.close());
  return {
    slavePort,
    deadPort: await closedPort(),
    brokerPort: broker.port,
    async openGateway() {
      const gateway = await openGateway({
        host: "127.0.0.1",
        port: 0,
        now: Date.now,
        openPort: async (device, settings) => (device === "/dev/ttyS0" ? line.tap(settings) : undefined),
      });
      closing.push(() => gateway.close());
      return gateway.port;
    },
    async close() {
      for (const step of closing.reverse()) await step();
    },
  };
}

/** Unit 7 refuses everything and unit 9 says nothing; the others are one device. */
async function openSlave(bank: ReturnType<typeof recordedBank>, closing: (() => unknown)[]): Promise<number> {
  const reply = (unit: number, answer: Answer, values: readonly number[] | undefined) => {
    if (unit === 9) return;
    if (unit === 7 || values === undefined) answer({ modbusErrorCode: 2 });
    else answer(null, values);
  };
  const done = (unit: number, answer: Answer, write: () => boolean) => {
    if (unit === 9) return;
    answer(unit === 7 || !write() ? { modbusErrorCode: 2 } : null);
  };
  const bit = (area: "coil" | "discrete") => (offset: number, unit: number, answer: Answer) =>
    reply(
      unit,
      (error, values) => answer(error, (values as number[] | undefined)?.[0] === 1),
      bank.read(area, offset, 1),
    );
  const words =
    (area: "holding" | "input") => (offset: number, count: number, unit: number, answer: Answer) =>
      reply(unit, answer, bank.read(area, offset, count));
  const word = (area: "holding" | "input") => (offset: number, unit: number, answer: Answer) =>
    reply(
      unit,
      (error, values) => answer(error, (values as number[] | undefined)?.[0]),
      bank.read(area, offset, 1),
    );
  const vector = {
    getHoldingRegister: word("holding"),
    getInputRegister: word("input"),
    getCoil: bit("coil"),
    getDiscreteInput: bit("discrete"),
    getMultipleHoldingRegisters: words("holding"),
    getMultipleInputRegisters: words("input"),
    setCoil: (offset: number, value: boolean, unit: number, answer: Answer) =>
      done(unit, answer, () => bank.write("coil", offset, [value ? 1 : 0])),
    setRegister: (offset: number, value: number, unit: number, answer: Answer) =>
      done(unit, answer, () => bank.write("holding", offset, [value])),
    setRegisterArray: (offset: number, values: number[], unit: number, answer: Answer) =>
      done(unit, answer, () => bank.write("holding", offset, values)),
  };
  const port = await closedPort();
  const server = new ServerTCP(vector as never, { host: "127.0.0.1", port, unitID: 255 });
  server.on("socketError", () => undefined);
  await new Promise<void>((resolve) => server.on("initialized", () => resolve()));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return port;
}

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
