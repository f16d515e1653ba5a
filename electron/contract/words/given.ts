type Fact = string | number | undefined;

/** The words for a fact that is there, nothing for one that is not. */
export function given(fact: Fact, words: (fact: string | number) => string): string {
  return fact === undefined || fact === "" ? "" : words(fact);
}

/** `1 tag`, `2 tags`. */
export function plural(count: Fact, one: string, many: string): string {
  return `${count ?? 0} ${Number(count) === 1 ? one : many}`;
}

/** A name or a value that may be long, short enough for a sentence. */
export function clip(fact: Fact, most: number): string {
  const letters = Array.from(String(fact ?? ""));
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
}

export type SpanUnit = "ms" | "s" | "min" | "h" | "day" | "year";

const units: readonly (readonly [unit: SpanUnit, ms: number])[] = [
  ["year", 365.25 * 86_400_000],
  ["day", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
];

/** A time in the largest unit that it fills twice, seconds from one on; one decimal below ten. */
export function spanOf(ms: Fact): { readonly count: number; readonly unit: SpanUnit } {
  const length = Math.max(0, Number(ms ?? 0));
  const [unit, size] = units.find(([name, one]) => length >= (name === "s" ? one : 2 * one)) ?? ["ms", 1];
  const count = length / size;
  return { unit, count: unit !== "ms" && count < 10 ? Math.round(count * 10) / 10 : Math.round(count) };
}

/** A number with at most four digits that count, as a person would write it. */
export function brief(number: number): string {
  return String(Number(number.toPrecision(4)));
}

/** A certificate's last day; nothing where the broker showed none, which comes as the day that time began. */
export function validUntil(day: Fact): string {
  return day === undefined || String(day).startsWith("1970-") ? "" : String(day);
}

/** `COM3`: a port of Windows. */
export function isWindowsPort(port: Fact): boolean {
  return /^COM\d+$/i.test(String(port ?? ""));
}

/** `3, 4` as Chinese writes it: `3、4`. */
export function listOf(fact: Fact): string {
  return String(fact ?? "").replaceAll(", ", "、");
}
