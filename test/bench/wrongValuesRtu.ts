import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { openSerialPipe } from "#adapters/serial/serialPipe.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import type { Line } from "#capabilities/line.ts";
import { hasFault } from "#domain/fault.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { openPtyToSocket } from "#test/support/ptyToSocket.ts";
import { openSlowUnit } from "#test/support/slowUnit.ts";
import { seeded } from "./parts/figures.ts";
import { isRightReply, offsetOf, registerAt } from "./parts/registers.ts";
import { type BenchResult, runBench } from "./parts/report.ts";
import { type RtuTrouble, rtuTroubles } from "./parts/rtuTroubles.ts";
import { timeoutMs } from "./parts/troubles.ts";

const registers = 10;
const readsInAll = 10_000;
const linesAtOnce = 10;
const settings = { baudRate: 115_200, parity: "even", dataBits: 8, stopBits: 1 } as const;

interface Tally {
  reads: number;
  right: number;
  wrong: number;
  refused: number;
  cuts: number;
  slowestMs: number;
}

await runBench(measure);

/** Values of another register taken for the one asked for, by our master, whatever a serial line does. */
async function measure(rounds: number): Promise<BenchResult> {
  const measured = [];
  for (const trouble of rtuTroubles) {
    const tallies: Tally[] = [];
    for (let round = 0; round < rounds; round++) tallies.push(await readInRound(trouble, round, rounds));
    measured.push({ trouble, tallies });
  }
  const all = measured.flatMap(({ tallies }) => tallies);
  const wrong = sumOf(all, "wrong");
  return {
    title: `wrongValuesRtu: ${readsInAll.toLocaleString("en")} reads a trouble, all rounds together`,
    method: [
      `Reads of ${registers} registers, each elsewhere, ${linesAtOnce} lines at once, seeded; time-out ${timeoutMs} ms.`,
      "slowest: from asking to settling, of any read. Unplugged: the process that holds the pty's master is killed.",
    ],
    series: measured.map(({ trouble, tallies }) => ({
      what: trouble.what,
      who: "Lastmile",
      unit: "wrong",
      perRound: tallies.map((tally) => tally.wrong),
      counts: {
        reads: sumOf(tallies, "reads"),
        right: sumOf(tallies, "right"),
        refused: sumOf(tallies, "refused"),
        ...(trouble.cut && { cuts: sumOf(tallies, "cuts") }),
        "slowest ms": Math.round(Math.max(...tallies.map(({ slowestMs }) => slowestMs))),
      },
    })),
    ratios: [
      { name: "wrong values in all", perRound: [wrong], goal: { atMost: 0 } },
      {
        name: "reads that never settled",
        perRound: [sumOf(all, "reads") - sumOf(all, "right") - sumOf(all, "wrong") - sumOf(all, "refused")],
        goal: { atMost: 0 },
      },
      {
        name: "slowest read beyond its time-out, ms",
        perRound: [Math.max(...all.map(({ slowestMs }) => slowestMs)) - timeoutMs],
        goal: { atMost: 100 },
      },
    ],
    skipped: [],
    wrong,
  };
}

function sumOf(tallies: readonly Tally[], key: keyof Tally): number {
  return tallies.reduce((total, tally) => total + tally[key], 0);
}

async function readInRound(trouble: RtuTrouble, round: number, rounds: number): Promise<Tally> {
  const reads = Math.ceil(readsInAll / rounds / linesAtOnce);
  const seeds = Array.from({ length: linesAtOnce }, (_, line) => 1 + round * linesAtOnce + line);
  const tallies = await Promise.all(seeds.map((seed) => readOneLine(trouble, seed, reads)));
  return {
    reads: sumOf(tallies, "reads"),
    right: sumOf(tallies, "right"),
    wrong: sumOf(tallies, "wrong"),
    refused: sumOf(tallies, "refused"),
    cuts: sumOf(tallies, "cuts"),
    slowestMs: Math.max(...tallies.map(({ slowestMs }) => slowestMs)),
  };
}

async function readOneLine(trouble: RtuTrouble, seed: number, reads: number): Promise<Tally> {
  const random = seeded(seed);
  const { signal } = new AbortController();
  const unit = await openSlowUnit(trouble.inOrder, registerAt, (asked) => trouble.answer(asked, random));
  const way = trouble.cut?.by === "unplug" ? await wayByPty(unit.port) : wayBySocket(unit);
  const tally: Tally = { reads: 0, right: 0, wrong: 0, refused: 0, cuts: 0, slowestMs: 0 };
  let line = await way.open();
  while (tally.reads < reads) {
    const offset = offsetOf(tally.reads++);
    const cutAfterMs = trouble.cut && random() < 1 / trouble.cut.everyReads ? random() * 3 : undefined;
    if (cutAfterMs !== undefined) {
      tally.cuts++;
      setTimeout(way.cut, cutAfterMs);
    }
    const begun = performance.now();
    try {
      const { pdu } = await line.exchange(1, readRequest("holding", offset, registers), timeoutMs, signal);
      if (isRightReply(pdu, offset, registers)) tally.right++;
      else tally.wrong++;
    } catch (error) {
      tally.refused++;
      if (hasFault(error, "line.lost")) {
        await line.close();
        line = await way.open();
      }
    }
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begun);
  }
  await line.close();
  await way.end();
  await unit.close();
  return tally;
}

/** How a line reaches the unit. */
interface Way {
  open(): Promise<Line>;
  readonly cut: () => void;
  end(): Promise<void>;
}

function wayBySocket(unit: { readonly port: number; drop(): void }): Way {
  const { signal } = new AbortController();
  return {
    open: async () => rtuLine(await openTcpPipe("127.0.0.1", unit.port, signal), settings, "bench"),
    cut: () => unit.drop(),
    end: async () => undefined,
  };
}

async function wayByPty(port: number): Promise<Way> {
  const { signal } = new AbortController();
  let pty = await openPtyToSocket(port);
  return {
    async open() {
      if (pty.isGone()) pty = await openPtyToSocket(port, pty.path);
      return rtuLine(await openSerialPipe(pty.path, settings, signal), settings, "bench");
    },
    cut: () => void pty.close(),
    end: () => pty.remove(),
  };
}
