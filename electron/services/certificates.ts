import type { JournalEntry } from "#capabilities/journal.ts";
import { type CertificateView, certificateView, type UnitCertificateView } from "#contract/lineViews.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Tables } from "./tables.ts";

/** So many earlier ones are told in short; the evidence keeps all. */
const earlierShown = 9;

/** The evidence has some figures more, for whoever reads it without a program. */
const keptCertificate = certificateView.strip();

interface Certified {
  readonly at: number;
  readonly line: string;
  readonly certificate: CertificateView;
}

/** Shows the newest certificate of each unit that the open site's evidence holds. */
export function showCertificates(desk: SiteDesk, tables: Tables): void {
  const byUnit = new Map<string, Certified[]>();
  for (const one of desk.evidence().flatMap((entry) => certifiedIn(entry))) {
    const key = `${one.line}/${one.certificate.unit}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), one]);
  }
  for (const [key, all] of byUnit) {
    const view = viewOf(key, all);
    if (view && tables.certificates.get(key)?.at !== view.at) tables.certificates.set(view);
  }
}

/** Was this unit certified as good, or slow at most, while all others of the site kept silent? */
export function wasGoodAlone(desk: SiteDesk, line: string, unit: number): boolean {
  return desk
    .evidence()
    .flatMap((entry) => certifiedIn(entry))
    .some(
      (one) =>
        one.line === line &&
        one.certificate.unit === unit &&
        one.certificate.verdict !== "bad" &&
        one.certificate.neighbours?.length === 0,
    );
}

function viewOf(key: string, all: readonly Certified[]): UnitCertificateView | undefined {
  const [newest, ...earlier] = all.toReversed();
  return (
    newest && {
      key,
      line: newest.line,
      at: newest.at,
      certificate: newest.certificate,
      earlier: earlier
        .slice(0, earlierShown)
        .map(({ at, certificate: { verdict, badShare, says } }) => ({ at, verdict, badShare, says })),
    }
  );
}

/** A line of evidence never changes, and one certificate has thousands of figures to check. */
const checked = new WeakMap<JournalEntry, readonly Certified[]>();

function certifiedIn(entry: JournalEntry): readonly Certified[] {
  const known = checked.get(entry) ?? readCertified(entry);
  checked.set(entry, known);
  return known;
}

function readCertified({ kind, at, body }: JournalEntry): readonly Certified[] {
  if (kind !== "job.certified" || typeof body.line !== "string") return [];
  // A line of evidence from another version may have another shape; it stays in the evidence all the same.
  const certificate = keptCertificate.safeParse(body.certificate);
  return certificate.success ? [{ at, line: body.line, certificate: certificate.data }] : [];
}
