import { attribute, unescapeXml } from "./xmlText.ts";

/** What a date's cell shows: a day, a time of day, or both. */
export type DateKind = "date" | "time" | "dateTime";

/** Number formats that are dates without being written down in the file. @see ECMA-376 Part 1, 18.8.30 */
const builtIn = new Map<number, DateKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "date"] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, "time"] as const),
  [22, "dateTime"],
]);

/** For each cell style whether its numbers are dates. */
export function readDateStyles(styles: string): readonly (DateKind | undefined)[] {
  const custom = new Map<number, DateKind | undefined>();
  for (const [, tag = ""] of styles.matchAll(/<(?:\w+:)?numFmt\s([^>]*)>/g)) {
    custom.set(Number(attribute(tag, "numFmtId")), kindOfCode(attribute(tag, "formatCode") ?? ""));
  }
  const block = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles)?.[1] ?? "";
  return [...block.matchAll(/<(?:\w+:)?xf\s([^>]*)>/g)].map(([, tag = ""]) => {
    const id = Number(attribute(tag, "numFmtId") ?? 0);
    return custom.has(id) ? custom.get(id) : builtIn.get(id);
  });
}

/** Quoted texts, colours and conditions in brackets say nothing of dates; `[h]` does. */
function kindOfCode(code: string): DateKind | undefined {
  const bare = unescapeXml(code)
    .split(";")[0]
    ?.replace(/"[^"]*"|\\.|_./g, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .toLowerCase();
  if (bare === undefined || /general|[#?]/.test(bare)) return undefined;
  const hasDay = /[yd]/.test(bare) || /m{3,}/.test(bare) || bare === "m" || bare === "mm";
  const hasTime = /[hs]/.test(bare);
  if (hasDay && hasTime) return "dateTime";
  return hasDay ? "date" : hasTime ? "time" : undefined;
}

/**
 * A spreadsheet's day number as people write dates: `2026-11-23`, `07:30`, `2026-11-23 07:30`.
 *
 * @param is1904 the file counts from 1904 instead of 1900
 */
export function printDate(serial: number, kind: DateKind, is1904: boolean): string {
  const seconds = Math.round((serial % 1) * 86_400);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = seconds % 60 === 0 ? "" : `:${two(seconds % 60)}`;
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}${rest}`;
  if (kind === "time") return time;
  // 1900 was no leap year, but spreadsheets count its 29 February: earlier days are one less.
  const days = Math.floor(serial) + Math.floor(seconds / 86_400) + (is1904 ? 1462 : serial < 60 ? 1 : 0);
  const day = printDay(days - 25_569);
  return kind === "date" ? day : `${day} ${time}`;
}

/** Year, month and day of a day counted from 1 January 1970, in the Gregorian calendar. */
function printDay(sinceEpoch: number): string {
  const day = sinceEpoch + 719_468;
  const era = Math.floor(day / 146_097);
  const ofEra = day - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(ofYear - Math.floor((153 * shifted + 2) / 5) + 1)}`;
}
