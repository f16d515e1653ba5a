import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { seeded } from "#simulator/lineNoise.ts";
import { buildProgram, startProgram } from "#test/support/program.ts";
import { openPtyPair, type PtyPair } from "#test/support/ptyPair.ts";
import { openRtuSlave, type RtuSlave, registersReply, withCrc } from "#test/support/rtuSlave.ts";

let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
});
afterAll(() => program?.remove());

let pair: PtyPair;
let slave: RtuSlave;
let talk: NodeJS.Timeout | undefined;
beforeEach(async () => {
  pair = await openPtyPair();
  slave = await openRtuSlave(pair.b, ([unit = 0, called = 0]) =>
    unit === 3 ? [{ afterMs: 5, bytes: registersReply(unit, called, [42]) }] : [],
  );
});
afterEach(async () => {
  clearInterval(talk);
  await slave.close();
  await pair.close();
});

const detect = (...words: string[]) => startProgram(program.path, ["detect", ...words], {}).ended;

test("settings that a unit answers at end with 0", { timeout: 15_000 }, async () => {
  const { code, stdout } = await detect("--port", pair.a, "--baud", "19200", "--parity", "even");

  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^Settings +Frames.*\n19200 8E1 +1 +0 +3 +yes\n/),
  ]);
});

test("settings that another master is heard at end with 0, and nothing is sent", {
  timeout: 15_000,
}, async () => {
  const frame = withCrc(9, 3, 0, 16, 0, 2);
  talk = setInterval(() => void slave.send(frame).catch(() => undefined), 100);

  const { code, stdout } = await detect("--port", pair.a, "--passive", "--json");

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ passive: true, certain: true, best: { baudRate: 9600 } });
  expect(slave.bytes).toBe(0);
});

test("talk that makes sense at no settings ends with 1, and nothing is sent", {
  timeout: 30_000,
}, async () => {
  let sent = 0;
  const noise = () => Uint8Array.from({ length: 700 }, () => Math.floor(seeded(1, sent++) * 256));
  talk = setInterval(() => void slave.send(noise()).catch(() => undefined), 60);

  const { code, stdout } = await detect("--port", pair.a, "--json");

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ passive: true, certain: false });
  expect(slave.bytes).toBe(0);
});

test("a port that is not there ends with 3, none at all with 2", async () => {
  expect(await detect("--port", "/dev/none")).toMatchObject({ code: 3 });
  expect(await detect()).toMatchObject({ code: 2 });
  expect(await detect("--port", "tcp://127.0.0.1:4001")).toMatchObject({ code: 2 });
});
