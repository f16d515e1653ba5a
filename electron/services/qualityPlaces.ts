import type { ReadPlace, UnitReader } from "./qualityReads.ts";

/** Where a unit can be read, and the lengths it allows there, shortest first. */
export interface Readable {
  readonly place: ReadPlace;
  readonly lengths: readonly number[];
}

const wantedLengths = [1, 10, 60, 125] as const;
// First registers of many makes; SunSpec devices begin at 40000.
const usualOffsets = [0, 1, 100, 1000, 40_000] as const;

/** What a read came to; looked at up to three times before silence or damage is believed. */
async function allows(
  reader: UnitReader,
  place: ReadPlace,
  registers: number,
): Promise<"yes" | "no" | "damaged" | "silent"> {
  let came = false;
  for (let attempt = 0; attempt < 3; attempt++) {
    const { outcome } = await reader.read(place, registers);
    if (outcome.at === "good") return "yes";
    // 2 and 3: no such registers, or not so many; 1: no such area. Others pass with time.
    if (outcome.at === "exception") return (reader.lastException ?? 0) <= 3 ? "no" : "yes";
    if (outcome.at === "bad") came = true;
  }
  return came ? "damaged" : "silent";
}

/**
 * Finds registers to read: holding ones, else input ones. A unit that only says no is read where it says so, since
 * its exceptions are good frames as well; one that says nothing is asked for holding registers.
 */
export async function findReadable(reader: UnitReader): Promise<Readable> {
  const first: ReadPlace = { area: "holding", offset: 0 };
  for (const area of ["holding", "input"] as const) {
    for (const offset of usualOffsets) {
      const place = { area, offset };
      const allowed = await allows(reader, place, 1);
      if (allowed === "yes") return { place, lengths: await allowedLengths(reader, place) };
      // Bytes came, so it is there. Which lengths it has cannot be known while nothing comes whole, and the length of
      // a damaged refusal would mislead.
      if (allowed === "damaged") return { place, lengths: [1, 2] };
      if (allowed === "silent") break;
    }
  }
  return { place: first, lengths: [1] };
}

async function allowedLengths(reader: UnitReader, place: ReadPlace): Promise<readonly number[]> {
  const lengths = [1];
  for (const wanted of wantedLengths.slice(1)) {
    const allowed = await allows(reader, place, wanted);
    if (allowed === "silent") return lengths;
    // What is damaged three times is a long answer on a bad line, hardly a refusal of five bytes.
    if (allowed === "no") {
      const shorter = lengths.at(-1) ?? 1;
      const longest = await longestBetween(reader, place, shorter, wanted);
      return longest > shorter ? [...lengths, longest] : lengths;
    }
    lengths.push(wanted);
  }
  return lengths;
}

/** @param allowed a length that works, below `refused`, one that does not */
async function longestBetween(
  reader: UnitReader,
  place: ReadPlace,
  allowed: number,
  refused: number,
): Promise<number> {
  if (refused - allowed <= 1) return allowed;
  const middle = Math.floor((allowed + refused) / 2);
  return (await allows(reader, place, middle)) === "yes"
    ? longestBetween(reader, place, middle, refused)
    : longestBetween(reader, place, allowed, middle);
}
