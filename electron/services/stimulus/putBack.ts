import { FaultError } from "#domain/fault.ts";
import type { OpenStimulus } from "#domain/job/openStimuli.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import type { Site } from "#domain/site/site.ts";
import { tagKey, type Words } from "#domain/tag/tag.ts";
import { textOfWords } from "#domain/tag/writeValue.ts";
import type { LineDesk } from "../lineDesk.ts";
import type { World } from "../world.ts";
import { assertKept, mayBeWritten, readBack, readHeld, sendWrite, type Write } from "../writeTag.ts";

/**
 * Writes what was there before a stimulus, unless somebody has set another value since. It goes on whatever was
 * cancelled: nothing may be left changed.
 *
 * @returns what came of it, for people
 * @throws FaultError stimulus.notRestored, with what kept it from it as its cause
 */
export async function putBack(
  stimulus: Pick<OpenStimulus, "tag" | "before" | "words" | "value">,
  site: Site,
  lines: LineDesk,
  world: World,
): Promise<Phrase> {
  const tag = site.tags.find((one) => tagKey(one) === stimulus.tag);
  const { before, value } = stimulus;
  const notRestored = (found: string, cause?: unknown) =>
    new FaultError({ code: "stimulus.notRestored", tag: stimulus.tag, before: before.text, found }, cause);
  if (!tag) throw notRestored(value);
  const { signal } = new AbortController();
  const timeoutMs = site.lines.find((line) => line.id === tag.line)?.timeoutMs ?? 1000;
  try {
    const write: Write = { tag, words: before.words, traffic: lines.traffic(tag.line), timeoutMs };
    const held = await readHeld(write, signal);
    if (!isSame(held, stimulus.words)) {
      const text = textOfWords(held, tag);
      return phrase(isSame(held, before.words) ? "found.putBack" : "found.leftAlone", { value: text });
    }
    await sendWrite(write, signal).catch((error) => {
      if (!mayBeWritten(error)) throw error;
    });
    assertKept(write, await readBack(write, world.clock, signal));
    return phrase("found.putBack", { value: before.text });
  } catch (error) {
    if (error instanceof FaultError) throw notRestored(value, error);
    throw error;
  }
}

function isSame(one: Words, other: Words): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
