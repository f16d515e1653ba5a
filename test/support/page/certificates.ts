import type { CertificateView, UnitCertificateView } from "#contract/lineViews.ts";
import { phrase } from "#domain/phrase.ts";
import { type BadFrame, replyBytes } from "#domain/quality/badFrame.ts";
import { judge } from "#domain/quality/judge.ts";
import { countReads, type LineRead, type Outcome } from "#domain/quality/lineReads.ts";
import { seeded } from "#simulator/lineNoise.ts";

const gaps = [0, 5, 20, 50] as const;

/** A certificate as a measurement makes it: 400 reads by length, 80 by pause, with what a share of bytes costs. */
export function certificateOf(
  unit: number,
  { share = 0, late = 0, silent = 0 } = {},
  change: Partial<CertificateView> = {},
): CertificateView {
  let drawn = 0;
  const random = () => seeded(unit, drawn++);
  const outcome = (registers: number): Outcome => {
    const bytes = replyBytes(registers);
    if (random() < silent) return { at: "silent" };
    if (random() > (1 - share) ** bytes) {
      const at = random();
      const place = at * bytes < 3 ? "first" : at > (bytes - 2) / bytes ? "last" : "middle";
      const frame: BadFrame = { length: "right", headed: true, clipped: false, place, at };
      return { at: "bad", frame };
    }
    const waitMs = 4 + 6 * (random() + random() + random()) + (random() < late ? 250 + 200 * random() : 0);
    return { at: "good", waitMs, latencyMs: waitMs + bytes * 0.57 };
  };
  const reads: LineRead[] = [];
  for (let at = 0; at < 480; at++) {
    const registers = at < 400 ? ([1, 10, 60, 125][(at + (at >> 2)) % 4] ?? 1) : 1;
    const pause = at < 400 ? {} : { gapMs: gaps[at % 4] ?? 0 };
    reads.push({
      atMs: 80 * at,
      registers,
      bytes: replyBytes(registers),
      doubled: 0,
      outcome: outcome(registers),
      ...pause,
    });
  }
  const idle = { idleBytes: 0, idleMs: 3000, foreignFrames: 0, echo: false };
  const company = { neighbours: [1, 3].filter((other) => other !== unit), after: 1, goodAlone: false };
  return { ...(judge(countReads(unit, idle, reads, company)) as CertificateView), ...change };
}

/** The same as the evidence keeps it for a line. */
export function certified(
  line: string,
  certificate: CertificateView,
  at = Date.UTC(2026, 10, 20, 13, 4, 0),
): UnitCertificateView {
  const earlier = {
    at: at - 3_600_000,
    verdict: "bad",
    badShare: 0.31,
    says: phrase("cause.duplicate"),
  } as const;
  return { key: `${line}/${certificate.unit}`, line, at, certificate, earlier: [earlier] };
}
