import { readdirSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import { FaultError } from "#domain/fault.ts";
import type { Line } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { placeOf } from "#services/lineDesk.ts";
import { type LineTraffic, openTraffic } from "#services/lineTraffic.ts";
import { readLine, type WireReading } from "#services/wireReader.ts";
import { type AnsweringUnits, openAnsweringUnits, wordAt } from "#test/support/answeringUnits.ts";
import { openPtyBridge, type PtyBridge } from "#test/support/ptyBridge.ts";
import { until } from "#test/support/until.ts";

const settings = { baudRate: 115_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;

let units: AnsweringUnits;
let adapter: PtyBridge;
let traffic: LineTraffic;
let waitMs: () => number;

beforeEach(async () => {
  waitMs = () => 0;
  units = await openAnsweringUnits(() => waitMs());
  adapter = await openPtyBridge(units.port);
});
afterEach(async () => {
  await traffic.close();
  await adapter.close();
  await units.close();
});

function line(): Line {
  const names = { id: "rtu", name: "RTU", units: [] };
  return { ...names, kind: "serial", port: adapter.path, gatewayPort: "", settings, timeoutMs: 200 };
}

/** @param listenMs as for TrafficWorld; the product's own when left out */
function open(listenMs?: number): void {
  const world = { lines: modbusLines(serialPorts()), clock: systemClock, onFrame: () => undefined };
  traffic = openTraffic(placeOf(line()), listenMs === undefined ? world : { ...world, listenMs });
}

const read = (unit: number, offset: number, timeoutMs = 500) =>
  traffic.read(unit, "holding", offset, 1, { timeoutMs, priority: "person" }, never);

test("an idle line knows within a second that its adapter was pulled, and burns no processor", async () => {
  open(0);
  await read(1, 1);
  const before = process.cpuUsage();
  const begin = performance.now();

  await adapter.pull();
  const pulledAt = performance.now();
  await until(() => traffic.state.at === "lost", "the loss");

  expect(performance.now() - pulledAt).toBeLessThan(1000);
  expect(traffic.state).toMatchObject({ fault: { code: "line.lost", port: adapter.path } });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000 / (performance.now() - begin)).toBeLessThan(0.05);
});

test("values are read again within a second of the adapter's return, its silence kept", async () => {
  open();
  const tag: Tag = {
    line: "rtu",
    group: "g",
    name: "t",
    address: { unit: 3, area: "holding", offset: 7 },
    type: "uint16",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision: 0,
    unit: "",
    description: "",
  };
  let last: WireReading | undefined;
  const stop = new AbortController();
  const world = { traffic, clock: systemClock, priority: "poll" as const, cycleMs: 1000 };
  const reading = readLine(
    line(),
    [tag],
    {
      ...world,
      onReading: (one) => {
        last = one;
      },
    },
    stop.signal,
  ).catch(() => undefined);
  const isGood = () => last !== undefined && "value" in last;
  await until(isGood, "the first value");
  await adapter.pull();
  await until(() => !isGood(), "the loss");
  const states: string[] = [];
  traffic.onState(({ at }) => states.push(at));

  await adapter.plug();
  const pluggedAt = performance.now();
  await until(isGood, "a value again", 3000);

  expect(performance.now() - pluggedAt).toBeLessThan(1000);
  expect(last).toMatchObject({ value: wordAt(3, 7) });
  expect(states.filter((at) => at !== "lost")).toEqual(["listening", "free"]);
  stop.abort(new Error("stopped"));
  await reading;
});

test("a hundred pulls and returns leave no handle behind, and every return is served", async () => {
  open(2);
  const handles = () => readdirSync("/proc/self/fd").length;
  const cycle = async (offset: number) => {
    await until(() => read(5, offset).then(isAnswer(offset), () => false), `the answer of return ${offset}`);
    await adapter.pull();
    await until(() => traffic.state.at === "lost", "the loss");
  };
  for (let warm = 0; warm < 3; warm++) {
    await cycle(warm);
    await adapter.plug();
  }
  // Counted while it is pulled, when nothing is on its way in.
  await cycle(3);
  const before = { files: handles(), resources: resources() };

  for (let offset = 0; offset < 100; offset++) {
    await adapter.plug();
    await cycle(offset);
  }

  // What was closed last may still be on its way out.
  await until(() => handles() <= before.files, "the files to be closed", 20_000);
  await until(() => resources().length <= before.resources.length, "the handles to be closed", 20_000);
});

const isAnswer = (offset: number) => (reading: { readonly words: readonly number[] }) => {
  expect(reading.words).toEqual([wordAt(5, offset)]);
  return true;
};

/** What keeps the process alive, timers left out: they come and go by themselves. */
function resources(): readonly string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== "Timeout" && name !== "Immediate")
    .sort();
}

test("reads in flight while the adapter goes and comes yield no wrong value and settle in time", async () => {
  // A fixed sequence, so that a failure can be repeated.
  let seed = 20_261_123;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  waitMs = () => random(9);
  open(0);
  const timeoutMs = 150;
  let pulling = true;
  const pulls = (async () => {
    for (let pull = 0; pull < 20; pull++) {
      await new Promise((resolve) => setTimeout(resolve, 20 + random(60)));
      await adapter.pull();
      await adapter.plug();
    }
    pulling = false;
  })();
  const counts = { good: 0, lost: 0, silent: 0 };
  const wrong: unknown[] = [];
  let slowestMs = 0;
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  stalls.enable();

  while (pulling) {
    const [unit, offset, askedAt] = [1 + random(40), random(60_000), performance.now()];
    try {
      const { words } = await read(unit, offset, timeoutMs);
      if (words.length !== 1 || words[0] !== wordAt(unit, offset)) wrong.push({ unit, offset, words });
      counts.good += 1;
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      if (/line\.(lost|portMissing|busy|driverFailed)/.test(error.fault.code)) counts.lost += 1;
      else if (error.fault.code === "line.silent") counts.silent += 1;
      else throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    } finally {
      slowestMs = Math.max(slowestMs, performance.now() - askedAt);
    }
  }
  await pulls;

  expect(wrong).toEqual([]);
  expect(counts.good).toBeGreaterThan(20);
  expect(counts.lost).toBeGreaterThanOrEqual(10);
  // A machine that holds this process up holds its promises up as well.
  expect(slowestMs - 2 * (stalls.max / 1e6)).toBeLessThan(timeoutMs + 100);
});
