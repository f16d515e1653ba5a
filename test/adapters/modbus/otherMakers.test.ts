import { ServerSerial, ServerTCP } from "modbus-serial";
import { afterEach, describe, expect, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Line, LinePlace } from "#capabilities/line.ts";
import { identityOf } from "#domain/modbus/identity.ts";
import { parseReadReply, readRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { freePort } from "#test/support/freePort.ts";
import { openPtyPair } from "#test/support/ptyPair.ts";
import { hasPymodbus, openPymodbus } from "#test/support/rtuSlavePymodbus.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const settings = { baudRate: 19_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function openLine(place: LinePlace): Promise<Line> {
  let line: Line | undefined;
  await until(async () => {
    line = await modbusLines(serialPorts())
      .open(place, never)
      .catch(() => undefined);
    return line !== undefined;
  }, "the line to open");
  if (line === undefined) throw new Error("unreachable");
  cleanups.push(() => line?.close());
  return line;
}

/** Until the other program has come up behind its port. */
async function answering(line: Line, unit: number): Promise<void> {
  await until(
    async () => (await thrown(line.exchange(unit, readRequest("holding", 0, 1), 200, never))) === undefined,
    "the first answer",
  );
}

async function exerciseUnits(line: Line): Promise<void> {
  const read = async (unit: number, area: "holding" | "input" | "coil", offset: number, count: number) =>
    parseReadReply(
      (await line.exchange(unit, readRequest(area, offset, count), 1000, never)).pdu,
      area,
      count,
    );
  expect(await read(7, "holding", 100, 3)).toEqual([100, 101, 102]);
  expect(await read(9, "input", 10, 2)).toEqual([40_010, 40_011]);
  expect(await read(7, "holding", 0, 125)).toEqual(Array.from({ length: 125 }, (_, i) => i));
  expect(await read(7, "coil", 3, 10)).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
  await line.exchange(7, writeRegistersRequest(50, [1234]), 1000, never);
  await line.exchange(7, writeRegistersRequest(51, [5678, 9]), 1000, never);
  expect(await read(7, "holding", 50, 3)).toEqual([1234, 5678, 9]);
  expect(await thrown(line.exchange(7, readRequest("holding", 5000, 1), 1000, never))).toEqual({
    code: "line.exception",
    unit: 7,
    exception: 2,
  });
  expect(await thrown(line.exchange(8, readRequest("holding", 0, 1), 150, never))).toMatchObject({
    code: "line.silent",
    unit: 8,
  });
  const who = await line.exchange(7, Uint8Array.of(43, 14, 1, 0), 1000, never);
  expect(identityOf(who.pdu)).toContain("Acme");
}

describe.runIf(hasPymodbus)("a pymodbus unit", () => {
  test("is read, written and identified over RTU", async () => {
    const pair = await openPtyPair();
    cleanups.push(() => pair.close());
    const slave = await openPymodbus("serial", pair.b);
    cleanups.push(() => slave.close());
    const line = await openLine({ kind: "serial", port: pair.a, settings });
    await answering(line, 7);

    await exerciseUnits(line);
  });

  test("is read, written and identified over ASCII", async () => {
    const pair = await openPtyPair();
    cleanups.push(() => pair.close());
    const slave = await openPymodbus("ascii", pair.b);
    cleanups.push(() => slave.close());
    const ascii = { ...settings, dataBits: 7, parity: "even", mode: "ascii" } as const;
    const line = await openLine({ kind: "serial", port: pair.a, settings: ascii });
    await answering(line, 7);

    await exerciseUnits(line);
  });

  test("is read, written and identified over TCP", async () => {
    const port = await freePort();
    const slave = await openPymodbus("tcp", String(port));
    cleanups.push(() => slave.close());
    const line = await openLine({ kind: "tcp", host: "127.0.0.1", port });
    await answering(line, 7);

    await exerciseUnits(line);
  });
});

describe("a modbus-serial unit", () => {
  const vector = {
    getHoldingRegister: (offset: number) => offset * 2,
    getInputRegister: (offset: number) => offset * 3,
    getMultipleHoldingRegisters: (offset: number, count: number) =>
      Array.from({ length: count }, (_, i) => (offset + i) * 2),
    getCoil: (offset: number) => offset % 2 === 0,
    getDiscreteInput: (offset: number) => offset % 2 === 1,
  };

  test("is read over RTU", async () => {
    const pair = await openPtyPair();
    cleanups.push(() => pair.close());
    const slave = new ServerSerial(vector, { path: pair.b, baudRate: 19_200, unitID: 3 });
    cleanups.push(() => new Promise<void>((resolve) => slave.close(() => resolve())));
    const line = await openLine({ kind: "serial", port: pair.a, settings });
    await answering(line, 3);

    const reply = await line.exchange(3, readRequest("holding", 30, 20), 1000, never);

    expect(parseReadReply(reply.pdu, "holding", 20)).toEqual(
      Array.from({ length: 20 }, (_, i) => 60 + i * 2),
    );
  });

  test("is read over TCP", async () => {
    const port = await freePort();
    const slave = new ServerTCP(vector, { host: "127.0.0.1", port, unitID: 3 });
    cleanups.push(() => new Promise<void>((resolve) => slave.close(() => resolve())));
    const line = await openLine({ kind: "tcp", host: "127.0.0.1", port });

    const [words, bits] = await Promise.all([
      line.exchange(3, readRequest("holding", 30, 20), 1000, never),
      line.exchange(3, readRequest("coil", 4, 3), 1000, never),
    ]);

    expect(parseReadReply(words.pdu, "holding", 20)[19]).toBe(98);
    expect(parseReadReply(bits.pdu, "coil", 3)).toEqual([1, 0, 1]);
  });
});
