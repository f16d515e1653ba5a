import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { openSerialPipe } from "#adapters/serial/serialPipe.ts";
import type { Line } from "#capabilities/line.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { limitFormula, limitMs } from "./parts/lineLimit.ts";
import { compile, type Standing, stand } from "./parts/native.ts";
import { isRightReply, offsetOf } from "./parts/registers.ts";
import { type BenchResult, runBench } from "./parts/report.ts";

const ports = 8;
/** what a UART with a buffer of 16 hands over */
const bytesAtOnce = 8;
const runMs = 4000;
const cell = { baudRate: 115_200, registers: 125 } as const;
const settings = { baudRate: cell.baudRate, parity: "even", dataBits: 8, stopBits: 1 } as const;

interface Run {
  /** reads of all ports together, of what their limits add up to */
  readonly share: number;
  readonly readsPerSecond: number;
  readonly cores: number;
  readonly early: number;
  readonly requests: number;
  readonly wrong: number;
}

await runBench(measure);

/** Many lines read by one process at once. */
async function measure(rounds: number): Promise<BenchResult> {
  const title = `serialPorts: ${ports} lines in one process, ${cell.baudRate} baud, ${cell.registers} registers`;
  const bus = compile("pacedBus");
  if ("missing" in bus) {
    const skipped = [{ who: "all: the paced line", why: bus.missing }];
    return { title, method: [], series: [], ratios: [], skipped, wrong: 0 };
  }
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await readAll(bus.path));
  const sum = (key: "early" | "requests" | "wrong") => runs.reduce((all, run) => all + run[key], 0);
  return {
    title,
    method: [
      `Each line paced by a process of its own (native/pacedBus.c), ${bytesAtOnce} bytes at a time, ${runMs} ms a run. ${limitFormula}`,
      "Share: reads a second of all ports, of what their limits add up to. Cores: this process alone.",
    ],
    series: [
      {
        what: "reads of all ports",
        who: "Lastmile",
        unit: "/s",
        perRound: runs.map((run) => run.readsPerSecond),
        counts: {
          "limit /s": Math.round((ports * 1000) / limitMs(cell)),
          "silence broken": `${sum("early")} of ${sum("requests")}`,
          "wrong values": sum("wrong"),
        },
      },
    ],
    ratios: [
      { name: "share of the lines' limits", perRound: runs.map((run) => run.share), goal: { atLeast: 0.95 } },
      { name: "cores of this process", perRound: runs.map((run) => run.cores), goal: { atMost: 0.6 } },
      { name: "silences broken", perRound: runs.map((run) => run.early), goal: { atMost: 0 } },
    ],
    skipped: [],
    wrong: sum("wrong"),
  };
}

async function readAll(program: string): Promise<Run> {
  const { signal } = new AbortController();
  const buses = await Promise.all(
    Array.from({ length: ports }, () => stand(program, [cell.baudRate, bytesAtOnce])),
  );
  const lines = await Promise.all(
    buses.map(async ({ place }) => rtuLine(await openSerialPipe(place, settings, signal), settings, place)),
  );
  let wrong = 0;
  const before = process.cpuUsage();
  const begun = performance.now();
  const reads = await Promise.all(
    lines.map((line) =>
      readUntil(line, begun + runMs, signal, () => {
        wrong++;
      }),
    ),
  );
  const ms = performance.now() - begun;
  const cpu = process.cpuUsage(before);
  await Promise.all(lines.map((line) => line.close()));
  const counts = await Promise.all(buses.map(countsOf));
  const total = reads.reduce((all, some) => all + some, 0);
  return {
    share: (total * limitMs(cell)) / (ports * ms),
    readsPerSecond: (1000 * total) / ms,
    cores: (cpu.user + cpu.system) / 1000 / ms,
    early: counts.reduce((all, { early }) => all + early, 0),
    requests: counts.reduce((all, { requests }) => all + requests, 0),
    wrong,
  };
}

async function readUntil(
  line: Line,
  endAt: number,
  signal: AbortSignal,
  onWrong: () => void,
): Promise<number> {
  let reads = 0;
  for (; performance.now() < endAt; reads++) {
    const offset = offsetOf(reads);
    const { pdu } = await line.exchange(1, readRequest("holding", offset, cell.registers), 2000, signal);
    if (!isRightReply(pdu, offset, cell.registers)) onWrong();
  }
  return reads;
}

async function countsOf(bus: Standing): Promise<{ readonly requests: number; readonly early: number }> {
  return JSON.parse(await bus.end()) as { requests: number; early: number };
}
