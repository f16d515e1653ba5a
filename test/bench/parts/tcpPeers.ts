import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, Socket } from "node:net";
import { resolve } from "node:path";
import ModbusSerial from "modbus-serial";
import { tcpLine } from "#adapters/modbus/tcpLine.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { jsonFrom } from "./native.ts";
import { areRightWords, isRightReply, offsetOf } from "./registers.ts";

export interface Run {
  readonly perSecond: number;
  /** the client's processor time for one read */
  readonly cpuUs: number;
  readonly wrong: number;
}

/** Reads from a port of this machine, at most so many asked at once. */
export type ReadTcp = (port: number, asked: number) => Promise<Run>;

const registers = 125;
const timeoutMs = 2000;
const warmMs = 700;
const runMs = 800;

export const tcpMethod = `Reads of ${registers} registers for ${runMs} ms, after ${warmMs} ms on the same connection that do not count.`;

export const readByLastmile: ReadTcp = async (port, asked) => {
  const { signal } = new AbortController();
  const line = tcpLine(await openTcpPipe("127.0.0.1", port, signal), "bench");
  const run = await readAgainAndAgain(asked, async (offset) => {
    const { pdu } = await line.exchange(1, readRequest("holding", offset, registers), timeoutMs, signal);
    return isRightReply(pdu, offset, registers);
  });
  await line.close();
  return run;
};

export const readByModbusSerial: ReadTcp = async (port, asked) => {
  const client = new ModbusSerial();
  await client.connectTCP("127.0.0.1", { port });
  client.setID(1);
  client.setTimeout(timeoutMs);
  const run = await readAgainAndAgain(asked, async (offset) => {
    const { data } = await client.readHoldingRegisters(offset, registers);
    return areRightWords(data, offset, registers);
  });
  await new Promise<void>((close) => client.close(() => close()));
  return run;
};

/** Writes so many requests at once and counts the bytes that come, no more: what node allows at best. */
export const readBySocket: ReadTcp = async (port, asked) => {
  const request = [0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, registers];
  const requests = Buffer.from(Array.from({ length: asked }, () => request).flat());
  let answered = (_: boolean) => {};
  let left = 0;
  const callback = (length: number) => {
    left -= length;
    if (left === 0) answered(true);
    return true;
  };
  const onread = { buffer: new Uint8Array(65_536), callback };
  const socket = connect({ host: "127.0.0.1", port, noDelay: true, onread });
  await once(socket, "connect");
  const { perSecond, cpuUs } = await readAgainAndAgain(
    1,
    () =>
      new Promise((right) => {
        left = asked * (9 + registers * 2);
        answered = right;
        socket.write(requests);
      }),
  );
  socket.destroy();
  return { perSecond: perSecond * asked, cpuUs: cpuUs / asked, wrong: 0 };
};

export function readByLibmodbus(program: string): ReadTcp {
  return async (port) => {
    const args = ["tcp", "127.0.0.1", port, registers, runMs];
    const result = (await jsonFrom(program, args)) as Record<"reads" | "wrong" | "ms" | "cpuUs", number>;
    const { reads, wrong, ms, cpuUs } = result;
    return { perSecond: (reads * 1000) / ms, cpuUs: cpuUs / reads, wrong };
  };
}

interface JsModbus {
  readonly client: {
    readonly TCP: new (
      socket: Socket,
      unit: number,
      timeoutMs: number,
    ) => {
      readHoldingRegisters(
        offset: number,
        count: number,
      ): Promise<{ readonly response: { readonly body: { readonly valuesAsArray: readonly number[] } } }>;
    };
  };
}

/** jsmodbus is no dependency of the product: the bench fetches it for itself, where that can be done. */
export function readByJsmodbus(): ReadTcp | { readonly missing: string } {
  const folder = resolve("build/out/peers");
  mkdirSync(folder, { recursive: true });
  const load = createRequire(`${folder}/`);
  const isThere = () => {
    try {
      return load.resolve("jsmodbus") !== "";
    } catch {
      return false;
    }
  };
  const install = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
  if (!isThere()) spawnSync("npm", [...install, "jsmodbus@5.0.0"], { stdio: "ignore", timeout: 60_000 });
  if (!isThere()) return { missing: "npm could not fetch it" };
  const { client: clients } = load("jsmodbus") as JsModbus;
  return async (port, asked) => {
    const socket = new Socket();
    const client = new clients.TCP(socket, 1, timeoutMs);
    socket.connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    const run = await readAgainAndAgain(asked, async (offset) => {
      const { response } = await client.readHoldingRegisters(offset, registers);
      return areRightWords(response.body.valuesAsArray, offset, registers);
    });
    socket.destroy();
    return run;
  };
}

async function readAgainAndAgain(asked: number, read: (offset: number) => Promise<boolean>): Promise<Run> {
  let next = 0;
  let reads = 0;
  let wrong = 0;
  const readUntil = async (end: number) => {
    while (performance.now() < end) {
      const isRight = await read(offsetOf(next++));
      reads++;
      if (!isRight) wrong++;
    }
  };
  const readFor = (ms: number) => {
    const end = performance.now() + ms;
    return Promise.all(Array.from({ length: asked }, () => readUntil(end)));
  };
  await readFor(warmMs);
  reads = 0;
  const cpuBegun = process.cpuUsage();
  const begun = performance.now();
  await readFor(runMs);
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpuBegun);
  return { perSecond: (reads * 1000) / ms, cpuUs: (user + system) / reads, wrong };
}
