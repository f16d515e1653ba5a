import type { Language } from "#contract/words/say.ts";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", zh: "zh-CN" };
const formats = new Map<string, Intl.NumberFormat>();

/** A number for people, grouped; `digits` decimals at most. */
export function number(language: Language, value: number, digits = 0): string {
  const key = `${language}${digits}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits });
  formats.set(key, format);
  return format.format(value);
}

/** A duration in its one best unit: 340 ms, 9 s, 2 min. */
export function duration(language: Language, ms: number): string {
  const zh = language === "zh";
  if (ms < 1000) return `${Math.round(ms)} ${zh ? "毫秒" : "ms"}`;
  if (ms < 90_000) return `${Math.round(ms / 1000)} ${zh ? "秒" : "s"}`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} ${zh ? "分钟" : "min"}`;
  return `${Math.round(ms / 3_600_000)} ${zh ? "小时" : "h"}`;
}

/** Time of day with milliseconds, `14:02:11.204`. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** Day and time to the minute. */
export function dayAndTime(language: Language, at: number): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "medium", timeStyle: "short" }).format(at);
}

export function day(language: Language, at: number): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "medium" }).format(at);
}

/** Bytes in their one best unit. */
export function bytes(language: Language, size: number): string {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${number(language, size / 1024, 1)} KB`;
  return `${number(language, size / 1024 / 1024, 1)} MB`;
}
