import type { Area } from "#domain/tag/address.ts";

/** The bits or 16-bit registers of one unit. */
export interface Bank {
  /** values at one instant, or undefined where any of them does not exist */
  read(area: Area, offset: number, count: number): readonly number[] | undefined;
  /** false where any of them does not exist or cannot be written; then nothing is written */
  write(area: Area, offset: number, values: readonly number[]): boolean;
}

/** One quantity of a unit and the words it occupies. */
export interface Point {
  readonly area: Area;
  readonly offset: number;
  readonly words: number;
  readonly writable?: boolean;
  /** the words at a time, ms since the site started; for coils and discrete inputs 0 or 1 */
  at(elapsedMs: number): readonly number[];
}

/** Serves points as registers. What was written stays written, in place of the model's value. */
export function makeBank(points: readonly Point[], elapsedMs: () => number): Bank {
  const places = new Map<string, { readonly point: Point; readonly index: number }>();
  const written = new Map<string, number>();
  for (const point of points) {
    for (let index = 0; index < point.words; index++) {
      places.set(`${point.area}:${point.offset + index}`, { point, index });
    }
  }
  return {
    read(area, offset, count) {
      // One instant for the whole answer, or the halves of a 32-bit value could belong to different times.
      const now = elapsedMs();
      const values: number[] = [];
      for (let i = 0; i < count; i++) {
        const key = `${area}:${offset + i}`;
        const place = places.get(key);
        if (place === undefined) return undefined;
        values.push(written.get(key) ?? place.point.at(now)[place.index] ?? 0);
      }
      return values;
    },
    write(area, offset, values) {
      const keys = values.map((_, i) => `${area}:${offset + i}`);
      if (!keys.every((key) => places.get(key)?.point.writable === true)) return false;
      keys.forEach((key, i) => void written.set(key, values[i] ?? 0));
      return true;
    },
  };
}
