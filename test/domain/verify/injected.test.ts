import { describe, expect, test } from "vitest";
import { decodeValue } from "#domain/tag/decode.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import type { Tag } from "#domain/tag/tag.ts";
import type { OtherTag } from "#domain/verify/tagCheck.ts";
import { judgeTag } from "#domain/verify/verdict.ts";
import {
  checkOf,
  type FarEnd,
  honest,
  plantOf,
  printed,
  random,
  readsOf,
  type Source,
  shownAt,
  start,
} from "./plant.ts";

const otherOf = (source: Source, shown?: number | bigint): OtherTag => ({
  tag: source.tag,
  wire: readsOf(source, start + 20_000),
  gateway: shown,
  cloud: shown,
});

function judged(...given: Parameters<typeof checkOf>): string {
  return judgeTag(checkOf(...given)).says.code;
}

const isReal = ({ tag }: Source) => tag.type === "float" || tag.type === "double" || tag.scale !== 1;
const distinct = (source: Source) =>
  new Set(readsOf(source, start + 20_000).map(({ value }) => String(value))).size;
const moves = (source: Source) => distinct(source) > 8;
const seeds = Array.from({ length: 16 }, (_, index) => index + 1);

/** Every source of every plant that a fault can befall, with the verdict that is to be. */
function expectNamed(
  code: string,
  fault: (source: Source, plant: readonly Source[], next: () => number) => FarEnd | undefined,
  settings: (source: Source) => Parameters<typeof checkOf>[3] = () => ({}),
): number {
  let cases = 0;
  const misses: string[] = [];
  for (const seed of seeds) {
    const plant = plantOf(seed);
    const all = plant.map((source) => otherOf(source));
    const next = random(seed + 500);
    for (const [index, source] of plant.entries()) {
      const farEnd = fault(source, plant, next);
      if (!farEnd) continue;
      const side = next() < 0.5 ? ("gateway" as const) : ("cloud" as const);
      const phaseMs = 100 + Math.floor(next() * 700);
      const others = all.filter((_, other) => other !== index);
      const found = judged(source, farEnd, others, { phaseMs, side, ...settings(source) });
      if (found !== code) misses.push(`${seed}: ${source.tag.name} ${source.tag.type} ${found}`);
      cases++;
    }
  }
  expect(misses).toEqual([]);
  return cases;
}

