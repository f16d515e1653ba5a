import type { Frame, Line as OpenLine } from "#capabilities/line.ts";
import type { JobDetail } from "#contract/views.ts";
import { hasFault } from "#domain/fault.ts";
import { candidateSettings, rank, silenceSettings } from "#domain/modbus/detect.ts";
import { askTimeoutMs, unitsToAsk } from "#domain/modbus/detectAsking.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { SerialLine, SerialSettings } from "#domain/site/site.ts";
import { detectEvidence, isJudged } from "./detectEvidence.ts";
import type { JobControl } from "./jobRunner.ts";
import type { World } from "./world.ts";

export type DetectDetail = Extract<JobDetail, { kind: "detect" }>;

/** A line counts as silent after this long without a byte. */
const silentMs = 1000;
/** The silence kept before each candidate's first request. */
const beforeAskingMs = 200;
/** The silence after bytes that may have been an answer to us: longer, so that most masters would poll in it. */
const confirmMs = 2500;
/** How long traffic is heard at each of the settings: first all in turn, then again for masters that poll seldom. */
const hearingMs = [2500, 10_000];
/** A unit that answers at all answers this, be it with an exception. */
const question = readRequest("holding", 0, 1);

/**
 * Finds baud rate, parity and stop bits of a line: by listening alone where somebody talks, else by asking a few units
 * at the likeliest settings. Stops at the first that is certain. The site's settings are left as they are.
 *
 * @param options `passiveOnly` sends nothing, also on a silent line; `lastUsed` are settings that were right before,
 * newest first; `onFrame` is told of all that passes
 * @returns true when the best settings are certain
 * @throws FaultError of opening and losing a port; ProblemError line.settingsInvalid where there is nothing to detect:
 * no port chosen, or one behind TCP, whose far end keeps the settings to itself
 */
