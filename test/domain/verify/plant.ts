import { encodeValue } from "#domain/tag/encode.ts";
import type { Tag, TagType, Value, Words } from "#domain/tag/tag.ts";
import type { OtherTag, TagCheck, WireSample } from "#domain/verify/tagCheck.ts";
import { plainTag } from "../site/pumpSite.ts";

/** When the plant's time begins, ms since 1970. */
export const start = 1_795_000_000_000;
export const intervalMs = 1000;
const readEveryMs = 800;

/** The same numbers for a seed; 0 up to 1. */
export function random(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A tag with what its process does: the true value over time, as a device holds it. */
export interface Source {
  readonly tag: Tag;
  /** raw, as it stands in the registers, at ms since 1970 */
  rawAt(ms: number): number | bigint;
}

const types: readonly TagType[] = [
  "float",
  "float",
  "double",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
];
const units = ["V", "A", "kW", "°C", "bar", "m³/h", "kWh", ""];

/** Between the levels of two tags. */
const apart = 61;

/**
 * A tag like those of a site: a level with a swing or standing still, a counter, whole or real, with or without scale.
 * No two of a plant have values near each other, as there nothing could tell which is which.
 */
function makeSource(next: () => number, index: number): Source {
  const type = types[Math.floor(next() * types.length)] ?? "float";
  const isReal = type === "float" || type === "double";
  const scale = isReal || type === "uint64" || next() < 0.5 ? 1 : 0.1;
  const precision = isReal && next() < 0.5 ? 2 : 0;
  const order =
    type === "uint16" || type === "int16" ? {} : ({ order: type === "uint64" ? "LL" : "BL" } as const);
  const tag: Tag = plainTag({
    name: `tag ${index}`,
    group: `g${index % 5}`,
    type,
    scale,
    precision,
    unit: units[index % units.length] ?? "",
    address: { unit: 1, area: "holding", offset: index * 4, ...order },
  });
  const base = 1100 + index * apart + Math.floor(next() * 40) + (isReal ? next() : 0);
  const swing = next() < 0.3 ? 0 : 3 + next() * 4;
  const period = 17_000 + next() * 40_000;
  const phase = next() * 6.28;
  const size = type === "uint64" ? 2n ** 54n : 0n;
  const rawAt = (ms: number) => {
    const value = base + swing * Math.sin(phase + (2 * Math.PI * (ms - start)) / period);
    if (type === "uint64") return size + BigInt(Math.round(value * 1009));
    return type === "float" ? Math.fround(value) : type === "double" ? value : Math.round(value);
  };
  return { tag, rawAt };
}

export function plantOf(seed: number, size = 40): readonly Source[] {
  const next = random(seed);
  return Array.from({ length: size }, (_, index) => makeSource(next, index));
}

/** As a person reads it. */
export function shownAt({ tag, rawAt }: Source, ms: number): number | bigint {
  const raw = rawAt(ms);
  return tag.scale === 1 && tag.bias === 0 ? raw : Number(raw) * tag.scale + tag.bias;
}

/** As a gateway prints it: so many decimals, or six digits where none are set. */
export function printed(tag: Tag, value: number | bigint): number | bigint {
  const isReal = tag.type === "float" || tag.type === "double" || tag.scale !== 1 || tag.bias !== 0;
  if (!isReal) return value;
  return tag.precision > 0
    ? Number(Number(value).toFixed(tag.precision))
    : Number(Number(value).toPrecision(6));
}

function wordsOf(tag: Tag, raw: number | bigint): Words {
  const words = encodeValue(raw, tag.address, tag.type);
  if (!words.ok) throw new Error(`${tag.name} ${raw}: ${words.problem.code}`);
  return words.value;
}

/** Reads of the line at its own pace, from the start to `now`. */
export function readsOf(source: Source, now: number): readonly WireSample[] {
  const samples: WireSample[] = [];
  for (let at = start; at <= now; at += readEveryMs) {
    const raw = source.rawAt(at);
    samples.push({ at, value: shownAt(source, at), words: wordsOf(source.tag, raw) });
  }
  return samples;
}

/** What the far ends make of a source: its value as it was at `ms`. */
export type FarEnd = (source: Source, ms: number) => Value;
export const honest: FarEnd = (source, ms) => printed(source.tag, shownAt(source, ms));

/**
 * Everything known of one source after twenty seconds, with messages each interval.
 *
 * @param lateMs how long before its time stamp a value was read
 */
export function checkOf(
  source: Source,
  farEnd: FarEnd,
  others: readonly OtherTag[],
  { lateMs = 0, phaseMs = 300, side = "gateway" as "gateway" | "cloud" } = {},
): TagCheck {
  const now = start + 20_000;
  const wire = readsOf(source, now);
  const times = Array.from({ length: 12 }, (_, index) => now - phaseMs - (11 - index) * intervalMs);
  const takenAt = (at: number) => at - 150 - lateMs;
  const atGateway = side === "gateway" ? farEnd : honest;
  const gateway = times.map((at) => ({ at, value: atGateway(source, takenAt(at)) }));
  const cloud = times.map((at) => ({ at: at + 40, sampledAt: at, value: farEnd(source, takenAt(at)) }));
  return {
    tag: source.tag,
    wire,
    gateway: gateway.at(-1),
    cloud: cloud.at(-1),
    gatewayBefore: gateway.slice(0, -1),
    cloudBefore: cloud.slice(0, -1),
    others,
    now,
    startedAt: start,
    intervalMs,
  };
}
