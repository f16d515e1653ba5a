import ModbusSerial from "modbus-serial";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { openSerialPipe } from "#adapters/serial/serialPipe.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { interleave, median, type Peer } from "./parts/figures.ts";
import { compile, jsonFrom, stand } from "./parts/native.ts";
import { areRightWords, isRightReply, offsetOf } from "./parts/registers.ts";
import { type BenchResult, type Ratio, runBench, type Series } from "./parts/report.ts";

interface Cell {
  readonly baudRate: number;
  readonly registers: number;
  /** reads in one run */
  readonly reads: number;
}

interface Run {
  readonly readMs: readonly number[];
  readonly wrong: number;
  /** requests that the line saw, and those that came before the silent interval was over */
  readonly requests: number;
  readonly early: number;
}

type Reads = Pick<Run, "readMs" | "wrong">;

const ours = "Lastmile";

const cells: readonly Cell[] = [
  { baudRate: 9600, registers: 125, reads: 5 },
  { baudRate: 9600, registers: 10, reads: 15 },
  { baudRate: 19_200, registers: 125, reads: 6 },
  { baudRate: 19_200, registers: 10, reads: 20 },
  { baudRate: 115_200, registers: 125, reads: 25 },
  { baudRate: 115_200, registers: 10, reads: 60 },
];

await runBench(measure);

/** How close to the line's own speed reads come, and whether the silence that the standard asks for is kept. */
async function measure(rounds: number): Promise<BenchResult> {
  const title = "serial: time of one read against what the line allows";
  const bus = compile("pacedBus");
  const libmodbus = compile("libmodbusClient", "libmodbus");
  const skipped = "missing" in libmodbus ? [{ who: "libmodbus", why: libmodbus.missing }] : [];
  if ("missing" in bus) {
    const all = [{ who: "all: the paced line", why: bus.missing }];
    return { title, method: [], series: [], ratios: [], skipped: all, wrong: 0 };
  }
  const series: Series[] = [];
  const goals: Ratio[] = [];
  const broken: number[] = [];
  let wrong = 0;
  for (const cell of cells) {
    const peers: Peer<Run>[] = [
      { who: ours, run: () => onBus(bus.path, cell, readByLastmile) },
      { who: "modbus-serial", run: () => onBus(bus.path, cell, readByModbusSerial) },
    ];
    if ("path" in libmodbus) {
      const run = () => onBus(bus.path, cell, (path) => readByLibmodbus(libmodbus.path, path, cell));
      peers.push({ who: "libmodbus", run });
    }
    const limit = limitMs(cell);
    const what = `${cell.baudRate} baud, ${cell.registers} registers`;
    for (const [who, runs] of await interleave(rounds, peers)) {
      const perRound = runs.map((run) => median(run.readMs));
      const total = (key: "requests" | "early" | "wrong") => runs.reduce((sum, run) => sum + run[key], 0);
      const share = Math.round((100 * limit) / median(perRound));
      const counts = {
        "of limit": `${share} %`,
        "silence broken": `${total("early")} of ${total("requests")}`,
        "wrong values": total("wrong"),
      };
      series.push({ what, who, unit: "ms", perRound, limit, counts });
      if (who !== ours) continue;
      wrong += total("wrong");
      const ofLimit = perRound.map((ms) => limit / ms);
      goals.push({
        name: `${what}: limit / ${ours}`,
        perRound: ofLimit,
        goal: { atLeast: cell.registers > 100 ? 0.98 : 0.95 },
      });
      for (const [round, { early }] of runs.entries()) broken[round] = (broken[round] ?? 0) + early;
    }
  }
  goals.push({ name: `silences broken by ${ours}`, perRound: broken, goal: { atMost: 0 } });
  const method = [
    "A pseudo terminal paced at the baud rate byte by byte (native/pacedBus.c), one unit that answers at once.",
    "Time from reply to reply, middle read of each round. limit = (13 + 2n) characters of 11 bits + 2 × t3.5.",
  ];
  return { title, method, series, ratios: goals, skipped, wrong };
}

/** Written out here rather than taken from the product: the yardstick must not bend with what it measures. */
function limitMs({ baudRate, registers }: Cell): number {
  const characterMs = 11_000 / baudRate;
  const silentMs = baudRate > 19_200 ? 1.75 : 3.5 * characterMs;
  return (8 + 5 + 2 * registers) * characterMs + 2 * silentMs;
}

async function onBus(
  program: string,
  cell: Cell,
  read: (path: string, cell: Cell) => Promise<Reads>,
): Promise<Run> {
  const bus = await stand(program, [cell.baudRate]);
  const reads = await read(bus.place, cell);
  const { requests, early } = JSON.parse(await bus.end()) as Pick<Run, "requests" | "early">;
  return { ...reads, requests, early };
}

async function readByLastmile(path: string, { baudRate, registers, reads }: Cell): Promise<Reads> {
  const { signal } = new AbortController();
  const settings = { baudRate, parity: "even", dataBits: 8, stopBits: 1 } as const;
  const line = rtuLine(await openSerialPipe(path, settings, signal), settings, path);
  const timed = await timeReads(reads, async (offset) => {
    const { pdu } = await line.exchange(1, readRequest("holding", offset, registers), 2000, signal);
    return isRightReply(pdu, offset, registers);
  });
  await line.close();
  return timed;
}

async function readByModbusSerial(path: string, { baudRate, registers, reads }: Cell): Promise<Reads> {
  const client = new ModbusSerial();
  await client.connectRTUBuffered(path, { baudRate, parity: "even", dataBits: 8, stopBits: 1 });
  client.setID(1);
  client.setTimeout(2000);
  const timed = await timeReads(reads, async (offset) => {
    const { data } = await client.readHoldingRegisters(offset, registers);
    return areRightWords(data, offset, registers);
  });
  await new Promise<void>((resolve) => client.close(() => resolve()));
  return timed;
}

async function readByLibmodbus(program: string, path: string, cell: Cell): Promise<Reads> {
  const args = ["rtu", path, cell.baudRate, cell.registers, cell.reads + 1];
  const { us, wrong } = (await jsonFrom(program, args)) as { us: number[]; wrong: number };
  return { readMs: us.slice(1).map((each) => each / 1000), wrong };
}

/** The first read finds the line silent since long, so it does not count. */
async function timeReads(reads: number, read: (offset: number) => Promise<boolean>): Promise<Reads> {
  const readMs: number[] = [];
  let wrong = 0;
  let last = 0;
  for (let index = 0; index <= reads; index++) {
    if (!(await read(offsetOf(index)))) wrong++;
    const now = performance.now();
    if (index > 0) readMs.push(now - last);
    last = now;
  }
  return { readMs, wrong };
}
