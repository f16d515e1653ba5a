import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeBank } from "#simulator/bank.ts";
import { servePlc } from "#simulator/plcServer.ts";
import { register } from "#simulator/points.ts";
import { buildProgram, startProgram } from "#test/support/program.ts";
import { openPtyPair, type PtyPair } from "#test/support/ptyPair.ts";
import { openRtuSlave, type RtuSlave, registersReply, withCrc } from "#test/support/rtuSlave.ts";
import { until } from "#test/support/until.ts";

let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
});
afterAll(() => program?.remove());

let pair: PtyPair;
let slave: RtuSlave;
let talk: NodeJS.Timeout | undefined;
let asked: number[] = [];
beforeEach(async () => {
  pair = await openPtyPair();
  asked = [];
  slave = await openRtuSlave(pair.b, ([unit = 0, called = 0]) => {
    asked.push(unit);
    return unit === 3 && called === 3 ? [{ afterMs: 5, bytes: registersReply(unit, called, [42]) }] : [];
  });
});
afterEach(async () => {
  clearInterval(talk);
  await slave.close();
  await pair.close();
});

const start = (...words: string[]) => startProgram(program.path, ["scan", ...words], {});
const scan = (...words: string[]) => start(...words).ended;

test("another master ends it with 3 and its polls told, and not one byte is sent", {
  timeout: 15_000,
}, async () => {
  const request = withCrc(9, 3, 0, 16, 0, 2);
  const reply = withCrc(9, 3, 4, 0, 7, 1, 0);
  let turn = 0;
  talk = setInterval(() => void slave.send(turn++ % 2 ? reply : request).catch(() => undefined), 100);

  const { code, stdout } = await scan("--port", pair.a, "--json");

  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    failures: [{ code: "line.taken" }],
    polls: [{ unit: 9, area: "holding", offset: 16, count: 2, words: [7, 256] }],
  });
  expect(slave.bytes).toBe(0);
});

test("Ctrl+C ends it with 130, with what was found and how to go on", { timeout: 40_000 }, async () => {
  const running = start("--port", pair.a, "--units", "3-100");
  await until(() => asked.some((unit) => unit > 4), "a few units asked", 30_000);

  running.kill("SIGINT");
  const { code, stdout } = await running.ended;

  expect(code).toBe(130);
  expect(stdout).toMatch(/^ +3 +data/m);
  const next = Number(/--units (\d+)-100/.exec(stdout)?.[1]);
  expect(next).toBeGreaterThan(4);
  expect(Math.abs(next - Math.max(...asked))).toBeLessThanOrEqual(1);
});

test("devices are found in a range of addresses, on a port of their own", { timeout: 15_000 }, async () => {
  const plc = await servePlc(
    makeBank([register(0, () => 7)], () => 0),
    1,
    "127.0.0.9",
    0,
  );

  const { code, stdout } = await scan("--tcp-range", `127.0.0.0/28:${plc.port}`, "--rate", "200", "--json");
  await plc.close();

  expect(code).toBe(0);
  const found = [{ host: "127.0.0.9", port: plc.port, speaksModbus: true, unit: 1 }];
  expect(JSON.parse(stdout)).toMatchObject({ hosts: 14, found });
});

test("a range that is none, too large, public or asked too fast ends with 2, and nobody is asked", async () => {
  let connections = 0;
  const server = createServer(() => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };

  for (const range of ["here", `127.0.0.0/16:${port}`, "8.8.8.0/28", "127.0.0.1:0"])
    expect(await scan("--tcp-range", range)).toMatchObject({ code: 2 });
  expect(await scan("--tcp-range", `127.0.0.1:${port}`, "--rate", "5000")).toMatchObject({ code: 2 });
  server.close();

  expect(connections).toBe(0);
});
