import { afterAll, expect, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { BytePipe, Frame, SerialPorts } from "#capabilities/line.ts";
import { candidateSettings } from "#domain/modbus/detect.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { SerialSettings, Unit } from "#domain/site/site.ts";
import { lastUsedSettings } from "#services/lastUsed.ts";
import { type Bus, openBus } from "#simulator/bus.ts";
import { joinBus } from "#simulator/units/rtuUnit.ts";
import { openPtyPair } from "#test/support/ptyPair.ts";
import { openRtuSlave, registersReply } from "#test/support/rtuSlave.ts";
import { until } from "#test/support/until.ts";
import { detecting, lineAt, talkFor } from "./detecting.ts";

const settings = (baudRate: number, parity: SerialSettings["parity"]): SerialSettings => ({
  baudRate,
  parity,
  dataBits: 8,
  stopBits: 1,
});
const known = settings(9600, "none");
const unit = (number: number): Unit => ({ number, name: "", identity: "" });

// The waits are real time, so the tests that wait run side by side.
const waiting = { timeout: 20_000 };
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Place {
  readonly bus: Bus;
  readonly lines: ReturnType<typeof modbusLines>;
  /** bytes that the port wrote, and taps of it that are open */
  readonly sent: { bytes: number; open: number };
}

/** A simulated line whose only port opens at whatever settings are asked for. */
function place(truth: SerialSettings, echoes = false): Place {
  const bus = openBus(truth);
  closing.push(() => bus.close());
  const sent = { bytes: 0, open: 0 };
  const ports: SerialPorts = {
    list: async () => [],
    async open(_, asked) {
      const tap = bus.tap(asked, () => echoes);
      sent.open++;
      const pipe: BytePipe = {
        onBytes: tap.onBytes,
        onClose: tap.onClose,
        write(bytes) {
          sent.bytes += bytes.length;
          return tap.write(bytes);
        },
        async close() {
          sent.open--;
          await tap.close();
        },
      };
      return pipe;
    },
  };
  return { bus, lines: modbusLines(ports), sent };
}

/** A unit that has no register at all and so answers with exceptions. */
function joinUnit(bus: Bus, number: number): void {
  const bank = { read: () => undefined, write: () => false };
  closing.push(joinBus(bus, { number, bank: bank as never }, () => 0));
}

/** Polls a unit for ten registers, again and again. */
function joinMaster(bus: Bus, number: number, everyMs: number): void {
  const master = bus.tap();
  const frame = rtuFrame(number, readRequest("holding", 0, 10));
  const poll = setInterval(() => void master.write(frame).catch(() => undefined), everyMs);
  closing.push(() => clearInterval(poll));
}

test.concurrent(
  "settings are heard from another master's polls, and not one byte is sent",
  waiting,
  async () => {
    const { bus, lines, sent } = place(settings(19_200, "even"));
    joinUnit(bus, 3);
    joinMaster(bus, 3, 60);

    const frames: Frame[] = [];
    const onFrame = (frame: Frame) => void frames.push(frame);
    const { ended, passive } = detecting(lines, lineAt(known, [unit(3)]), { onFrame });
    const job = await ended;

    expect(job).toMatchObject({ state: "done", good: true });
    expect(job.detail).toMatchObject({ passive: true, best: settings(19_200, "even") });
    // Not known while there is only noise; heard once there are frames.
    expect(passive).toEqual([null, true]);
    expect(
      frames.filter(({ direction, verdict }) => direction === "heard" && verdict === "good"),
    ).not.toEqual([]);
    expect(frames.some(({ direction }) => direction === "sent")).toBe(false);
    expect(job.detail.candidates[0]).toMatchObject({ tried: true, unit: null, certain: true });
    expect(job.detail.candidates[0]?.frames).toBeGreaterThanOrEqual(2);
    const wrong = job.detail.candidates.find((candidate) => candidate.settings.parity === "none");
    expect(wrong).toMatchObject({ tried: true, frames: 0, certain: false });
    expect(wrong?.strayBytes).toBeGreaterThan(0);
    expect(sent).toEqual({ bytes: 0, open: 0 });
  },
);

test.concurrent(
  "a silent line is asked at the likeliest settings until a unit answers, if only with an exception",
  waiting,
  async () => {
    const { bus, lines, sent } = place(settings(19_200, "even"));
    joinUnit(bus, 7);

    const { ended, records, passive } = detecting(lines, lineAt(known, [unit(7)]));
    const job = await ended;

    expect(job).toMatchObject({ state: "done", good: true });
    expect(passive).toEqual([null, false]);
    expect(job.detail).toMatchObject({ passive: false, best: settings(19_200, "even") });
    expect(job.detail.candidates[0]).toMatchObject({ frames: 1, unit: 7, certain: true });
    expect(sent).toEqual({ bytes: 16, open: 0 });
    expect(records.find(({ kind }) => kind === "job.detected")).toMatchObject({
      body: { line: "line", passive: false, best: settings(19_200, "even"), certain: true },
    });
  },
);

test.concurrent("an adapter that echoes proves nothing by its echo", waiting, async () => {
  const { bus, lines } = place(settings(19_200, "even"), true);
  joinUnit(bus, 7);

  const job = await detecting(lines, lineAt(known, [unit(7)])).ended;

  expect(job).toMatchObject({ state: "done", good: true });
  expect(job.detail).toMatchObject({ passive: false, best: settings(19_200, "even") });
});

test.concurrent("a master that begins to talk while units are asked ends the asking", waiting, async () => {
  const { bus, lines, sent } = place(settings(19_200, "even"));

  const { ended } = detecting(lines, lineAt(known, []));
  await until(() => sent.bytes > 0, "the first question");
  const before = sent.bytes;
  joinMaster(bus, 9, 25);
  const job = await ended;

  expect(job.detail).toMatchObject({ passive: true, best: settings(19_200, "even") });
  // The exchange that was under way, and at most one whose silence before it had just ended.
  expect(sent.bytes - before).toBeLessThanOrEqual(16);
});

test.concurrent("listening alone sends nothing, and cancelling closes the port", waiting, async () => {
  const { lines, sent } = place(settings(19_200, "even"));

  const { ended, cancel } = detecting(lines, lineAt(known, [unit(3)]), { passiveOnly: true });
  await until(() => sent.open === 1, "the open port");
  cancel();

  expect(await ended).toMatchObject({ state: "cancelled", good: false });
  expect(sent).toEqual({ bytes: 0, open: 0 });
});

test("a silent line that may only be heard is heard at all settings, and nothing is found", async () => {
  const talk = talkFor(undefined);

  const job = await detecting(talk.lines, lineAt(known, [unit(3)]), { passiveOnly: true }).ended;

  expect(job).toMatchObject({ state: "done", good: false });
  expect(job.detail).toMatchObject({ passive: true, best: null });
  expect(job.detail.candidates.every(({ tried }) => !tried)).toBe(true);
  expect(talk).toMatchObject({ asked: 0 });
});

test("a master that was heard once is not talked over, however seldom it polls", async () => {
  const talk = talkFor({ settings: known, unit: 7 }, rtuFrame(7, readRequest("holding", 0, 10)));

  const job = await detecting(talk.lines, lineAt(known, [unit(7)])).ended;

  expect(job).toMatchObject({ state: "done", good: false });
  expect(job.detail).toMatchObject({ passive: true, best: known });
  expect(job.detail.candidates[0]).toMatchObject({ frames: 1, certain: false });
  expect(talk.asked).toBe(0);
});

test("a unit at any of the settings is found within a minute of line time", async () => {
  const times: [text: string, ms: number][] = [];
  for (const truth of candidateSettings([known])) {
    const talk = talkFor({ settings: truth, unit: 100 });

    const job = await detecting(talk.lines, lineAt(known, [])).ended;

    expect(job.detail).toMatchObject({ passive: false, best: truth });
    expect(job.detail.candidates[0]).toMatchObject({ unit: 100, certain: true });
    times.push([settingsText(truth), Math.round(talk.ms)]);
  }

  expect(Math.max(...times.map(([, ms]) => ms))).toBeLessThan(60_000);
  expect(times.map(([text]) => text)).toEqual(
    expect.arrayContaining(["38400 8O1", "2400 8O1", "115200 8N2"]),
  );
});

test("settings that were right before are tried before the usual ones", async () => {
  const truth = settings(2400, "odd");
  const talk = talkFor({ settings: truth, unit: 7 });

  const options = { lastUsed: [truth] };
  const job = await detecting(talk.lines, lineAt(known, [unit(7)]), options).ended;

  expect(job.detail.candidates.filter(({ tried }) => tried)).toHaveLength(2);
  expect(job.detail.best).toEqual(truth);
});

test("what was detected on the line before comes first, then what others are set to", () => {
  const detected = (line: string, best: SerialSettings, certain = true) =>
    ({ seq: 0, at: 0, kind: "job.detected", body: { line, best, certain } }) as const;
  const lines = [lineAt(known, []), { ...lineAt(settings(4800, "none"), []), id: "other" }];

  const found = lastUsedSettings(
    { lines } as never,
    [
      detected("other", settings(1200, "none")),
      detected("line", settings(2400, "odd")),
      detected("line", settings(57_600, "even"), false),
      detected("line", settings(38_400, "odd")),
    ],
    "line",
  );

  expect(found.map(settingsText)).toEqual(["38400 8O1", "2400 8O1", "1200 8N1", "4800 8N1"]);
});

test("a line behind TCP or without a port has no settings to detect", async () => {
  const { lines } = place(known);
  for (const port of ["", "tcp://127.0.0.1:4001"]) {
    const job = await detecting(lines, { ...lineAt(known, []), port }).ended;
    expect(job).toMatchObject({ state: "failed", failure: { code: "line.settingsInvalid" } });
  }
});

test("a port that is missing fails with its name", async () => {
  const job = await detecting(modbusLines(serialPorts()), { ...lineAt(known, []), port: "/dev/none" }).ended;

  expect(job).toMatchObject({ state: "failed", failure: { code: "line.portMissing" } });
});

// A pseudo terminal carries bytes at any settings, so the first ones prove right: only the plumbing is tested here.
test.concurrent("a unit on a real port is asked and answers", waiting, async () => {
  const pair = await openPtyPair();
  closing.push(() => pair.close());
  const slave = await openRtuSlave(pair.b, ([number = 0, called = 0]) =>
    number === 5 ? [{ afterMs: 5, bytes: registersReply(number, called, [42]) }] : [],
  );
  closing.push(() => slave.close());

  const job = await detecting(modbusLines(serialPorts()), { ...lineAt(known, []), port: pair.a }).ended;

  expect(job).toMatchObject({ state: "done", good: true });
  expect(job.detail.candidates[0]).toMatchObject({ settings: known, unit: 5, frames: 1, certain: true });
  expect(slave.requests.at(-1)?.slice(0, 2)).toEqual(Uint8Array.of(5, 3));
});
