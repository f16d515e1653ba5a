import { decodeValue } from "#domain/tag/decode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import { spanOf } from "#domain/tag/span.ts";
import { type Tag, tagKey, type Value } from "#domain/tag/tag.ts";
import { bracket, fitsBand, type Span } from "./band.ts";
import type { Cause } from "./cause.ts";
import { sameValue } from "./closeness.ts";
import { explains, type Fit, isSteady, type Seen } from "./seen.ts";
import type { OtherTag, TagCheck, WireSample } from "./tagCheck.ts";

/** The value of the same register of another unit: the gateway asks the wrong station. */
export function otherUnit(check: TagCheck, series: readonly Seen[], fit: Fit): Cause | undefined {
  const { address } = check.tag;
  const neighbours = (check.others ?? []).filter(({ tag }) => {
    const { unit, area, offset } = tag.address;
    return (
      tag.line === check.tag.line &&
      unit !== address.unit &&
      area === address.area &&
      offset === address.offset
    );
  });
  const found = only(neighbours.filter((other) => isThere(check.tag, other, series, fit)));
  return found && { code: "verdict.otherUnit", facts: { other: found.tag.address.unit } };
}

/** Another tag's value: the only one that has it, or the only one that shows this tag's in turn. */
export function swapped(
  check: TagCheck,
  series: readonly Seen[],
  fit: Fit,
  side: "gateway" | "cloud",
): Cause | undefined {
  // What many tags have proves nothing.
  if (series.every(({ value }) => value === 0 || value === 1 || value === "")) return undefined;
  const twins = (check.others ?? []).filter((other) => isThere(check.tag, other, series, fit));
  const found = only(twins) ?? only(twins.filter((other) => showsUs(check, other, other[side], series)));
  return found && { code: "verdict.swapped", facts: { other: nameOf(found.tag, check.tag) } };
}

function isThere(tag: Tag, other: OtherTag, series: readonly Seen[], fit: Fit): boolean {
  return (
    explains(other.tag, other.wire, series, fit, (samples) => samples) ||
    explains(tag, other.wire, series, fit, (samples) => readAs(tag, other.tag, samples))
  );
}

/** The other's words as this tag's type, order and scale would show them. */
function readAs(tag: Tag, other: Tag, samples: readonly WireSample[]): readonly WireSample[] {
  const values = wordsAs(tag, other, samples);
  // Words of one type read as another jump, and anything lies between two of them.
  return isSteady(values) ? values : [];
}

function wordsAs(tag: Tag, other: Tag, samples: readonly WireSample[]): readonly WireSample[] {
  const { registers } = spanOf(tag.address, tag.type);
  const isBits = (one: Tag) => one.address.area === "coil" || one.address.area === "discrete";
  if (isBits(tag) !== isBits(other)) return [];
  return samples
    .filter((sample) => sample.words.length === registers)
    .map((sample) => ({
      ...sample,
      value: scaleValue(decodeValue(sample.words, tag.address, tag.type), tag),
    }));
}

function showsUs(
  check: TagCheck,
  other: OtherTag,
  shown: Value | undefined,
  series: readonly Seen[],
): boolean {
  const span: Span | undefined = series.at(-1)?.span;
  if (shown === undefined || span === undefined) return false;
  const own = bracket(check.wire, span);
  return own.some((sample) => sameValue(other.tag, sample.value, shown)) || fitsBand(other.tag, own, shown);
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function nameOf(tag: Tag, beside: Tag): string {
  if (tag.line !== beside.line) return tagKey(tag);
  return tag.group === beside.group ? tag.name : `${tag.group}/${tag.name}`;
}
