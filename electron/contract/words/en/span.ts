import { type SpanUnit, spanOf } from "../given.ts";

const names: Readonly<Record<SpanUnit, string>> = {
  ms: "ms",
  s: "s",
  min: "min",
  h: "h",
  day: "days",
  year: "years",
};

/** `350 ms`, `12 s`, `3.5 h`. */
export function span(ms: string | number | undefined): string {
  const { count, unit } = spanOf(ms);
  return `${count} ${names[unit]}`;
}
