import { interleave, median, type Peer } from "./parts/figures.ts";
import { limitFormula, limitMs } from "./parts/lineLimit.ts";
import { compile, stand } from "./parts/native.ts";
import { isInstalled, jsmodbus } from "./parts/peers.ts";
import { type BenchResult, type Ratio, runBench, type Series } from "./parts/report.ts";
import {
  readByJsmodbus,
  readByLastmile,
  readByLibmodbus,
  readByMbpoll,
  readByModbusSerial,
  type SerialCell,
  type SerialClient,
  type SerialReads,
} from "./parts/serialClients.ts";

interface Run extends SerialReads {
  /** requests that the line saw, and those that came before the silent interval was over */
  readonly requests: number;
  readonly early: number;
  /** from the first request to the last */
  readonly ms: number;
}

const ours = "Lastmile";

const cells: readonly SerialCell[] = [
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
  if ("missing" in bus) {
    const all = [{ who: "all: the paced line", why: bus.missing }];
    return { title, method: [], series: [], ratios: [], skipped: all, wrong: 0 };
  }
  const { clients, skipped } = clientsHere();
  const series: Series[] = [];
  const goals: Ratio[] = [];
  const broken: number[] = [];
  let wrong = 0;
  for (const cell of cells) {
    const peers: Peer<Run>[] = [...clients].map(([who, client]) => ({
      who,
      run: () => onBus(bus.path, cell, client),
    }));
    const what = `${cell.baudRate} baud, ${cell.registers} registers`;
    for (const [who, runs] of await interleave(rounds, peers)) {
      series.push(seriesOf(what, who, cell, runs));
      if (who !== ours) continue;
      wrong += totalOf(runs, "wrong");
      goals.push({
        name: `${what}: limit / ${ours}`,
        perRound: runs.map((run) => limitMs(cell) / middleMs(run)),
        goal: { atLeast: cell.registers > 100 ? 0.98 : 0.95 },
      });
      for (const [round, { early }] of runs.entries()) broken[round] = (broken[round] ?? 0) + early;
    }
  }
  goals.push({ name: `silences broken by ${ours}`, perRound: broken, goal: { atMost: 0 } });
  const method = [
    "A pseudo terminal paced at the baud rate byte by byte (native/pacedBus.c), one unit that answers at once.",
    `Time from reply to reply, middle read of each round (mbpoll: the mean). ${limitFormula}`,
  ];
  return { title, method, series, ratios: goals, skipped, wrong };
}

function clientsHere() {
  const clients = new Map<string, SerialClient>([
    [ours, readByLastmile],
    ["modbus-serial", readByModbusSerial],
  ]);
  const skipped: { readonly who: string; readonly why: string }[] = [];
  const libmodbus = compile("libmodbusClient", "libmodbus");
  if ("path" in libmodbus) clients.set("libmodbus", readByLibmodbus(libmodbus.path));
  else skipped.push({ who: "libmodbus", why: libmodbus.missing });
  if (isInstalled("mbpoll")) clients.set("mbpoll", readByMbpoll);
  else skipped.push({ who: "mbpoll", why: "not installed" });
  const js = jsmodbus();
  if ("client" in js) clients.set("jsmodbus", readByJsmodbus(js));
  else skipped.push({ who: "jsmodbus", why: js.missing });
  return { clients, skipped };
}

function seriesOf(what: string, who: string, cell: SerialCell, runs: readonly Run[]): Series {
  const perRound = runs.map(middleMs);
  const times = runs.flatMap(({ readMs }) => readMs).sort((a, b) => a - b);
  const slowest = times[Math.ceil(times.length * 0.99) - 1];
  const cores = runs.flatMap((run) => (run.cores === undefined ? [] : [run.cores]));
  const perSecond = 1000 / median(perRound);
  return {
    what,
    who,
    unit: "ms",
    perRound,
    limit: limitMs(cell),
    counts: {
      "of limit": `${Math.round((1000 * limitMs(cell)) / median(perRound)) / 10} %`,
      "requests/s": perSecond.toPrecision(3),
      "registers/s": Math.round(perSecond * cell.registers),
      p99: slowest === undefined ? "–" : `${slowest.toPrecision(3)} ms`,
      cores: cores.length === 0 ? "–" : median(cores).toFixed(2),
      "silence broken": `${totalOf(runs, "early")} of ${totalOf(runs, "requests")}`,
      "wrong values": totalOf(runs, "wrong"),
    },
  };
}

function middleMs(run: Run): number {
  return run.readMs.length > 0 ? median(run.readMs) : run.ms / (run.requests - 1);
}

function totalOf(runs: readonly Run[], key: "requests" | "early" | "wrong"): number {
  return runs.reduce((sum, run) => sum + run[key], 0);
}

async function onBus(program: string, cell: SerialCell, client: SerialClient): Promise<Run> {
  const bus = await stand(program, [cell.baudRate]);
  const reads = await client(bus.place, cell);
  const counts = JSON.parse(await bus.end()) as Pick<Run, "requests" | "early" | "ms">;
  return { ...reads, ...counts };
}
