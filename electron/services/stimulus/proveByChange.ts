import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { type PhraseCode, phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { formatValue } from "#domain/tag/format.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { textOfWords } from "#domain/tag/writeValue.ts";
import { fitsBand } from "#domain/verify/band.ts";
import type { PointEvidence } from "#domain/verify/report.ts";
import { isProvable } from "#domain/verify/summary.ts";
import { patienceMs } from "#domain/verify/verdict.ts";
import type { GatewayDesk } from "../gatewayDesk.ts";
import type { JobControl } from "../jobRunner.ts";
import type { LineDesk } from "../lineDesk.ts";
import { brokerPlace } from "../siteBroker.ts";
import { stageList } from "../stages.ts";
import type { Tables } from "../tables.ts";
import { collect } from "../verifyCollect.ts";
import { evidenceOf, type Point, pointsOf, viewOf } from "../verifyPoint.ts";
import type { WireLog } from "../wireLog.ts";
import type { World } from "../world.ts";
import {
  assertKept,
  mayBeWritten,
  readBack,
  readHeld,
  sendWrite,
  type Write,
  writableWords,
} from "../writeTag.ts";
import { judgeChange } from "./judgeChange.ts";
import { putBack } from "./putBack.ts";

export type StimulusDetail = Extract<JobDetail, { kind: "stimulus" }>;

/** As long as somebody needs to walk to the device and turn a knob. */
const deviceMs = 60_000;
/** So long a value is watched first: what moves by itself is no answer to a hand at the device. */
const baselineMs = 1500;
const lookEveryMs = 200;

interface Parts {
  readonly gateway: GatewayDesk;
  readonly lines: LineDesk;
  readonly wire: WireLog;
  readonly tables: Tables;
}

/**
 * Proves one tag whose value stands still: it is changed, and the change is followed to the gateway and the cloud.
 *
 * Written by Lastmile, its intent is in the evidence before, and what was there is put back whatever happens; what a
 * crash or a lost line kept from it is done at the next opening of the site.
 *
 * @returns true when wire, gateway and cloud showed the new value
 * @throws ProblemError before anything is changed; FaultError stimulus.none, stimulus.notRestored, and those of line,
 *         gateway and broker
 */
export async function proveByChange(
  world: World,
  site: Site,
  parts: Parts,
  evidence: readonly PointEvidence[],
  job: JobControl<StimulusDetail>,
): Promise<boolean> {
  const { clock } = world;
  const { tag: key, way, value } = job.detail;
  const tag = site.tags.find((candidate) => tagKey(candidate) === key);
  if (!tag || !isProvable(tag))
    throw new ProblemError({ code: "input.invalid", reason: `tag ${key}`, at: { field: "tag" } });
  const words = way === "write" ? writableWords(value ?? "", tag) : undefined;
  const { skewMs } = parts.gateway.session();
  const one: Site = { ...site, tags: [tag] };
  const points = pointsOf(one, evidence);
  const point = points.get(key) as Point;
  const codes: readonly PhraseCode[] = words
    ? ["stage.before", "stage.write", "stage.follow", "stage.restore"]
    : ["stage.before", "stage.change", "stage.follow"];
  const stages = stageList(codes, clock, (items) => job.show({ ...job.detail, stages: items }));
  const step = (index: number, code: PhraseCode, facts = {}, leftMs?: number) =>
    job.progress(index, codes.length, phrase(code, facts), leftMs);

  step(0, "doing.collecting");
  const session = await world.brokers.connect(await brokerPlace(world, site, "stimulus"), job.signal);
  const ended = new AbortController();
  const signal = AbortSignal.any([job.signal, ended.signal]);
  const loops = collect({ world, site: one, session, ...parts }, points, () => undefined, signal);
  const failed = new Promise<never>((_, reject) => {
    for (const loop of loops) loop.catch((error) => signal.aborted || reject(error));
  });
  failed.catch(() => undefined);
  const pause = (ms: number) => Promise.race([clock.sleep(ms, signal), failed]);
  /** what was written over, while it stands there */
  let written:
    | { readonly write: Write; readonly before: { text: string; words: readonly number[] } }
    | undefined;

  async function change(): Promise<number> {
    if (!words) {
      const baseline = await stages.run("stage.before", async () => {
        const until = clock.monotonic() + patienceMs(point.intervalMs);
        while (point.wire.length === 0 && clock.monotonic() < until) await pause(lookEveryMs);
        await pause(baselineMs);
        const text = showing(point);
        job.show({ ...job.detail, before: text });
        return { found: phrase("found.before", { value: text }), value: point.wire };
      });
      return stages.run("stage.change", async () => {
        const until = clock.monotonic() + deviceMs;
        for (;;) {
          const leftMs = until - clock.monotonic();
          step(1, "doing.awaitingChange", { tag: point.tag.name }, leftMs);
          const sample = point.wire.at(-1);
          if (sample && baseline.length > 0 && !fitsBand(point.tag, baseline, sample.value)) {
            const [before, text] = [job.detail.before ?? "", showing(point)];
            job.show({ ...job.detail, after: text });
            return { found: phrase("found.changed", { before, value: text }), value: sample.at };
          }
          if (leftMs <= 0)
            throw new FaultError({ code: "stimulus.none", tag: point.tag.name, afterMs: deviceMs });
          await pause(lookEveryMs);
        }
      });
    }
    const timeoutMs = site.lines.find((line) => line.id === point.tag.line)?.timeoutMs ?? 1000;
    const write: Write = { tag: point.tag, words, traffic: parts.lines.traffic(point.tag.line), timeoutMs };
    const before = await stages.run("stage.before", async () => {
      const held = await readHeld(write, job.signal);
      const text = textOfWords(held, point.tag);
      if (held.join() === words.join()) throw new ProblemError({ code: "value.unchanged", value: text });
      return { found: phrase("found.before", { value: text }), value: { text, words: held } };
    });
    const text = textOfWords(words, point.tag);
    job.show({ ...job.detail, before: before.text });
    await job.record("stimulusIntent", { tag: key, before, words, value: text });
    job.signal.throwIfAborted();
    written = { write, before };
    step(1, "doing.writing");
    return stages.run("stage.write", async () => {
      const { signal: always } = new AbortController();
      await sendWrite(write, always).catch((error) => {
        if (!mayBeWritten(error)) throw error;
      });
      assertKept(write, await readBack(write, clock, always));
      job.show({ ...job.detail, after: text, restored: false });
      return { found: phrase("found.readBack", { value: text }), value: clock.now() };
    });
  }

  let good = false;
  let changedAt = 0;
  try {
    changedAt = await change();
    good = await stages.run("stage.follow", async () => {
      const endsAt = clock.monotonic() + patienceMs(point.intervalMs) * 1.5;
      for (;;) {
        const isOver = clock.monotonic() > endsAt;
        const verdict = judgeChange(point, { now: clock.now(), startedAt: changedAt, skewMs }, isOver);
        if (verdict.state === "same" || isOver) {
          point.verdict = verdict;
          point.proof = { gateway: point.gateway, cloud: point.cloud };
          const ms =
            verdict.state === "same" ? Math.max(0, (point.cloud?.at ?? changedAt) - changedAt) : null;
          job.show({ ...job.detail, latencyMs: ms === null ? null : Math.round(ms) });
          const found = ms === null ? verdict.says : phrase("found.followed", { value: showing(point), ms });
          return { found, value: verdict.state === "same" };
        }
        step(2, "doing.awaitingFarEnds", { value: showing(point) });
        await pause(lookEveryMs);
      }
    });
    if (!good)
      stages.spoil("stage.follow", point.verdict?.says ?? phrase("verdict.waiting", { for: "cloud" }));
  } finally {
    const left = written;
    try {
      if (left) {
        step(3, "doing.restoring", { value: left.before.text });
        await stages.run("stage.restore", async () => {
          const stimulus = {
            tag: key,
            before: left.before,
            words: left.write.words,
            value: job.detail.after ?? "",
          };
          const found = await putBack(stimulus, site, parts.lines, world);
          await job.record("stimulusRestored", { tag: key, found });
          job.show({ ...job.detail, restored: true });
          return { found, value: undefined };
        });
      }
    } finally {
      ended.abort(new Error("stimulus ended"));
      await Promise.allSettled(loops);
      await session.close().catch(() => undefined);
      if (point.verdict) {
        parts.tables.verify.set(viewOf(point));
        const { before, after, restored } = job.detail;
        const stimulus = { way, from: before ?? "", to: after ?? "", restored };
        const shown = evidenceOf(point, clock.now(), skewMs);
        await job.record("verified", { points: [{ ...shown, stimulus }] });
      }
    }
  }
  return good;
}

function showing(point: Point): string {
  const sample = point.wire.at(-1);
  return sample ? formatValue(sample.value, point.tag) : "";
}
