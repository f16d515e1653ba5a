import { type Phrase, phrase } from "../phrase.ts";
import { replyBytes } from "./badFrame.ts";
import { lateMs, quantile } from "./latency.ts";
import type { Counts } from "./lineReads.ts";

/** Names the likeliest cause of what was counted; causes are ruled out in the order of the `cause.*` phrases. */
export function findCause(counts: Counts, isBad: boolean): Phrase {
  const bad = badFrames(counts);
  const valid = counts.good + counts.exceptions;
  const floats = counts.idleBytes >= 3 || counts.neverSilent > 0;
  if (valid + bad === 0 && !floats && counts.silent > 0) return phrase("cause.noReply");
  if (valid === 0 && areStrange(counts)) return phrase("cause.settings");
  // Bytes of whole frames are not garbage: somebody else talks.
  if (counts.foreignFrames > 0) return phrase("cause.secondMaster");
  if (floats) return phrase("cause.floating");
  const rivals = counts.long + counts.doubled;
  if (rivals >= 2 && rivals >= 0.3 * (bad + counts.doubled)) return phrase("cause.duplicate");
  if (isBad && counts.clipped >= 2 && counts.clipped >= 0.6 * bad) return phrase("cause.turnaround");
  const neededMs = neededGapMs(counts);
  const isGap = neededMs !== undefined && counts.silent > 4 * bad;
  // It was good without the others: what they add decides, whatever the damage looks like.
  const others = counts.neighbours?.length ?? 0;
  if (isBad && counts.goodAlone && others > 0) return phrase("cause.load", { units: others + 1 });
  if (isBad && bad > 0 && !isGap && growsWithLength(counts)) return phrase("cause.noise");
  if (isBad && neededMs !== undefined) {
    return counts.after !== null && !isSilentByItself(counts)
      ? phrase("cause.gapAfter", { gapMs: neededMs, unit: counts.after })
      : phrase("cause.gap", { gapMs: neededMs });
  }
  if (isBad && counts.diedAtMs !== undefined)
    return phrase("cause.died", { afterMs: Math.round(counts.diedAtMs) });
  if (isBad && bad === 0) return phrase("cause.silences", { silent: counts.silent, asked: counts.asked });
  if (isBad) return phrase("cause.unknown");
  if (isSlow(counts)) return phrase("cause.slow", { p99: Math.round(quantile(counts.latenciesMs, 0.99)) });
  if (counts.heldBack) return phrase("cause.adapterTimer");
  return phrase(counts.echo ? "cause.echo" : "cause.none");
}

export function badFrames(counts: Counts): number {
  return counts.badCrc + counts.short + counts.long;
}

/** Late now and then, beyond what the length of the reply explains. */
export function isSlow({ waitsMs }: Counts): boolean {
  return quantile(waitsMs, 0.99) > lateMs(waitsMs);
}

/** Most requests bring bytes, and hardly any of them begin like an answer or are as long as two. */
function areStrange(counts: Counts): boolean {
  const bad = badFrames(counts);
  const headless = bad - counts.headed;
  return bad >= 2 && bad >= 0.5 * counts.asked && headless >= 0.8 * bad && counts.long < 0.5 * bad;
}

/** Does it miss requests too that follow its own answers? */
function isSilentByItself({ byLength }: Counts): boolean {
  const asked = byLength.reduce((sum, row) => sum + row.asked, 0);
  const silent = byLength.reduce((sum, row) => sum + row.silent, 0);
  return silent > 0.1 * asked;
}

/** The shortest pause after which the unit answers, where it does not answer without. */
function neededGapMs({ byGap }: Counts): number | undefined {
  const [least, ...longer] = byGap.map((row) => ({ ...row, share: row.good / row.asked }));
  if (!least || least.asked < 4) return undefined;
  const enough = longer.find(
    ({ gapMs, share, asked }) =>
      asked >= 4 &&
      share - least.share >= 0.3 &&
      longer.every((row) => row.gapMs < gapMs || row.share - least.share >= 0.25),
  );
  return enough?.gapMs;
}

/**
 * Is damage by the byte (a frame of n bytes is whole with (1-p)^n) at least as likely as damage by the frame?
 * Where only one length could be read, damage behind the head speaks for noise.
 */
function growsWithLength({ byLength, placed, short, badCrc }: Counts): boolean {
  // Answers that stop half way are not changed on the line.
  if (short > badCrc) return false;
  const rows = byLength
    .map(({ registers, good, badCrc: bad }) => ({ bytes: replyBytes(registers), good, bad }))
    .filter((row) => row.good + row.bad > 0);
  if (rows.length < 2) return placed.middle + placed.last > 0;
  const likelihood = (badShare: (bytes: number) => number) =>
    rows.reduce(
      (sum, { bytes, good, bad }) =>
        sum + bad * Math.log(badShare(bytes)) + good * Math.log(1 - badShare(bytes)),
      0,
    );
  const bad = rows.reduce((sum, row) => sum + row.bad, 0);
  const all = rows.reduce((sum, row) => sum + row.good + row.bad, 0);
  const share = Math.min(1 - 1e-9, Math.max(1e-9, bad / all));
  const byFrame = likelihood(() => share);
  const byByte = Math.max(
    ...perByte.map((p) => likelihood((bytes) => Math.min(1 - 1e-9, 1 - (1 - p) ** bytes))),
  );
  return byByte >= byFrame;
}

/** chances of a damaged byte that are tried: from one in a million to four in ten */
const perByte = Array.from({ length: 80 }, (_, step) => 1e-6 * 10 ** (step * 0.071));
