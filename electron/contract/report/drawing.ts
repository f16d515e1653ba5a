import type { Report } from "#domain/report/report.ts";
import type { Language } from "../words/say.ts";
import type { ReportWords } from "./words/en.ts";

/** What every part of a report is drawn from. */
export interface Drawing {
  readonly report: Report;
  readonly digest: string;
  readonly language: Language;
  readonly words: ReportWords;
  /** rows of a QR code of the digest */
  readonly squares: readonly (readonly boolean[])[];
  /** by hash; one that is not here is named and not shown */
  readonly photos: ReadonlyMap<string, Uint8Array>;
}

/** `2026-11-23 14:20`, in the local time of where the report was made. */
export function timeText({ report }: Pick<Drawing, "report">, at: number | null): string {
  if (at === null) return "";
  // A local time may lie beyond the last day that a calendar has.
  const local = Math.min(Math.max(at + report.utcOffsetMinutes * 60_000, 0), 8.64e15);
  return new Date(local).toISOString().slice(0, 16).replace("T", " ");
}

/** `UTC+8`, `UTC−3:30`. */
export function zoneText({ report }: Pick<Drawing, "report">): string {
  const minutes = Math.abs(report.utcOffsetMinutes);
  const rest = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
  return `UTC${report.utcOffsetMinutes < 0 ? "−" : "+"}${Math.floor(minutes / 60)}${rest}`;
}

/** A tag's own name with its group, of `line/group/tag`. */
export function tagText(key: string): string {
  return key.split("/").slice(1).join(" / ");
}

/** `9f2c 01ab …`, to be read out. */
export function groupedDigest(digest: string): string {
  return (digest.match(/.{1,4}/g) ?? []).join(" ");
}
