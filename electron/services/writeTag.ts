import type { Clock } from "#capabilities/clock.ts";
import type { JobDetail } from "#contract/views.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { writeCoilsRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { spanOf } from "#domain/tag/span.ts";
import { tagKey, type Words } from "#domain/tag/tag.ts";
import { textOfWords, type WritableTag, wordsToWrite, writeRefusal } from "#domain/tag/writeValue.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineDesk } from "./lineDesk.ts";
import type { LineTraffic } from "./lineTraffic.ts";
import { stageList } from "./stages.ts";
import type { World } from "./world.ts";

export type WriteDetail = Extract<JobDetail, { kind: "write" }>;

/** One write to one place: `words` are what the unit is to hold. */
export interface Write {
  readonly tag: WritableTag;
  readonly words: Words;
  readonly traffic: LineTraffic;
  readonly timeoutMs: number;
}

const codes = ["stage.before", "stage.write", "stage.readBack"] as const;

/** A unit may need a moment until it shows what it took. */
const settleMs = 200;

/**
 * Writes one tag after a person confirmed it: reads what is there, notes the intent in the evidence, writes, reads
 * back and compares the words. Once the intent is noted a cancel no longer stops it: a write that may have happened
 * is read back.
 *
 * @returns true when the unit holds exactly what was written
 * @throws ProblemError before anything is sent: the tag is unknown or not writable, the value does not fit it
 * @throws FaultError line.writeNotKept, and those of LineTraffic.exchange
 */
export async function writeTag(
  site: Site,
  lines: LineDesk,
  world: World,
  job: JobControl<WriteDetail>,
): Promise<boolean> {
  const { tag: key, value } = job.detail;
  const tag = site.tags.find((candidate) => tagKey(candidate) === key);
  if (!tag) throw new ProblemError({ code: "input.invalid", reason: `tag ${key}`, at: { field: "tag" } });
  const timeoutMs = site.lines.find((line) => line.id === tag.line)?.timeoutMs ?? 1000;
  const words = writableWords(value, tag);
  const write: Write = { tag, words, traffic: lines.traffic(tag.line), timeoutMs };
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const step = (index: number) => job.progress(index, codes.length, phrase("doing.writing"));
  const named = (held: Words) => ({ text: textOfWords(held, tag), words: held });

  step(0);
  const before = await stages.run("stage.before", async () => {
    const held = named(await readHeld(write, job.signal));
    return { found: phrase("found.before", { value: held.text }), value: held };
  });
  job.show({ ...job.detail, before: before.text });
  await job.record("writeIntent", { tag: key, before, value, words });
  job.signal.throwIfAborted();

  const { signal } = new AbortController();
  step(1);
  try {
    await stages.run("stage.write", async () => {
      await sendWrite(write, signal);
      return { found: phrase("found.written"), value: undefined };
    });
  } catch (error) {
    // No answer does not mean not written: what the unit holds now tells.
    if (!mayBeWritten(error)) throw error;
  }
  step(2);
  await stages.run("stage.readBack", async () => {
    const after = named(await readBack(write, world.clock, signal));
    job.show({ ...job.detail, after: after.text });
    await job.record("written", { tag: key, before, after, words });
    assertKept(write, after.words);
    return { found: phrase("found.readBack", { value: after.text }), value: undefined };
  });
  step(3);
  return true;
}

/** @throws ProblemError when the tag cannot be written, or the value does not fit it */
export function writableWords(value: string, tag: WritableTag): Words {
  const refusal = writeRefusal(tag);
  if (refusal) throw new ProblemError(refusal);
  const words = wordsToWrite(value, tag);
  if (!words.ok) throw new ProblemError(words.problem);
  return words.value;
}

/** The words (or the bit) that the unit holds now where `write` goes. */
export async function readHeld(write: Write, signal: AbortSignal): Promise<Words> {
  const { unit, area, offset, registers } = spanOf(write.tag.address, write.tag.type);
  const options = { timeoutMs: write.timeoutMs, priority: "person" } as const;
  const reading = await write.traffic.read(unit, area, offset, registers, options, signal);
  return reading.words;
}

/** Sends the words in one request: functions 5 and 6 for one, 15 and 16 for more. */
export async function sendWrite(
  { tag, words, traffic, timeoutMs }: Write,
  signal: AbortSignal,
): Promise<void> {
  const { unit, area, offset } = tag.address;
  const request = area === "coil" ? writeCoilsRequest(offset, words) : writeRegistersRequest(offset, words);
  await traffic.exchange(unit, request, { timeoutMs, priority: "person" }, signal);
}

/** What the unit holds after a write; asked once more when it is not what was written. */
export async function readBack(write: Write, clock: Clock, signal: AbortSignal): Promise<Words> {
  const held = await readHeld(write, signal);
  if (isKept(write, held)) return held;
  await clock.sleep(settleMs, signal);
  return readHeld(write, signal);
}

/** @throws FaultError line.writeNotKept when the unit holds other words than were written */
export function assertKept(write: Write, held: Words): void {
  if (isKept(write, held)) return;
  const { tag, words } = write;
  const [wrote, found] = [textOfWords(words, tag), textOfWords(held, tag)];
  throw new FaultError({ code: "line.writeNotKept", unit: tag.address.unit, wrote, found });
}

/** The write went out and its answer was lost, or the unit took it and needs time (exception 5). */
export function mayBeWritten(error: unknown): boolean {
  if (hasFault(error, "line.exception")) return error.fault.exception === 5;
  return hasFault(error, "line.silent") || hasFault(error, "line.badFrame");
}

function isKept({ words }: Write, held: Words): boolean {
  return held.length === words.length && held.every((word, index) => word === words[index]);
}
