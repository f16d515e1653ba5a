import ModbusSerial from "modbus-serial";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { tcpLine } from "#adapters/modbus/tcpLine.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { openFaultySlave } from "./parts/faultySlave.ts";
import { seeded } from "./parts/figures.ts";
import { areRightWords, isRightReply, offsetOf } from "./parts/registers.ts";
import { type BenchResult, runBench } from "./parts/report.ts";
import { type Trouble, timeoutMs, troubles } from "./parts/troubles.ts";

interface Reader {
  /** when the latest request went out, monotonic */
  sentAt(): number;
  read(offset: number): Promise<boolean>;
  close(): Promise<void>;
}

interface Tally {
  wrong: number;
  right: number;
  refused: number;
  slowestMs: number;
}

const registers = 10;
const ours = "Lastmile";

const readers = { [ours]: openLastmile, "modbus-serial": openModbusSerial };

await runBench(measure);

/** Values taken for another register's when answers come late, not at all, spoiled or from elsewhere. */
async function measure(rounds: number): Promise<BenchResult> {
  const cells = troubles.flatMap((trouble) =>
    Object.entries(readers).map(([who, open]) => ({ trouble, who, open })),
  );
  const measureCell = async ({ trouble, who, open }: (typeof cells)[number]) =>
    summed(trouble, who, await readInRounds(trouble, open, rounds));
  // Nothing is timed here, so they run side by side.
  const measured = await Promise.all(cells.filter(({ trouble }) => !trouble.alone).map(measureCell));
  for (const cell of cells) if (cell.trouble.alone) measured.push(await measureCell(cell));
  const own = measured.filter(({ who }) => who === ours);
  const wrong = own.reduce((sum, { counts }) => sum + counts.wrong, 0);
  return {
    title: "wrongValues: values of another register, taken for the one asked for",
    method: [
      `Reads of ${registers} registers, each elsewhere, from a unit that fails as said; time-out ${timeoutMs} ms.`,
      "slowest: until a read settled; of Lastmile's it is the time-out, the wait for a late answer, and the turn.",
    ],
    series: measured,
    ratios: [
      {
        name: `wrong values of ${ours} in all`,
        perRound: [wrong],
        goal: { atMost: 0 },
      },
      {
        name: `reads of ${ours} that never settled`,
        perRound: [own.reduce((sum, { counts }) => sum + counts["never settled"], 0)],
        goal: { atMost: 0 },
      },
    ],
    skipped: [],
    wrong,
  };
}

function summed(trouble: Trouble, who: string, tallies: readonly Tally[]) {
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  const reads = tallies.length * trouble.reads;
  return {
    what: trouble.what,
    who,
    unit: "per 10,000",
    perRound: tallies.map(({ wrong }) => (wrong * 10_000) / trouble.reads),
    counts: {
      reads,
      right: sum("right"),
      refused: sum("refused"),
      wrong: sum("wrong"),
      "never settled": reads - sum("right") - sum("wrong") - sum("refused"),
      "slowest ms": Math.round(Math.max(...tallies.map(({ slowestMs }) => slowestMs))),
    },
  };
}

async function readInRounds(
  trouble: Trouble,
  open: (framing: "rtu" | "tcp", port: number) => Promise<Reader>,
  rounds: number,
): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  for (let round = 0; round < rounds; round++) tallies.push(await readThrough(trouble, open, round));
  return tallies;
}

async function readThrough(
  trouble: Trouble,
  open: (framing: "rtu" | "tcp", port: number) => Promise<Reader>,
  round: number,
): Promise<Tally> {
  const random = seeded(round + 1);
  let reader: Reader | undefined;
  const slave = await openFaultySlave(
    trouble.framing,
    () => reader?.sentAt() ?? 0,
    (asked) => trouble.answer(asked, random),
  );
  const opened = await open(trouble.framing, slave.port);
  reader = opened;
  const tally = { wrong: 0, right: 0, refused: 0, slowestMs: 0 };
  for (let index = 0; index < trouble.reads; index += trouble.atOnce) {
    const some = Array.from({ length: trouble.atOnce }, async (_, i) => {
      const begun = performance.now();
      const outcome = await settledIn(10_000, opened.read(offsetOf(index + i)));
      if (outcome !== undefined) tally[outcome]++;
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begun);
    });
    await Promise.all(some);
  }
  await opened.close();
  await slave.close();
  return tally;
}

async function settledIn(
  ms: number,
  read: Promise<boolean>,
): Promise<"right" | "wrong" | "refused" | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  const outcome = read
    .then((right) => (right ? ("right" as const) : ("wrong" as const)))
    .catch(() => "refused" as const);
  const first = await Promise.race([outcome, never]);
  clearTimeout(timer);
  return first;
}

async function openLastmile(framing: "rtu" | "tcp", port: number): Promise<Reader> {
  const { signal } = new AbortController();
  const pipe = await openTcpPipe("127.0.0.1", port, signal);
  const settings = { baudRate: 115_200, parity: "even", dataBits: 8, stopBits: 1 } as const;
  const line = framing === "rtu" ? rtuLine(pipe, settings, "bench") : tcpLine(pipe, "bench");
  let sentAt = 0;
  line.onFrame(({ direction }) => {
    if (direction === "sent") sentAt = performance.now();
  });
  return {
    sentAt: () => sentAt,
    async read(offset) {
      const { pdu } = await line.exchange(1, readRequest("holding", offset, registers), timeoutMs, signal);
      return isRightReply(pdu, offset, registers);
    },
    close: () => line.close(),
  };
}

async function openModbusSerial(framing: "rtu" | "tcp", port: number): Promise<Reader> {
  const client = new ModbusSerial();
  // Without a listener an error of the connection would end the process.
  client.on("error", () => undefined);
  if (framing === "rtu") await client.connectTelnet("127.0.0.1", { port });
  else await client.connectTCP("127.0.0.1", { port });
  client.setID(1);
  client.setTimeout(timeoutMs);
  let sentAt = 0;
  return {
    sentAt: () => sentAt,
    async read(offset) {
      sentAt = performance.now();
      const { data } = await client.readHoldingRegisters(offset, registers);
      return areRightWords(data, offset, registers);
    },
    close: () => new Promise((resolve) => client.close(() => resolve())),
  };
}
