import { type Phrase, phrase } from "../phrase.ts";
import type { Certificate } from "./certificate.ts";

/** What the certificates of a line's units say of the line. */
export interface LineVerdict {
  /** undefined while units lack a certificate and those that have one are not bad */
  readonly verdict: Certificate["verdict"] | undefined;
  readonly certified: number;
  readonly units: number;
  /** a `lineCause.*` phrase, or the one cause that all bad units share */
  readonly says: Phrase;
}

/** Causes that sit in the line whichever unit shows them. */
const ofLine = ["cause.settings", "cause.floating", "cause.secondMaster", "cause.load"];

/**
 * @param certificates the newest of each unit
 * @param units numbers of all units that belong to the line; certificates of others do not count
 * @returns undefined where no unit has a certificate
 */
export function judgeLine(
  certificates: readonly Pick<Certificate, "unit" | "verdict" | "says">[],
  units: readonly number[],
): LineVerdict | undefined {
  const mine = certificates.filter(({ unit }) => units.includes(unit)).toSorted((a, b) => a.unit - b.unit);
  if (mine.length === 0) return undefined;
  const bad = mine.filter(({ verdict }) => verdict === "bad");
  const slow = mine.filter(({ verdict }) => verdict === "slow");
  const isWhole = mine.length === units.length;
  const verdict = bad.length > 0 ? "bad" : !isWhole ? undefined : slow.length > 0 ? "slow" : "good";
  return { verdict, certified: mine.length, units: units.length, says: says() };

  function says(): Phrase {
    const names = bad.map(({ unit }) => unit).join(", ");
    const [first] = bad;
    const shared = first && bad.every((one) => one.says.code === first.says.code) ? first.says : undefined;
    if (shared && ofLine.includes(shared.code)) return shared;
    if (shared && bad.length > 1 && bad.length === mine.length) return shared;
    if (bad.length === 1 && mine.length > 1)
      return phrase("lineCause.oneUnit", { unit: names, units: mine.length });
    if (bad.length === 1 && first) return first.says;
    if (bad.length > 1 && bad.length === mine.length) return phrase("lineCause.all", { units: bad.length });
    if (bad.length > 1) return phrase("lineCause.some", { bad: names, units: mine.length });
    if (!isWhole) return phrase("lineCause.unfinished", { certified: mine.length, units: units.length });
    if (slow.length > 0)
      return phrase("lineCause.slow", { slow: slow.map(({ unit }) => unit).join(", "), units: mine.length });
    return phrase("lineCause.good", { units: mine.length });
  }
}
