import type { Frame } from "#capabilities/line.ts";
import type { SuspectUnit } from "#contract/lineViews.ts";
import { hasFault } from "#domain/fault.ts";
import { otherPolls } from "#domain/modbus/otherPolls.ts";
import { phrase } from "#domain/phrase.ts";
import { answersToAll } from "#domain/plan/scanFindings.ts";
import { firstTiming } from "#domain/plan/scanTiming.ts";
import { ProblemError } from "#domain/problem.ts";
import type { JobControl } from "#services/jobRunner.ts";
import { placeOf } from "#services/lineDesk.ts";
import { type LineTraffic, openTraffic } from "#services/lineTraffic.ts";
import { placesToRead } from "#services/profileShelf.ts";
import { type ScanDetail, scanDetail, scanUnits } from "#services/scan.ts";
import { runAdHoc } from "./adHocJob.ts";
import { lineOf, lineOptions, lineUsage } from "./linePlace.ts";
import { networkOptions, networkUsage, searchNetwork } from "./scanNetwork.ts";
import type { Terminal } from "./terminal.ts";
import { type Call, done, type Outcome, Unfinished, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

/** Another master's polls are heard this long, so that they can be told. */
const hearMs = 3000;

export const scan: Verb = {
  usage: `scan ${lineUsage} [--units 1-247]\n  lastmile scan ${networkUsage}`,
  options: { ...lineOptions, ...networkOptions, units: { type: "string" } },
  run: (call) => (call.options["tcp-range"] === undefined ? scanLine(call) : searchNetwork(call)),
};

function scanLine(call: Call): Promise<Outcome> {
  return withWorld(async (world) => {
    const line = lineOf(call.options);
    const { from, to } = rangeOf(call.options.units);
    const heard: Frame[] = [];
    const traffic = openTraffic(placeOf(line), {
      lines: world.lines,
      clock: world.clock,
      onFrame(frame) {
        if (frame.direction === "heard" && frame.verdict === "good") heard.push(frame);
      },
    });
    let running: JobControl<ScanDetail> | undefined;
    const places = await placesToRead(world.profiles);
    const work = (job: JobControl<ScanDetail>) => {
      running = job;
      return scanUnits(line, traffic, job, world.clock.monotonic, firstTiming(line), places);
    };
    try {
      const job = await runAdHoc(call, world, scanDetail(line, from, to), work);
      print(job.detail, call.terminal);
      const { units, suspects, asked } = job.detail;
      if (answersToAll(line.kind, asked, units.length))
        call.terminal.line(call.terminal.phrase(phrase("found.oneForAll")));
      return done({ units, suspects });
    } catch (error) {
      if (hasFault(error, "line.taken")) throw await withPolls(error, traffic, heard, call);
      const asked = running?.detail.asked ?? 0;
      throw asked > 0 && running ? toGoOn(error, running.detail, call.terminal) : error;
    } finally {
      await traffic.close();
    }
  });
}

function print({ units, suspects }: Pick<ScanDetail, "units" | "suspects">, terminal: Terminal): void {
  terminal.table(
    [">Unit", "Answered", ">ms", "Identity"],
    units.map((unit) => [String(unit.number), unit.answered, unit.latencyMs.toFixed(0), unit.identity]),
  );
  for (const suspect of suspects) terminal.line(terminal.phrase(suspicion(suspect)));
}

function suspicion({ number, reason }: SuspectUnit) {
  return phrase(reason === "twice" ? "found.twice" : "found.garbled", { unit: number });
}

/** What was found before it ended, and which units are left. */
function toGoOn(error: unknown, detail: ScanDetail, terminal: Terminal): Unfinished {
  const { units, suspects, from, to, asked } = detail;
  print(detail, terminal);
  const next = from + asked;
  if (next > to) return new Unfinished({ units, suspects }, error);
  const goOn = next === to ? String(to) : `${next}-${to}`;
  terminal.line(terminal.phrase(phrase("found.goOn", { units: goOn })));
  return new Unfinished({ units, suspects, goOn }, error);
}

async function withPolls(
  error: unknown,
  traffic: LineTraffic,
  heard: readonly Frame[],
  { terminal, signal }: Call,
): Promise<Unfinished> {
  await traffic.listen(hearMs, signal);
  const frames = heard.map(({ bytes }) => ({ unit: bytes[0] ?? 0, pdu: bytes.slice(1, -2) }));
  const polls = otherPolls(frames);
  terminal.table(
    [">Unit", "Area", ">Offset", ">Count", ">Polls", "Words"],
    polls.map((poll) => [
      ...[String(poll.unit), poll.area, String(poll.offset), String(poll.count), String(poll.times)],
      poll.words.map(hexWord).join(" "),
    ]),
  );
  return new Unfinished({ polls }, error);
}

const hexWord = (word: number) => word.toString(16).padStart(4, "0").toUpperCase();

function rangeOf(text: string | boolean | undefined): { from: number; to: number } {
  if (text === undefined) return { from: 1, to: 247 };
  const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(String(text));
  const from = Number(match?.[1] ?? Number.NaN);
  const to = Number(match?.[2] ?? match?.[1] ?? Number.NaN);
  if (from === 0) throw new ProblemError({ code: "unit.broadcast", at: { field: "units" } });
  if (!(from >= 1 && to >= from && to <= 247)) {
    throw new ProblemError({ code: "usage", reason: `--units ${String(text)} is not a range within 1-247` });
  }
  return { from, to };
}
