import { spawn } from "node:child_process";
import { once } from "node:events";
import ModbusSerial from "modbus-serial";
import { SerialPort } from "serialport";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { openSerialPipe } from "#adapters/serial/serialPipe.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { jsonFrom } from "./native.ts";
import type { Jsmodbus } from "./peers.ts";
import { areRightWords, isRightReply, offsetOf } from "./registers.ts";

export interface SerialCell {
  readonly baudRate: number;
  readonly registers: number;
  /** reads in one run */
  readonly reads: number;
}

/** What one client did in one run; `readMs` is empty where it does not say. */
export interface SerialReads {
  readonly readMs: readonly number[];
  readonly wrong: number;
  /** its processor time, of the time it took; absent where it cannot be told */
  readonly cores?: number;
}

export type SerialClient = (path: string, cell: SerialCell) => Promise<SerialReads>;

const frame = { parity: "even", dataBits: 8, stopBits: 1 } as const;

export const readByLastmile: SerialClient = async (path, { baudRate, registers, reads }) => {
  const { signal } = new AbortController();
  const settings = { baudRate, ...frame };
  const line = rtuLine(await openSerialPipe(path, settings, signal), settings, path);
  const timed = await timeReads(reads, async (offset) => {
    const { pdu } = await line.exchange(1, readRequest("holding", offset, registers), 2000, signal);
    return isRightReply(pdu, offset, registers);
  });
  await line.close();
  return timed;
};

export const readByModbusSerial: SerialClient = async (path, { baudRate, registers, reads }) => {
  const client = new ModbusSerial();
  await client.connectRTUBuffered(path, { baudRate, ...frame });
  client.setID(1);
  client.setTimeout(2000);
  const timed = await timeReads(reads, async (offset) => {
    const { data } = await client.readHoldingRegisters(offset, registers);
    return areRightWords(data, offset, registers);
  });
  await new Promise<void>((resolve) => client.close(() => resolve()));
  return timed;
};

export function readByJsmodbus(library: Jsmodbus): SerialClient {
  return async (path, { baudRate, registers, reads }) => {
    const port = new SerialPort({ path, baudRate, ...frame, autoOpen: false });
    // It learns from this event that the port is open, so it has to be made first.
    const client = new library.client.RTU(port, 1, 2000);
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    const timed = await timeReads(reads, async (offset) => {
      const { response } = await client.readHoldingRegisters(offset, registers);
      return areRightWords(response.body.valuesAsArray, offset, registers);
    });
    await new Promise<void>((resolve) => port.close(() => resolve()));
    return timed;
  };
}

export function readByLibmodbus(program: string): SerialClient {
  return async (path, { baudRate, registers, reads }) => {
    const args = ["rtu", path, baudRate, registers, reads + 1];
    const run = (await jsonFrom(program, args)) as { us: number[]; wrong: number; ms: number; cpuUs: number };
    return {
      readMs: run.us.slice(1).map((each) => each / 1000),
      wrong: run.wrong,
      cores: run.cpuUs / 1000 / run.ms,
    };
  };
}

/** mbpoll reads one place again and again until stopped, and prints no times: the line counts for it. */
export const readByMbpoll: SerialClient = async (path, { baudRate, registers, reads }) => {
  const args = ["-m", "rtu", "-a", "1", "-b", baudRate, "-P", "even", "-t", "4", "-r", "1"];
  const child = spawn("mbpoll", [...args, "-c", registers, "-l", "11", "-q", path].map(String), {
    stdio: "ignore",
  });
  const characterMs = 11_000 / baudRate;
  const stop = setTimeout(() => child.kill("SIGINT"), reads * (13 + 2 * registers) * characterMs * 1.2);
  await once(child, "exit");
  clearTimeout(stop);
  return { readMs: [], wrong: 0 };
};

/** The first read finds the line silent since long, so it does not count. */
async function timeReads(reads: number, read: (offset: number) => Promise<boolean>): Promise<SerialReads> {
  const readMs: number[] = [];
  let wrong = 0;
  let last = 0;
  const begun = performance.now();
  const before = process.cpuUsage();
  for (let index = 0; index <= reads; index++) {
    if (!(await read(offsetOf(index)))) wrong++;
    const now = performance.now();
    if (index > 0) readMs.push(now - last);
    last = now;
  }
  const cpu = process.cpuUsage(before);
  return { readMs, wrong, cores: (cpu.user + cpu.system) / 1000 / (last - begun) };
}
