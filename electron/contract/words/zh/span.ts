import { type SpanUnit, spanOf } from "../given.ts";

const names: Readonly<Record<SpanUnit, string>> = {
  ms: "毫秒",
  s: "秒",
  min: "分钟",
  h: "小时",
  day: "天",
  year: "年",
};

/** `350 毫秒`, `12 秒`, `3.5 小时`. */
export function span(ms: string | number | undefined): string {
  const { count, unit } = spanOf(ms);
  return `${count} ${names[unit]}`;
}