describe("an injected fault is found by its name in hundreds of tags", () => {
  test("scale times ten, or a power of it", () => {
    const cases = expectNamed("verdict.scale", (source, _, next) => {
      const factor = [10, 0.1, 100, 0.001][Math.floor(next() * 4)] ?? 10;
      // A whole number can only be shown larger without losing digits, which is another fault.
      if (factor < 1 && !isReal(source)) return undefined;
      const as: Tag = { ...source.tag, type: "double" };
      if (source.tag.type === "uint64") return (one, ms) => (shownAt(one, ms) as bigint) * BigInt(factor);
      return (one, ms) => printed({ ...as, precision: 0 }, Number(shownAt(one, ms)) * factor);
    });
    expect(cases).toBeGreaterThan(300);
  });

  test("word order", () => {
    const cases = expectNamed("verdict.wordOrder", (origin) => {
      const { tag } = origin;
      if (tag.address.order === undefined) return undefined;
      const order = tag.address.order === "LL" ? ("BL" as const) : ("LL" as const);
      const misreadAt: FarEnd = (source, ms) => {
        const words = encodeValue(source.rawAt(ms), tag.address, tag.type);
        if (!words.ok) throw new Error(words.problem.code);
        const misread = scaleValue(decodeValue(words.value, { ...tag.address, order }, tag.type), tag);
        return printed(tag, misread as number | bigint);
      };
      // What is no number a gateway shows as an error.
      const seen = readsOf(origin, start + 20_000).map(({ at }) => Number(misreadAt(origin, at)));
      return seen.every(Number.isFinite) ? misreadAt : undefined;
    });
    expect(cases).toBeGreaterThan(200);
  });

  test("a lost or turned sign", () => {
    const cases = expectNamed("verdict.sign", ({ tag }) => {
      // A gateway prints large unsigned numbers negative: that is no fault.
      if (tag.type === "uint64") return undefined;
      return (source, ms) => printed(source.tag, -Number(shownAt(source, ms)));
    });
    expect(cases).toBeGreaterThan(350);
  });

  test("truncated precision: decimals cut, or digits that a float does not hold", () => {
    const cases = expectNamed("verdict.precision", (source) => {
      if (source.tag.type === "uint64") return (one, ms) => Math.fround(Number(shownAt(one, ms)));
      // Where the value swings further than what was cut off, it is not seen.
      const part = Number(shownAt(source, start)) % 1;
      if (!isReal(source) || distinct(source) > 1 || part < 0.05 || part > 0.95) return undefined;
      return (one, ms) => Math.trunc(Number(shownAt(one, ms)));
    });
    expect(cases).toBeGreaterThan(100);
  });

  test("two tags swapped, in one group or across groups", () => {
    const cases = expectNamed("verdict.swapped", (source, plant, next) => {
      const other = plant[Math.floor(next() * plant.length)];
      if (!other || other === source) return undefined;
      return (_, ms) => printed(other.tag, shownAt(other, ms));
    });
    expect(cases).toBeGreaterThan(400);
  });

  test("a value that stands still", () => {
    const cases = expectNamed("verdict.stale", (source) => {
      if (!moves(source)) return undefined;
      const old = printed(source.tag, shownAt(source, start + 700));
      // A round number may as well be one that was rounded.
      if (Number(old) % 10 === 0 || (isReal(source) && Number.isInteger(old))) return undefined;
      // It must not be what the wire came back to.
      const now = readsOf(source, start + 20_000).slice(-8);
      const numbers = now.map(({ value }) => Number(value));
      const margin = (Math.max(...numbers) - Math.min(...numbers)) / 2 + Math.abs(Number(old)) * 1e-5;
      const isAway =
        Number(old) < Math.min(...numbers) - margin || Number(old) > Math.max(...numbers) + margin;
      return isAway ? () => old : undefined;
    });
    expect(cases).toBeGreaterThan(40);
  });

  test("a publish time given out as the time of the sample", () => {
    const cases = expectNamed(
      "verdict.publishTime",
      (source) => {
        if (!moves(source) || source.tag.type === "uint64") return undefined;
        const [late, now] = [8500, 0].map((ago) => Number(shownAt(source, start + 19_600 - ago)));
        // Where the swing brings the old value back, nothing tells the two times apart.
        return Math.abs((late ?? 0) - (now ?? 0)) > 3 * source.tag.scale && isSteep(source)
          ? honest
          : undefined;
      },
      () => ({ lateMs: 8000, side: "cloud" }),
    );
    expect(cases).toBeGreaterThan(30);
  });

  test("another unit of measure", () => {
    const shown: Readonly<Record<string, readonly [factor: number, offset: number]>> = {
      "°C": [1.8, 32],
      bar: [14.5038, 0],
      "m³/h": [1 / 3.6, 0],
      kWh: [3.6, 0],
      kW: [1.341, 0],
    };
    const cases = expectNamed("verdict.unit", (source) => {
      const conversion = shown[source.tag.unit];
      if (!conversion || source.tag.type === "uint64") return undefined;
      const [factor, offset] = conversion;
      const as: Tag = { ...source.tag, type: "double", precision: 0 };
      return (one, ms) => printed(as, Number(shownAt(one, ms)) * factor + offset);
    });
    expect(cases).toBeGreaterThan(150);
  });

  test("another unit of the line", () => {
    let cases = 0;
    const misses: string[] = [];
    for (const seed of seeds) {
      const near = plantOf(seed);
      // The same map in another station, with values of its own.
      const far = plantOf(seed).map((source) => ({
        tag: { ...source.tag, address: { ...source.tag.address, unit: 2 } },
        rawAt: (ms: number) => {
          const raw = source.rawAt(ms);
          return typeof raw === "bigint"
            ? raw + 12_345n
            : source.tag.type.startsWith("f")
              ? Math.fround(raw + 29.5)
              : raw + 29;
        },
      }));
      const all = [...near, ...far].map((source) => otherOf(source));
      for (const [index, source] of near.entries()) {
        const other = far[index] as Source;
        const farEnd: FarEnd = (_, ms) => printed(other.tag, shownAt(other, ms));
        const others = all.filter((_, at) => at !== index);
        const found = judged(source, farEnd, others);
        if (found !== "verdict.otherUnit") misses.push(`${seed}: ${source.tag.name} ${found}`);
        cases++;
      }
    }
    expect(misses).toEqual([]);
    expect(cases).toBe(640);
  });

  test("a value that came on another topic", () => {
    for (const source of plantOf(1)) {
      const { cloud, ...rest } = checkOf(source, honest, []);
      if (!cloud) throw new Error("a check has a cloud");

      const says = (value: typeof cloud) =>
        judgeTag({ ...rest, cloud: undefined, elsewhere: { ...value, topic: "other/topic" } }).says;

      expect(says(cloud)).toMatchObject({ code: "verdict.topic", facts: { topic: "other/topic" } });
      // Another site's gateway may have a group of the same name.
      expect(says({ ...cloud, value: -77_777 }).code).toBe("verdict.cloudMissing");
    }
  });
});

test("in 10,000 clean checks nothing is called wrong", () => {
  let cases = 0;
  for (let seed = 1; seed <= 125; seed++) {
    const next = random(seed + 900);
    const plant = plantOf(seed, 80);
    for (const source of plant) {
      const phaseMs = 50 + Math.floor(next() * 900);
      expect([seed, source.tag.name, judged(source, honest, [], { phaseMs })]).toEqual([
        seed,
        source.tag.name,
        "verdict.same",
      ]);
      cases++;
    }
  }
  expect(cases).toBe(10_000);
});

/** Whether the swing goes one way for the last twelve seconds and more, so that each value belongs to one time. */
function isSteep(source: Source): boolean {
  const values = Array.from({ length: 27 }, (_, index) => Number(shownAt(source, start + index * 770)));
  const steps = values.slice(1).map((value, index) => Math.sign(value - (values[index] ?? 0)));
  return new Set(steps.filter((step) => step !== 0)).size === 1;
}
