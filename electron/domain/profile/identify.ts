import type { SeenIdentity } from "../modbus/identity.ts";
import { type Phrase, phrase } from "../phrase.ts";
import { wordsSeen } from "./fingerprint.ts";
import type { IdentifyRule, Profile } from "./profile.ts";

export interface ProfileProposal {
  readonly profile: string;
  /** sure: maker and model are named by the unit itself; likely: something fits, a person decides */
  readonly certainty: "sure" | "likely";
  readonly evidence: Phrase;
}

/**
 * The profiles that may describe a unit, surest first.
 *
 * Never a confident wrong one: sure needs maker and model, letter for letter, and that no other profile claims the
 * same; everything else is at most likely.
 */
export function proposeProfiles(
  seen: SeenIdentity,
  profiles: readonly Profile[],
): readonly ProfileProposal[] {
  const proposals = profiles.flatMap((profile) => {
    const found = profile.identify.flatMap((rule) => judge(rule, profile, seen) ?? []);
    return found.find((one) => one.certainty === "sure") ?? found[0] ?? [];
  });
  const sure = proposals.filter((one) => one.certainty === "sure");
  const settled =
    sure.length > 1 ? proposals.map((one) => ({ ...one, certainty: "likely" as const })) : proposals;
  return [...settled].sort((a, b) => rank(a) - rank(b));
}

function rank(proposal: ProfileProposal): number {
  return proposal.certainty === "sure" ? 0 : 1;
}

function judge(rule: IdentifyRule, profile: Profile, seen: SeenIdentity): ProfileProposal | undefined {
  const { vendor, product } = seen;
  const likely = (evidence: Phrase): ProfileProposal => ({
    profile: profile.id,
    certainty: "likely",
    evidence,
  });
  const named = (products: readonly string[], evidence: Phrase): ProfileProposal | undefined => {
    // A unit may tell code, name and model, which come as one text: the model among them is not letter for letter.
    if (!products.some((one) => isSame(one, product)))
      return products.some((one) => contains(product, one)) ? likely(evidence) : undefined;
    if (!fitsFirmware(profile, seen.revision))
      return likely(phrase("evidence.firmware", { vendor, product, revision: seen.revision }));
    return { profile: profile.id, certainty: "sure", evidence };
  };
  switch (rule.by) {
    case "fc43":
      return isSame(rule.vendor, vendor)
        ? named(rule.products, phrase("evidence.fc43", { vendor, product }))
        : undefined;
    case "fc17":
      return contains(seen.serverId, rule.text)
        ? likely(phrase("evidence.fc17", { text: seen.serverId }))
        : undefined;
    case "sunspec": {
      const model = rule.models.find((one) => seen.sunspecModels.includes(one));
      if (model === undefined || (rule.vendor !== undefined && !isSame(rule.vendor, vendor)))
        return undefined;
      const evidence = phrase("evidence.sunspec", { vendor, product, model });
      const sure = rule.vendor === undefined ? undefined : named(rule.products ?? [], evidence);
      return sure ?? likely(evidence);
    }
    case "fingerprint": {
      const words = wordsSeen(seen, rule.area, rule.offset, rule.words.length);
      const fits =
        words && rule.words.every((word, at) => word === null || Number.parseInt(word, 16) === words[at]);
      return fits ? likely(phrase("evidence.fingerprint", { register: rule.offset })) : undefined;
    }
  }
}

/** Makers pad with blanks and NULs; letters and digits must be the same. */
function isSame(expected: string, found: string): boolean {
  return found !== "" && tidy(expected) === tidy(found);
}

function tidy(text: string): string {
  return text.replaceAll("\0", " ").trim().replace(/\s+/g, " ").toLowerCase();
}

/** The text stands in it as words of its own: `PM5` is not found in `PM53`. */
function contains(text: string, wanted: string): boolean {
  return ` ${tidy(text)} `.includes(` ${tidy(wanted)} `);
}

/** Versions are compared number by number; a version that has none, or is not told, is not held against a profile. */
function fitsFirmware(profile: Profile, revision: string): boolean {
  const { from, to } = profile.device.firmware ?? {};
  const found = numbersOf(revision);
  if (found.length === 0) return true;
  return (
    (from === undefined || compare(found, numbersOf(from)) >= 0) &&
    (to === undefined || compare(found, numbersOf(to)) <= 0)
  );
}

function numbersOf(version: string): readonly number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