export async function detectSettings(
  line: SerialLine,
  world: Pick<World, "lines">,
  job: JobControl<DetectDetail>,
  options: {
    readonly passiveOnly?: boolean;
    readonly lastUsed?: readonly SerialSettings[];
    readonly onFrame?: (frame: Frame) => void;
  } = {},
): Promise<boolean> {
  if (line.port === "")
    throw new ProblemError({ code: "line.settingsInvalid", reason: "port", at: { field: "port" } });
  if (line.port.startsWith("tcp://"))
    throw new ProblemError({ code: "line.settingsInvalid", reason: "tcp", at: { field: "port" } });
  const { lines } = world;
  const evidence = detectEvidence(
    candidateSettings([line.settings, ...(options.lastUsed ?? [])]),
    (candidates) => job.show({ ...job.detail, candidates }),
  );
  const { places, at } = evidence;
  let asking = false;

  /** Opens the port at one candidate's settings and counts what comes in while `work` lasts. */
  async function withPort<T>(place: number, work: (port: OpenLine) => Promise<T>): Promise<T | undefined> {
    const port = await openAt(place);
    if (port === undefined) return undefined;
    const asked = new Set<number>();
    const forget = port.onFrame((frame) => {
      options.onFrame?.(frame);
      const { direction, verdict, bytes } = frame;
      const [unit = 0] = bytes;
      const isFrame = verdict === "good" || verdict === "unexpected";
      if (direction === "sent") asked.add(unit);
      // A reply that comes too late for its own request proves the settings just as well.
      else if (isFrame && direction === "received" && asked.has(unit)) evidence.answered(place, unit);
      if (direction === "sent") return;
      evidence.count(place, isFrame, bytes.length);
      // Frames that nobody here caused are another's talk: from here on it is heard and not asked.
      if (isFrame && direction === "heard") tellPassive(true);
    });
    try {
      return await work(port);
    } finally {
      forget();
      await port.close();
    }
  }

  /** @returns undefined for settings that the adapter cannot do */
  async function openAt(place: number): Promise<OpenLine | undefined> {
    const { settings } = at(place);
    try {
      return await lines.open({ kind: "serial", port: line.port, settings }, job.signal);
    } catch (error) {
      const isBeyondAdapter =
        error instanceof ProblemError && error.problems[0]?.code === "line.settingsInvalid";
      if (isBeyondAdapter && place > 0) return undefined;
      throw error;
    }
  }

  /** Listens on an open port until enough is heard, or `ms` is over. @returns whether bytes came */
  async function hear(port: OpenLine, place: number, ms: number, isEnough = isJudged): Promise<boolean> {
    const before = evidence.bytesAt(place);
    const enough = new AbortController();
    const forget = port.onFrame(() => {
      if (isEnough(at(place))) enough.abort();
    });
    try {
      const heard = await port.listen(ms, AbortSignal.any([job.signal, enough.signal]));
      return heard.bytes > 0;
    } catch (error) {
      job.signal.throwIfAborted();
      if (!enough.signal.aborted) throw error;
      return evidence.bytesAt(place) > before;
    } finally {
      forget();
    }
  }

  function tellPassive(passive: boolean): void {
    if (job.detail.passive !== passive) job.show({ ...job.detail, passive });
  }

  function tellHearing(step: number, place: number): void {
    const settings = settingsText(at(place).settings);
    job.progress(step, places.length, phrase("doing.hearingSettings", { settings }));
  }

  async function isSilent(): Promise<boolean> {
    const texts = silenceSettings(line.settings).map(settingsText);
    const ears = places.filter((place) => texts.includes(settingsText(at(place).settings)));
    for (const [step, place] of ears.entries()) {
      tellHearing(step, place);
      if (await withPort(place, (port) => hear(port, place, silentMs, () => true))) return false;
    }
    return true;
  }

  /** @returns false when the line fell silent, so that nothing was heard at any settings */
  async function hearAll(): Promise<boolean> {
    let talks = false;
    for (const ms of hearingMs) {
      // Where a frame was heard another one is likeliest.
      const order = [...places].sort((a, b) => at(b).frames - at(a).frames);
      for (const [step, place] of order.entries()) {
        if (at(place).certain) return true;
        if (isJudged(at(place))) continue;
        tellHearing(step, place);
        if (await withPort(place, (port) => hear(port, place, ms))) talks = true;
        if (at(place).certain) return true;
      }
      // Frames that nobody here caused are another master's, however seldom it talks.
      if (!talks) return places.some((place) => at(place).frames > 0);
    }
    return true;
  }

  /** @returns true when the candidate is done with; false when somebody else talks */
  async function askUnits(port: OpenLine, place: number): Promise<boolean> {
    const { settings, frames } = at(place);
    const units = unitsToAsk(line.units);
    const timeoutMs = askTimeoutMs(settings, line.units.length > 0, line.timeoutMs);
    // Stray bytes may be an answer to us, late or at other settings, or another master: a silence tells them apart.
    const somebodyTalks = async () => at(place).frames > frames || hear(port, place, confirmMs);
    if ((await hear(port, place, beforeAskingMs)) && (!asking || (await somebodyTalks()))) return false;
    for (const unit of units) {
      job.signal.throwIfAborted();
      const says = phrase("doing.tryingSettings", { settings: settingsText(settings), unit });
      job.progress(place, places.length, says);
      evidence.tried(place);
      asking = true;
      const before = evidence.bytesAt(place);
      const answer = await ask(port, unit, timeoutMs, job.signal);
      if (answer === "answered") evidence.answered(place, unit);
      if (at(place).certain) return true;
      const cameBytes = answer === "garbage" || evidence.bytesAt(place) > before;
      if (cameBytes && (await somebodyTalks())) return at(place).certain;
    }
    return true;
  }

  async function askAll(): Promise<void> {
    for (const place of places) {
      tellPassive(false);
      while ((await withPort(place, (port) => askUnits(port, place))) === false) {
        if (await hearAll()) return tellPassive(true);
        tellPassive(false);
      }
      if (at(place).certain) return;
    }
  }

  const isHeard = options.passiveOnly || !(await isSilent());
  if (isHeard && ((await hearAll()) || options.passiveOnly)) tellPassive(true);
  else await askAll();

  const ranked = rank(places.map(at));
  const best = ranked.find((candidate) => candidate.certain || candidate.frames > 0);
  job.show({ ...job.detail, candidates: [...ranked], best: best?.settings ?? null });
  const settings = settingsText(best?.settings ?? line.settings);
  job.progress(places.length, places.length, phrase("doing.hearingSettings", { settings }));
  const { passive } = job.detail;
  await job.record("detected", {
    line: line.id,
    passive,
    best: best?.settings ?? null,
    certain: best?.certain ?? false,
    candidates: ranked.filter((candidate) => candidate.tried),
  });
  return best?.certain ?? false;
}

/** Asks one unit. Any reply that fits proves the settings, an exception too. */
async function ask(
  port: OpenLine,
  unit: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<"answered" | "silent" | "garbage"> {
  try {
    await port.exchange(unit, question, timeoutMs, signal);
    return "answered";
  } catch (error) {
    if (hasFault(error, "line.exception")) return "answered";
    if (hasFault(error, "line.silent")) return "silent";
    if (hasFault(error, "line.badFrame")) return "garbage";
    throw error;
  }
}
