import type { Span } from "#domain/tag/span.ts";
import { seeded } from "./figures.ts";

/** How the tags of a site can lie: [registers of one tag, gap to the next], drawn for each tag. */
const layouts = {
  /** one beside the other, now and then a few unused registers */
  dense: (random: () => number) => [random() < 0.5 ? 1 : 2, random() < 0.95 ? 0 : between(random, 1, 4)],
  /** a dozen close together, then a stretch of nothing */
  clustered: (random: () => number) => [
    random() < 0.5 ? 1 : 2,
    random() < 0.92 ? (random() < 0.8 ? 0 : between(random, 1, 12)) : between(random, 20, 200),
  ],
  /** each by itself */
  sparse: (random: () => number) => [random() < 0.3 ? 1 : 2, between(random, 4, 60)],
} satisfies Record<string, (random: () => number) => readonly [number, number]>;

export const shapes = ["dense", "clustered", "sparse", "uniform"] as const;
export type Shape = (typeof shapes)[number];

/** `count` spans of holding registers over several units, in a shuffled order; the same for the same seed. */
export function spansOf(shape: Shape, count: number, seed: number): readonly Span[] {
  const random = seeded(seed);
  const perUnit = Math.min(count, 1000);
  const spans: Span[] = [];
  for (let unit = 1; spans.length < count; unit++) {
    let offset = 0;
    for (let i = 0; i < perUnit && spans.length < count; i++) {
      const [registers, gap] =
        shape === "uniform" ? [random() < 0.5 ? 1 : 2, 0] : (layouts[shape](random) as [number, number]);
      const at = shape === "uniform" ? between(random, 0, 16_000) : offset;
      spans.push({ unit, area: "holding", offset: at, registers });
      offset += registers + gap;
    }
  }
  return shuffled(spans, random);
}

export function between(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
