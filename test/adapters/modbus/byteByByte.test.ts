import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Frame } from "#capabilities/line.ts";
import { parseReadReply, readRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { makeBank } from "#simulator/bank.ts";
import { openBus } from "#simulator/bus.ts";
import { serveBus } from "#simulator/busServer.ts";
import { bit, register } from "#simulator/points.ts";
import { joinBus } from "#simulator/units/rtuUnit.ts";
import { openPtyBridge } from "#test/support/ptyBridge.ts";
import { hasPymodbus, openPymodbus } from "#test/support/rtuSlavePymodbus.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const settings = { baudRate: 19_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const hex = (bytes: Uint8Array | readonly number[]) => Buffer.from(bytes).toString("hex");
const bytesOf = (frames: readonly Frame[]) => hex(frames.flatMap((frame) => [...frame.bytes]));

const hasMbpoll = spawnSync("mbpoll", ["-V"]).error === undefined;
const run = promisify(execFile);

describe.runIf(hasMbpoll)("the master mbpoll on the simulated line", () => {
  /** A unit 5 with counting registers and every third bit set, behind an adapter that mbpoll opens. */
  async function openSimulatedLine() {
    const bus = openBus(settings);
    cleanups.push(() => bus.close());
    const count = Array.from({ length: 130 }, (_, offset) => offset);
    const points = [
      ...count.map((offset) => register(offset, () => 1000 + offset, 1, { writable: offset >= 100 })),
      ...count.map((offset) => register(offset, () => 7 * offset, 1, { area: "input" })),
      ...count.map((offset) => bit("coil", offset, () => offset % 3 === 0)),
      ...count.map((offset) => bit("discrete", offset, () => offset % 5 === 0)),
    ];
    cleanups.push(joinBus(bus, { number: 5, bank: makeBank(points, () => 0) }, () => 0));
    // Another station that only listens: what passes on the wire, and our line's account of it.
    const onWire: number[] = [];
    const listener = bus.tap();
    listener.onBytes((bytes) => onWire.push(...bytes));
    const frames: Frame[] = [];
    const line = rtuLine(listener, settings, "listener");
    cleanups.push(() => line.close());
    line.onFrame((frame) => frames.push(frame));
    const server = await serveBus(bus, "127.0.0.1", 0);
    cleanups.push(() => server.close());
    const adapter = await openPtyBridge(server.port);
    cleanups.push(() => adapter.close());
    return { adapter, onWire, frames };
  }

  test.each([
    ["-t4", "03", Array.from({ length: 10 }, (_, i) => 1003 + i)],
    ["-t3", "04", Array.from({ length: 10 }, (_, i) => 7 * (3 + i))],
    ["-t0", "01", [1, 0, 0, 1, 0, 0, 1, 0, 0, 1]],
    ["-t1", "02", [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]],
  ])("reads with %s, and all agree byte by byte", async (type, called, values) => {
    const { adapter, onWire, frames } = await openSimulatedLine();

    const { stdout } = await mbpoll(adapter.path, type, "-r", "3", "-c", "10");

    expect(printedValues(stdout)).toEqual(values);
    const { fromTerminal, toTerminal } = adapter.passed();
    expect(hex(fromTerminal)).toMatch(new RegExp(`^05${called}0003000a....$`));
    expect(printedBytes(stdout, "[]")).toBe(hex(fromTerminal));
    expect(printedBytes(stdout, "<>")).toBe(hex(toTerminal));
    expect(hex(onWire)).toBe(hex(fromTerminal) + hex(toTerminal));
    await until(() => frames.length === 2, "both frames heard");
    expect(bytesOf(frames)).toBe(hex(onWire));
    expect(frames.map(({ direction, verdict }) => `${direction} ${verdict}`)).toEqual([
      "heard good",
      "heard good",
    ]);
  });

  test("writes, is obeyed, and reads back what it wrote", async () => {
    const { adapter, onWire, frames } = await openSimulatedLine();

    await mbpoll(adapter.path, "-t4", "-r", "110", "--", "4711", "815");
    const { stdout } = await mbpoll(adapter.path, "-t4", "-r", "109", "-c", "4");
    const refused = await thrown(mbpoll(adapter.path, "-t4", "-r", "5", "--", "1"));

    expect(printedValues(stdout)).toEqual([1109, 4711, 815, 1112]);
    expect(String((refused as unknown as { stderr: string }).stderr)).toContain("Illegal data address");
    const { fromTerminal, toTerminal } = adapter.passed();
    await until(() => frames.length === 6, "three requests and three answers");
    const [write, written, read, answer, again, exception] = frames.map((frame) => hex(frame.bytes));
    expect(write).toMatch(/^0510006e0002041267032f....$/);
    expect(written).toMatch(/^0510006e0002....$/);
    expect(exception).toMatch(/^058602....$/);
    expect(`${write}${read}${again}`).toBe(hex(fromTerminal));
    expect(`${written}${answer}${exception}`).toBe(hex(toTerminal));
    expect(bytesOf(frames)).toBe(hex(onWire));
  });
});

function mbpoll(path: string, ...what: readonly string[]) {
  const [own, values] = what.includes("--")
    ? [what.slice(0, what.indexOf("--")), what.slice(what.indexOf("--"))]
    : [what, []];
  const how = ["-m", "rtu", "-a", "5", "-b", "19200", "-P", "none", "-0", "-1", "-v", "-o", "5"];
  return run("mbpoll", [...how, ...own, path, ...values], { timeout: 15_000 });
}

/** `[12]: 	1015` a line. */
function printedValues(stdout: string): readonly number[] {
  return [...stdout.matchAll(/^\[\d+\]:\s+(\d+)/gm)].map((match) => Number(match[1]));
}

/** Bytes as mbpoll prints them: sent ones as `[05][03]`, received ones as `<05><03>`. */
function printedBytes(stdout: string, brackets: "[]" | "<>"): string {
  const one = brackets === "[]" ? /\[([0-9A-F]{2})\](?!:)/g : /<([0-9A-F]{2})>/g;
  return [...stdout.matchAll(one)].map((match) => match[1]?.toLowerCase()).join("");
}

test.skipIf(!hasPymodbus)("our master and a pymodbus unit agree byte by byte on every frame", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-pty-"));
  cleanups.push(() => rm(folder, { recursive: true }));
  const far = join(folder, "unit");
  const adapter = await openPtyBridge(far);
  cleanups.push(() => adapter.close());
  await until(() => existsSync(far), "the unit's terminal");
  const slave = await openPymodbus("serial", far);
  cleanups.push(() => slave.close());
  const line = await modbusLines(serialPorts()).open({ kind: "serial", port: adapter.path, settings }, never);
  cleanups.push(() => line.close());
  const frames: Frame[] = [];
  line.onFrame((frame) => frames.push(frame));
  const ask = async (pdu: Uint8Array, timeoutMs = 2000) =>
    (await line.exchange(7, pdu, timeoutMs, never)).pdu;
  await until(async () => (await thrown(ask(readRequest("holding", 0, 1), 200))) === undefined, "the unit");

  for (const [area, offset, count] of [
    ["holding", 100, 3],
    ["input", 0, 125],
    ["coil", 3, 10],
    ["discrete", 0, 200],
  ] as const) {
    const values = parseReadReply(await ask(readRequest(area, offset, count)), area, count);
    const isBit = area === "coil" || area === "discrete";
    expect(values).toEqual(
      Array.from({ length: count }, (_, i) => (isBit ? Number((offset + i) % 3 === 0) : offset + i)),
    );
  }
  await ask(writeRegistersRequest(50, [1234]));
  await ask(writeRegistersRequest(51, [5678, 9]));
  expect(await thrown(ask(readRequest("holding", 5000, 1)))).toMatchObject({ code: "line.exception" });

  const sent = frames.filter((frame) => frame.direction === "sent");
  const received = frames.filter((frame) => frame.direction !== "sent");
  const { fromTerminal, toTerminal } = adapter.passed();
  expect(bytesOf(sent)).toBe(hex(fromTerminal));
  expect(bytesOf(received)).toBe(hex(toTerminal));
  // While the unit comes up its first answers may be late, and then count as unexpected.
  expect(received.filter((frame) => frame.verdict === "good").length).toBeGreaterThanOrEqual(8);
  expect(sent.length).toBeGreaterThanOrEqual(8);
});
