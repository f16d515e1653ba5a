import type { CertificateView, SuspectUnit } from "#contract/lineViews.ts";
import type { JobView } from "#contract/views.ts";
import type { SeenIdentity } from "#domain/modbus/identity.ts";
import { charMs } from "#domain/modbus/timing.ts";
import { waitsOf } from "#domain/quality/readStrip.ts";
import type { Line } from "#domain/site/site.ts";
import type { JobOf } from "../../client/hooks.ts";
import { quantile } from "../../parts/bins.ts";
import type { UnitMark } from "../../parts/unitCells.ts";

export type ScanJob = JobOf<"scan">;

/** One station of a line as the site and the newest scan know it. */
export interface UnitRow {
  readonly number: number;
  readonly name: string;
  readonly identity: string;
  /** of most reads where it was certified, else of the scan's one question; null: not measured */
  readonly latencyMs: number | null;
  readonly answer: "data" | "exception" | "garbled" | "notHeard" | "notAsked";
  /** what the scan saw that does not fit one unit with this number */
  readonly suspicion: SuspectUnit["reason"] | null;
  /** what it says of itself; null: not scanned */
  readonly seen: SeenIdentity | null;
  readonly inSite: boolean;
  /** null: not certified */
  readonly certificate: CertificateView | null;
}

/** Units slower than this are worth a longer time-out. */
export const slowMs = 200;

/** The site's units, the scan's finds and what was certified together, by number. */
export function unitRows(
  line: Line,
  scan: ScanJob | undefined,
  certificates: ReadonlyMap<number, CertificateView> = new Map(),
): readonly UnitRow[] {
  const rows = new Map<number, UnitRow>();
  for (const unit of line.units) {
    rows.set(unit.number, {
      ...unit,
      latencyMs: latencyOf(line, certificates.get(unit.number)),
      answer: wasAsked(unit.number, scan) ? "notHeard" : "notAsked",
      suspicion: null,
      seen: null,
      inSite: true,
      certificate: certificates.get(unit.number) ?? null,
    });
  }
  for (const found of scan?.detail.units ?? []) {
    const known = rows.get(found.number);
    rows.set(found.number, {
      number: found.number,
      name: known?.name || found.name,
      identity: found.identity || known?.identity || "",
      latencyMs:
        latencyOf(line, certificates.get(found.number)) ??
        (found.answered === "data" ? found.latencyMs : null),
      answer: found.answered,
      suspicion: null,
      seen: found.seen,
      inSite: known !== undefined,
      certificate: certificates.get(found.number) ?? null,
    });
  }
  for (const { number, reason } of scan?.detail.suspects ?? []) {
    const known = rows.get(number) ?? unknownUnit(number);
    const answer = reason === "garbled" ? reason : known.answer;
    rows.set(number, { ...known, answer, suspicion: reason });
  }
  return [...rows.values()].sort((a, b) => a.number - b.number);
}

function unknownUnit(number: number): UnitRow {
  const nothing = { latencyMs: null, suspicion: null, seen: null, certificate: null } as const;
  return { number, name: "", identity: "", answer: "garbled", inSite: false, ...nothing };
}

/** Half of its answers begin sooner; null where it was not certified, or never answered whole. */
function latencyOf(line: Line, certificate: CertificateView | undefined): number | null {
  if (!certificate || certificate.latenciesMs.length === 0) return null;
  return quantile(waitsOf(certificate, characterMs(line)), 0.5);
}

/** Time of one character on the wire; nothing that counts on TCP. */
export function characterMs(line: Line): number {
  return line.kind === "serial" ? charMs(line.settings) : 0;
}

function wasAsked(unit: number, scan: ScanJob | undefined): boolean {
  if (!scan) return false;
  const { from, asked } = scan.detail;
  return unit >= from && unit < from + asked;
}

/** How each unit is drawn on the map. */
export function unitMarks(rows: readonly UnitRow[]): ReadonlyMap<number, UnitMark> {
  return new Map(rows.map((row) => [row.number, { name: row.name || row.identity, state: markOf(row) }]));
}

/** A certificate says more than an answer does, unless the unit has gone silent since or is doubtful. */
function markOf(row: UnitRow): UnitMark["state"] {
  if (row.suspicion) return "bad";
  if (row.certificate && row.answer !== "notHeard") {
    return ({ good: "ok", slow: "warn", bad: "bad" } as const)[row.certificate.verdict];
  }
  switch (row.answer) {
    case "data":
      return "ok";
    case "exception":
      return "warn";
    case "garbled":
    case "notHeard":
      return "bad";
    case "notAsked":
      return "known";
  }
}

/** The newest scan of one line. */
export function scanOf(jobs: readonly JobView[], line: string): ScanJob | undefined {
  return jobs
    .filter((job): job is ScanJob => job.detail.kind === "scan" && job.detail.line === line)
    .reduce<ScanJob | undefined>(
      (best, job) => (!best || job.startedAt >= best.startedAt ? job : best),
      undefined,
    );
}

/** Found, not in the site, and surely one unit. */
export function canBeAdded(row: UnitRow): boolean {
  return !row.inSite && row.answer !== "garbled";
}

/** From which unit a scan that was stopped would go on; undefined where it ended, runs, or has asked nobody yet. */
export function goesOnFrom(scan: ScanJob | undefined): number | undefined {
  const { from, to, asked } = scan?.detail ?? { from: 0, to: 0, asked: 0 };
  const isStopped = scan?.state === "cancelled" || scan?.state === "interrupted" || scan?.state === "failed";
  return isStopped && asked > 0 && from + asked <= to ? from + asked : undefined;
}

/** Units of the site with one put in or changed. */
export function withUnit(line: Line, row: UnitRow, name: string): Line["units"] {
  const others = line.units.filter((unit) => unit.number !== row.number);
  const known = line.units.find((unit) => unit.number === row.number);
  return [...others, { ...known, number: row.number, name: name.trim(), identity: row.identity }].sort(
    (a, b) => a.number - b.number,
  );
}

/** A first name for a found unit: what it says of itself, without a version. */
export function proposedName(row: UnitRow): string {
  return (
    row.name ||
    row.identity
      .replace(/[,;·|].*$/, "")
      .replace(/\s+v?\d+(\.\d+)+.*$/i, "")
      .trim()
      .slice(0, 60)
  );
}
