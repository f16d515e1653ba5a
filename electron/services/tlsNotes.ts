import { type Phrase, phrase } from "#domain/phrase.ts";

/** A certificate as a broker presented it; ms of the wall clock. */
interface Presented {
  readonly subject: string;
  readonly validTo: number;
}

const soonDays = 30;
const dayMs = 86_400_000;

/** What is good today about a TLS connection and yet worth knowing before one leaves the site. */
export function tlsNotes(host: string, chain: readonly Presented[], now: number): readonly Phrase[] {
  const soon = chain
    .map(({ subject, validTo }) => ({ subject, validTo, days: Math.floor((validTo - now) / dayMs) }))
    .filter(({ days }) => days < soonDays)
    .sort((a, b) => a.validTo - b.validTo)[0];
  const notes: Phrase[] = [];
  if (soon) {
    const until = new Date(soon.validTo).toISOString().slice(0, 10);
    notes.push(phrase("note.expires", { subject: soon.subject, days: Math.max(0, soon.days), until }));
  }
  if (isAddress(host)) notes.push(phrase("note.addressHasNoName"));
  return notes;
}

/** `10.0.0.7`, `fe80::1`, `[fe80::1]`: no name that a certificate could be checked against by a gateway. */
function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(":");
}
