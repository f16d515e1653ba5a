import { interleave, ratios } from "./parts/figures.ts";
import { compile, type Standing, stand, stayOnOneCore } from "./parts/native.ts";
import { type BenchResult, type Ratio, runBench, type Series } from "./parts/report.ts";
import {
  type ReadTcp,
  type Run,
  readByJsmodbus,
  readByLastmile,
  readByLibmodbus,
  readByModbusSerial,
  readBySocket,
  tcpMethod,
} from "./parts/tcpPeers.ts";

/** One device and how it is read. */
interface Scene {
  readonly what: string;
  readonly server: "rawServer" | "libmodbusServer" | "slowServer";
  readonly args: readonly number[];
  /** reads asked for at once, by those who can */
  readonly asked: number;
  /** answers a second that the device gives at most */
  readonly limit?: number;
  readonly who: readonly string[];
  readonly goals: readonly { readonly over: string; readonly atLeast?: number }[];
}

const ours = "Lastmile";
const bare = "bare socket";
/** what a slow device takes at once */
const most = 16;
const scenes: readonly Scene[] = [
  {
    what: "one at a time",
    server: "rawServer",
    args: [],
    asked: 1,
    who: [ours, "libmodbus", "modbus-serial", "jsmodbus", bare],
    goals: [
      { over: "libmodbus", atLeast: 0.7 },
      { over: "modbus-serial", atLeast: 2 },
      { over: "jsmodbus" },
      { over: bare },
    ],
  },
  {
    what: "16 asked at once, raw server",
    server: "rawServer",
    args: [],
    asked: 16,
    who: [ours, "libmodbus", "modbus-serial", "jsmodbus", bare],
    goals: [{ over: "libmodbus", atLeast: 4.5 }, { over: "modbus-serial", atLeast: 8 }, { over: bare }],
  },
  {
    what: "16 asked at once, libmodbus slave",
    server: "libmodbusServer",
    args: [],
    asked: 16,
    who: [ours, "libmodbus", "modbus-serial", bare],
    goals: [{ over: "libmodbus", atLeast: 2 }, { over: "modbus-serial" }, { over: bare }],
  },
  slow(2, 0.5, ["libmodbus"], {}),
  slow(5, 0.5, ["libmodbus", "modbus-serial", "jsmodbus"], { atLeast: 11 }),
  slow(20, 0.5, ["libmodbus"], {}),
];

function slow(
  distanceMs: number,
  workMs: number,
  others: readonly string[],
  goal: { atLeast?: number },
): Scene {
  return {
    what: `slow device, ${distanceMs} ms + ${workMs} ms`,
    server: "slowServer",
    args: [distanceMs * 1000, workMs * 1000],
    asked: most,
    limit: Math.min(1000 / workMs, (most * 1000) / (distanceMs + workMs)),
    who: [ours, ...others],
    goals: [{ over: "libmodbus", ...goal }],
  };
}

await runBench(measure);

