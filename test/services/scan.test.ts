import { createServer } from "node:net";
import { afterAll, expect, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { BytePipe, Lines, SerialPorts } from "#capabilities/line.ts";
import type { FoundUnit } from "#contract/lineViews.ts";
import { FaultError } from "#domain/fault.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { exchangeMs } from "#domain/modbus/timing.ts";
import type { SerialLine, SerialSettings } from "#domain/site/site.ts";
import { makeBank, type Point } from "#simulator/bank.ts";
import { type Bus, openBus } from "#simulator/bus.ts";
import type { Identity } from "#simulator/pduServer.ts";
import { register } from "#simulator/points.ts";
import { calm, joinBus, type Temper } from "#simulator/units/rtuUnit.ts";
import { sunspecPoints } from "#simulator/units/sunspec.ts";
import { openPtyPair } from "#test/support/ptyPair.ts";
import { hasPymodbus, openPymodbus } from "#test/support/rtuSlavePymodbus.ts";
import { until } from "#test/support/until.ts";
import { scanning } from "./scanning.ts";

const settings: SerialSettings = { baudRate: 19_200, parity: "even", dataBits: 8, stopBits: 1 };
const line: SerialLine = {
  ...{ id: "line", name: "line", timeoutMs: 500, units: [], kind: "serial" },
  ...{ port: "port", gatewayPort: "/dev/ttyS0", settings },
};

// The lines are paced as real ones, so the tests run side by side.
const waiting = { timeout: 20_000 };
/** Where the time-out is not what the test is about, a busy machine gets room. */
const patient = { timeoutMs: 400, mostMs: 1000 };
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A simulated line and the numbers of the units that its only port asks, in order. */
function place(choices: { readonly echoes?: boolean } = {}) {
  const bus = openBus(settings);
  closing.push(() => bus.close());
  const asked: number[] = [];
  const ports: SerialPorts = {
    list: async () => [],
    async open(_, at) {
      const tap = bus.tap(at, () => choices.echoes ?? false);
      const pipe: BytePipe = {
        ...tap,
        write(bytes) {
          asked.push(bytes[0] ?? 0);
          return tap.write(bytes);
        },
      };
      return pipe;
    },
  };
  return { bus, asked, lines: modbusLines(ports) };
}

function join(
  bus: Bus,
  number: number,
  unit: { points?: readonly Point[]; identity?: Identity; temper?: Partial<Temper> } = {},
): void {
  const bank = makeBank(unit.points ?? [register(0, () => number)], () => 0);
  const temper = { ...calm, ...unit.temper };
  const identity = unit.identity && { identity: unit.identity };
  closing.push(joinBus(bus, { number, bank, temper, ...identity }, () => 0));
}

/** A line with a clock of its own: `ms` is what the talk would have taken on the wire, so that all numbers are asked at once. */
function talkWith(units: readonly number[]) {
  const talk = { ms: 0 };
  const lines: Lines = {
    open: async () => ({
      shared: true,
      async exchange(unit, pdu, timeoutMs) {
        const answers = units.includes(unit);
        talk.ms += exchangeMs(settings, 8, answers ? 7 : 0, answers ? 10 : timeoutMs);
        if (!answers) throw new FaultError({ code: "line.silent", unit, afterMs: timeoutMs });
        if (pdu[0] === 3 && pdu[2] === 0 && pdu[4] === 1)
          return { pdu: Uint8Array.of(3, 2, 0, 7), latencyMs: 18 };
        throw new FaultError({ code: "line.exception", unit, exception: 2 });
      },
      async listen(ms) {
        talk.ms += ms;
        return { bytes: 0, frames: [] };
      },
      onFrame: () => () => undefined,
      onClose: () => () => undefined,
      close: async () => undefined,
    }),
  };
  return Object.assign(talk, { lines });
}

const numbers = (units: readonly { readonly number: number }[]) => units.map(({ number }) => number);

test.concurrent(
  "exactly the units that are there are found, an exception being as good an answer",
  waiting,
  async () => {
    const { bus, lines } = place();
    join(bus, 3);
    join(bus, 17, { points: [] });

    const job = await scanning(lines, line, { to: 20, listenMs: 300, timing: patient }).ended;

    expect(job).toMatchObject({ state: "done", good: true, done: 20, total: 20 });
    expect(job.detail).toMatchObject({ asked: 20, suspects: [] });
    expect(job.detail.units).toMatchObject([
      { number: 3, answered: "data", identity: "", identifiedBy: [] },
      { number: 17, answered: "exception" },
    ]);
  },
);

test("all 247 numbers are asked in 40 s of the line's time, and three units found", async () => {
  const talk = talkWith([3, 17, 201]);

  const { detail } = await scanning(talk.lines, line, { listenMs: 3000, now: () => talk.ms }).ended;

  expect(detail.asked).toBe(247);
  expect(numbers(detail.units)).toEqual([3, 17, 201]);
  expect(talk.ms).toBeGreaterThan(30_000);
  expect(talk.ms).toBeLessThanOrEqual(40_000);
});

test.concurrent("an adapter that echoes answers for nobody", waiting, async () => {
  const { bus, lines } = place({ echoes: true });
  join(bus, 3);

  const job = await scanning(lines, line, { to: 6 }).ended;

  expect(numbers(job.detail.units)).toEqual([3]);
  expect(job.detail.suspects).toEqual([]);
});

test.concurrent("a unit tells who it is in one way or in all of them", waiting, async () => {
  const { bus, lines } = place();
  const identity = { vendor: "Acme", product: "AC-1", version: "2.0", device: true };
  const more = { 4: "Meter AC", 5: "AC", 128: "SN 0815" };
  join(bus, 1, { identity: { ...identity, more, inParts: true } });
  join(bus, 2, { identity: { ...identity, device: false } });
  const block = { vendor: "Volta", product: "Inverter 5", revision: "1.2", serial: "V-77" };
  join(bus, 3, { points: sunspecPoints(40_000, block, [{ id: 103, registers: 50 }]), identity });
  join(bus, 4, { points: sunspecPoints(0, block) });
  join(bus, 5, { points: sunspecPoints(50_000, block) });

  const { detail } = await scanning(lines, line, { to: 5 }).ended;

  const none = { vendor: "", product: "", revision: "", serial: "", serverId: "", sunspecModels: [] };
  const acme = {
    ...none,
    vendor: "Acme",
    product: "AC-1 Meter AC",
    revision: "2.0",
    serverId: "Acme AC-1 2.0",
  };
  expect(detail.units).toMatchObject([
    { identity: "Acme AC-1 Meter AC 2.0 · SN 0815", seen: acme, identifiedBy: ["fc43", "fc17"] },
    { identity: "Acme AC-1 2.0", seen: { ...none, serverId: "Acme AC-1 2.0" }, identifiedBy: ["fc17"] },
    {
      identity: "Acme AC-1 2.0",
      seen: { ...acme, product: "AC-1", serial: "V-77", sunspecModels: [1, 103] },
      identifiedBy: ["fc43", "fc17", "sunspec"],
    },
    { identity: "Volta Inverter 5 1.2", seen: { ...none, ...block, sunspecModels: [1] } },
    { identity: "Volta Inverter 5 1.2", identifiedBy: ["sunspec"] },
  ]);
});

test.concurrent("two units with one number are told, and not believed", waiting, async () => {
  const { bus, lines, asked } = place();
  join(bus, 3, { points: [register(0, () => 1)] });
  join(bus, 3, { points: [register(0, () => 500)] });
  join(bus, 4);

  const { detail } = await scanning(lines, line, { to: 4 }).ended;

  expect(numbers(detail.units)).toEqual([4]);
  expect(detail.suspects).toEqual([{ number: 3, reason: "garbled" }]);
  expect(asked.filter((unit) => unit === 3)).toHaveLength(3);
});

test.concurrent("a number that answers one question twice is told as two units", waiting, async () => {
  const { bus, lines } = place();
  const tap = bus.tap();
  const question = rtuFrame(5, readRequest("holding", 0, 1));
  let heard: number[] = [];
  tap.onBytes((bytes) => {
    heard = [...heard, ...bytes].slice(-question.length);
    if (!question.every((byte, at) => byte === heard[at])) return;
    for (const [value, afterMs] of [
      [7, 8],
      [9, 30],
    ] as const)
      setTimeout(() => void tap.write(rtuFrame(5, Uint8Array.of(3, 2, 0, value))), afterMs);
  });

  const { detail } = await scanning(lines, line, { from: 4, to: 6, timing: patient }).ended;

  expect(numbers(detail.units)).toEqual([5]);
  expect(detail.suspects).toEqual([{ number: 5, reason: "twice" }]);
});

test.concurrent(
  "behind a TCP gateway only units that answer are found, not those it says are missing",
  waiting,
  async () => {
    const server = createServer((socket) => {
      socket.on("data", (request) => {
        const [unit, called] = [request[6] ?? 0, request[7] ?? 0];
        const pdu = unit === 5 && called === 3 ? [3, 2, 0, 7] : [called | 0x80, unit === 5 ? 1 : 11];
        socket.write(Uint8Array.of(...request.subarray(0, 4), 0, pdu.length + 1, unit, ...pdu));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => server.close());
    const { port } = server.address() as { port: number };
    const gateway = {
      ...{ id: "g", name: "g", timeoutMs: 500, units: [] },
      kind: "tcp",
      host: "127.0.0.1",
      port,
    } as const;

    const { detail } = await scanning(place().lines, gateway, { to: 20 }).ended;

    expect(detail).toMatchObject({ asked: 20, units: [{ number: 5, answered: "data" }], suspects: [] });
  },
);

test.concurrent("a TCP gateway that is slow to give up on missing units is waited for", waiting, async () => {
  let free: Promise<unknown> = Promise.resolve();
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (request) => {
      const [unit, called] = [request[6] ?? 0, request[7] ?? 0];
      const pdu = unit === 2 && called === 3 ? [3, 2, 0, 7] : [called | 0x80, unit === 2 ? 1 : 11];
      // One after another, as its serial line does.
      free = free.then(() => new Promise((resolve) => setTimeout(resolve, unit === 2 ? 20 : 700)));
      void free.then(() => {
        if (!socket.destroyed)
          socket.write(Uint8Array.of(...request.subarray(0, 4), 0, pdu.length + 1, unit, ...pdu));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const { port } = server.address() as { port: number };
  const gateway = {
    ...{ id: "g", name: "g", timeoutMs: 500, units: [] },
    kind: "tcp",
    host: "127.0.0.1",
    port,
  } as const;

  const { detail } = await scanning(place().lines, gateway, { to: 4 }).ended;

  expect(numbers(detail.units)).toEqual([2]);
  expect(detail.timeoutMs).toBeGreaterThan(700);
});

test.concurrent(
  "a unit that answers too late is found all the same: the silent ones are asked again",
  waiting,
  async () => {
    const { bus, lines, asked } = place();
    join(bus, 2, { temper: { turnaroundMs: () => 190 } });
    join(bus, 4);

    const { detail } = await scanning(lines, line, { to: 6 }).ended;

    expect(numbers(detail.units)).toEqual([2, 4]);
    expect(detail.timeoutMs).toBeGreaterThanOrEqual(250);
    expect(detail.asked).toBe(6);
    expect(asked.filter((unit) => unit === 1)).toHaveLength(2);
  },
);

test.concurrent(
  "one slow answer may be a hiccup: only a unit that is slow again has the silent ones asked again",
  waiting,
  async () => {
    const { bus, lines, asked } = place();
    join(bus, 2, { temper: { turnaroundMs: (request) => (request === 1 ? 880 : 5) } });

    await scanning(lines, line, { to: 3, timing: { timeoutMs: 1000, mostMs: 4000 } }).ended;

    expect(asked.filter((unit) => unit !== 2)).toEqual([1, 3]);
  },
);

test.concurrent("where all answer in time, the silent ones are asked once", waiting, async () => {
  const { bus, lines, asked } = place();
  join(bus, 2, { temper: { turnaroundMs: () => 10 } });

  await scanning(lines, line, { to: 6 }).ended;

  expect(asked.filter((unit) => unit !== 2)).toEqual([1, 3, 4, 5, 6]);
});

test.concurrent(
  "a scan that was stopped goes on with what was not asked, and keeps what it found",
  waiting,
  async () => {
    const { bus, lines, asked } = place();
    join(bus, 2);
    join(bus, 9);
    const first = scanning(lines, line, { to: 10 });
    await until(() => first.detail.asked >= 4, "four units asked", 9000);
    first.cancel();
    const stopped = await first.ended;
    const before = stopped.detail.asked;
    asked.splice(0);

    const job = await scanning(lines, line, { after: stopped.detail }).ended;

    expect(stopped.state).toBe("cancelled");
    expect(before).toBeLessThan(9);
    expect(job.detail.asked).toBe(10);
    expect(numbers(job.detail.units)).toEqual([2, 9]);
    expect(Math.min(...asked)).toBe(before + 1);
  },
);

test.runIf(hasPymodbus)(
  "units of another maker's software are found and say who they are",
  waiting,
  async () => {
    const pair = await openPtyPair();
    const slave = await openPymodbus("serial", pair.b);
    const place = { ...line, port: pair.a };

    // The other program comes up behind its port in its own time.
    let found: readonly FoundUnit[] = [];
    await until(
      async () => {
        const { ended } = scanning(modbusLines(serialPorts()), place, { from: 6, to: 9 });
        found = (await ended).detail.units;
        return found.length > 1;
      },
      "both units",
      15_000,
    );
    await slave.close();
    await pair.close();

    const seen = { vendor: "Acme", product: "PM-1", revision: "2.4" };
    expect(found).toMatchObject([
      { number: 7, seen, identity: "Acme PM-1 2.4" },
      { number: 9, seen },
    ]);
  },
);

test.concurrent("on a line with another master not one byte is sent", waiting, async () => {
  const { bus, lines, asked } = place();
  join(bus, 3);
  const master = bus.tap();
  const poll = setInterval(() => void master.write(rtuFrame(3, readRequest("holding", 0, 1))), 60);
  closing.push(() => clearInterval(poll));

  const job = await scanning(lines, line, { listenMs: 1000 }).ended;

  expect(job).toMatchObject({
    state: "failed",
    failure: { code: "line.taken" },
    detail: { asked: 0, units: [] },
  });
  expect(asked).toEqual([]);
});
