/** The least and the greatest number that a tag had. */
export interface Extremes {
  readonly least: number;
  readonly greatest: number;
}

/** The numbers of the last minute by tag, for sparks, and how far they went since the first. */
export interface LastMinute {
  /** a reading that is not newer than the last of its tag is left out */
  record(key: string, at: number, value: number): void;
  /** oldest first; only what lies within a minute of the newest */
  values(key: string): readonly number[];
  /** undefined before the first reading */
  extremes(key: string): Extremes | undefined;
}

const minuteMs = 60_000;
/** A spark is 86 px wide: more points than this cannot be seen. */
const mostPoints = 60;
const closestMs = minuteMs / mostPoints;

interface Points {
  readonly at: number[];
  readonly values: number[];
  least: number;
  greatest: number;
}

export function createLastMinute(): LastMinute {
  const tags = new Map<string, Points>();
  return {
    record(key, at, value) {
      const points = tags.get(key) ?? { at: [], values: [], least: value, greatest: value };
      if (points.at.length === 0) tags.set(key, points);
      const last = points.at.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (at <= last) return;
      points.least = Math.min(points.least, value);
      points.greatest = Math.max(points.greatest, value);
      const before = points.at.at(-2) ?? Number.NEGATIVE_INFINITY;
      // Within the width of one point the newest stands for all.
      if (at - before < closestMs) {
        points.at.pop();
        points.values.pop();
      }
      points.at.push(at);
      points.values.push(value);
      while (points.at.length > mostPoints || (points.at[0] as number) < at - minuteMs) {
        points.at.shift();
        points.values.shift();
      }
    },
    values: (key) => tags.get(key)?.values ?? [],
    extremes: (key) => tags.get(key),
  };
}