/** What Modbus TCP gives: one read at a time, and several, from a device at hand and one some way off. */
async function measure(rounds: number): Promise<BenchResult> {
  const oneCore = stayOnOneCore();
  const skipped: { who: string; why: string }[] = [
    { who: "mbpoll", why: "it waits between its reads: the time of its start is all that would show" },
  ];
  const readers = new Map<string, ReadTcp>([
    [ours, readByLastmile],
    ["modbus-serial", readByModbusSerial],
    [bare, readBySocket],
  ]);
  const libmodbus = compile("libmodbusClient", "libmodbus");
  if ("path" in libmodbus) readers.set("libmodbus", readByLibmodbus(libmodbus.path));
  else skipped.push({ who: "libmodbus", why: libmodbus.missing });
  const jsmodbus = readByJsmodbus();
  if ("missing" in jsmodbus) skipped.push({ who: "jsmodbus", why: jsmodbus.missing });
  else readers.set("jsmodbus", jsmodbus);

  const series: Series[] = [];
  const goals: Ratio[] = [];
  let wrong = 0;
  for (const scene of scenes) {
    const server = compile(scene.server, scene.server === "libmodbusServer" ? "libmodbus" : undefined);
    if ("missing" in server) {
      skipped.push({ who: scene.what, why: server.missing });
      continue;
    }
    const standing = await stand(server.path, scene.args);
    const runs = await readInTurn(scene, Number(standing.place), readers, rounds);
    const told = await lastWords(scene, standing);
    for (const [who, own] of runs) series.push(seriesOf(scene, who, own, who === ours ? told : {}));
    goals.push(...ratiosOf(scene, runs, told));
    wrong += wrongOf(runs.get(ours) ?? []);
  }
  return {
    title: "tcp: reads a second",
    method: [
      `Client and server ${oneCore ? "on one core" : "wherever the system puts them: no taskset, so ratios mean little"}. ${tcpMethod}`,
      `${ours} finds out by itself how many requests it may have outstanding, anew in each run; libmodbus and jsmodbus have one.`,
      "The bare socket counts bytes and looks at none: what node allows at best with this server.",
      "A slow device of L ms + S ms answers L + S after a request at the earliest, and S after its last answer. Its limit is 1/S, or 16 in L + S.",
    ],
    series,
    ratios: goals,
    skipped,
    wrong,
  };
}

async function readInTurn(
  { who, asked }: Scene,
  port: number,
  readers: ReadonlyMap<string, ReadTcp>,
  rounds: number,
): Promise<ReadonlyMap<string, readonly Run[]>> {
  const peers = who.flatMap((name) => {
    const read = readers.get(name);
    return read ? [{ who: name, run: () => read(port, asked) }] : [];
  });
  // The first runs are the compiler's.
  for (const peer of peers) await peer.run();
  return interleave(rounds, peers);
}

async function lastWords({ server }: Scene, standing: Standing): Promise<Readonly<Record<string, number>>> {
  if (server !== "slowServer") return {};
  const { busy, most } = JSON.parse(await standing.end()) as { busy: number; most: number };
  return { "busy answers": busy, "most outstanding": most };
}

function seriesOf(
  { what, limit }: Scene,
  who: string,
  runs: readonly Run[],
  told: Readonly<Record<string, number>>,
): Series {
  const cpuUs = runs.reduce((sum, run) => sum + run.cpuUs, 0) / runs.length;
  return {
    what,
    who,
    unit: "/s",
    perRound: runs.map(({ perSecond }) => perSecond),
    ...(limit !== undefined && { limit }),
    counts: {
      ...(who !== bare && { "wrong values": wrongOf(runs) }),
      "client's µs a read": cpuUs.toFixed(1),
      ...told,
    },
  };
}

function ratiosOf(
  { what, who, limit, goals }: Scene,
  runs: ReadonlyMap<string, readonly Run[]>,
  told: Readonly<Record<string, number>>,
): readonly Ratio[] {
  const perSecond = (peer: string) => (runs.get(peer) ?? []).map((run) => run.perSecond);
  const own = perSecond(ours);
  const over = goals
    .filter((goal) => who.includes(goal.over) && runs.has(goal.over))
    .map(({ over: peer, atLeast }) => ({
      name: `${what}: ${ours} / ${peer}`,
      perRound: ratios(own, perSecond(peer)),
      ...(atLeast !== undefined && { goal: { atLeast } }),
    }));
  if (limit === undefined) return over;
  const share = own.map((figure) => figure / limit);
  const isReachable = goals.some(({ atLeast }) => atLeast !== undefined);
  return [
    ...over,
    { name: `${what}: share of the limit`, perRound: share, ...(isReachable && { goal: { atLeast: 0.95 } }) },
    { name: `${what}: busy answers`, perRound: [told["busy answers"] ?? 0], goal: { atMost: 0 } },
  ];
}

function wrongOf(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + run.wrong, 0);
}
