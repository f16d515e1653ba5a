import type { Clock } from "#capabilities/clock.ts";
import type { HypothesisView, ResolveSample } from "#contract/tagViews.ts";
import type { JobDetail } from "#contract/views.ts";
import { hasFault } from "#domain/fault.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Line } from "#domain/site/site.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { addressOf, type Hypothesis, reach, resolve, type Sample } from "#domain/tag/resolve.ts";
import { readExpectation } from "#domain/tag/resolveExpectation.ts";
import { spanOf } from "#domain/tag/span.ts";
import { utf8Length } from "#domain/utf8.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineTraffic } from "./lineTraffic.ts";

export type ResolveDetail = Extract<JobDetail, { kind: "resolve" }>;

/** What a person wants to know of one register. */
export interface ResolveQuestion {
  readonly unit: number;
  readonly area: "input" | "holding";
  readonly offset: number;
  /** as the display shows it; empty after an earlier sample: the value has changed since */
  readonly expect: string;
  readonly tolerance: number | null;
}

/** Registers of the widest number. */
const widest = 4;
const mostRegisters = 125;

/** @param earlier samples of the same place, oldest first */
export function resolveDetailOf(
  line: string,
  { unit, area, offset }: ResolveQuestion,
  earlier: readonly ResolveSample[],
): ResolveDetail {
  const samples = [...earlier];
  return {
    kind: "resolve",
    line,
    unit,
    area,
    offset,
    samples,
    verdict: null,
    hypotheses: [],
    nearest: [],
  };
}

/**
 * Reads the registers around an address once and finds what they mean; leaves both in the evidence.
 *
 * @returns true when one way alone fits all samples
 * @throws ProblemError value.notNumber when nothing is expected and there is no earlier sample
 */
export async function resolveTag(
  line: Line,
  traffic: LineTraffic,
  { clock }: { readonly clock: Clock },
  { expect, tolerance }: Pick<ResolveQuestion, "expect" | "tolerance">,
  job: JobControl<ResolveDetail>,
): Promise<boolean> {
  const { detail } = job;
  const expectation = readExpectation(expect);
  if (!expectation && detail.samples.length === 0) {
    throw new ProblemError({ code: "value.notNumber", text: "", at: { field: "expect" } });
  }
  job.progress(0, 1, phrase("doing.resolving", { unit: detail.unit }));
  const texts = [expect, ...detail.samples.map((sample) => sample.expect)];
  const isText = texts.some((text) => readExpectation(text)?.kind === "text");
  const longest = isText ? Math.max(...texts.map((text) => Math.ceil(utf8Length(text) / 2))) : widest;
  const first = 0 - Math.min(reach, detail.offset);
  const count = Math.min(reach + longest - first, 65_536 - detail.offset - first, mostRegisters);
  const words = await readAround(detail.offset + first, count);
  const sample: ResolveSample = { at: clock.now(), first, words, expect, tolerance };
  const samples = [...detail.samples, sample];
  const { verdict, hypotheses, nearest } = resolve(samples.map(sampleOf));
  const view = (one: Hypothesis) => viewOf(one, detail, sample);
  const found = { samples, verdict, hypotheses: hypotheses.map(view), nearest: nearest.map(view) };
  job.show({ ...detail, ...found });
  job.progress(1, 1, phrase("doing.resolving", { unit: detail.unit }));
  await job.record("resolved", { line: detail.line, sample, verdict, first: found.hypotheses[0] ?? null });
  return verdict === "certain";

  /** A device that refuses a stretch is asked for its halves: what it has not got stays unknown. */
  async function readAround(from: number, registers: number): Promise<(number | null)[]> {
    const options = { timeoutMs: line.timeoutMs, priority: "person" } as const;
    try {
      const reply = await traffic.read(detail.unit, detail.area, from, registers, options, job.signal);
      return [...reply.words];
    } catch (error) {
      if (!hasFault(error, "line.exception")) throw error;
      if (registers === 1) return [null];
      const half = registers >> 1;
      return [...(await readAround(from, half)), ...(await readAround(from + half, registers - half))];
    }
  }
}

function sampleOf({ words, first, expect, tolerance }: ResolveSample): Sample {
  const expected = readExpectation(expect, tolerance ?? undefined) ?? "changed";
  return { words: words.map((word) => word ?? undefined), first, expected };
}

function viewOf(
  one: Hypothesis,
  at: Pick<ResolveDetail, "unit" | "area" | "offset">,
  { words, first }: ResolveSample,
): HypothesisView {
  const { unit, area, offset } = at;
  const address = addressOf(one, { unit, area, offset });
  const from = one.delta - first;
  const own = words.slice(from, from + spanOf(address, one.type).registers);
  const hex = own.map((word) => (word ?? 0).toString(16).padStart(4, "0").toUpperCase());
  const { delta, type, scale, orSigned, off, shown, raw } = one;
  const shownText = typeof shown === "number" ? String(Number(shown.toPrecision(9))) : shown;
  const printed = printAddress(address);
  return {
    delta,
    address,
    type,
    scale,
    printed,
    shown: shownText,
    raw: String(raw),
    words: hex.join(" "),
    orSigned,
    off,
  };
}
