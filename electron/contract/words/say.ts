import type { Fault, FaultCode } from "#domain/fault.ts";
import type { Finding, FindingId } from "#domain/lint/finding.ts";
import type { Phrase, PhraseCode } from "#domain/phrase.ts";
import type { Problem, ProblemCode } from "#domain/problem.ts";
import type { FailureView } from "../views.ts";
import { faults as enFaults } from "./en/faults.ts";
import { findings as enFindings } from "./en/findings.ts";
import { phrases as enPhrases } from "./en/phrases.ts";
import { problems as enProblems } from "./en/problems.ts";
import { faults as zhFaults } from "./zh/faults.ts";
import { findings as zhFindings } from "./zh/findings.ts";
import { phrases as zhPhrases } from "./zh/phrases.ts";
import { problems as zhProblems } from "./zh/problems.ts";

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** A failure for people: what happened and why, and what to do about it. */
export interface Said {
  readonly says: string;
  readonly try: string;
}

/** Sentences by code: exhaustive, so a code without words does not compile. */
export type ProblemWords = { readonly [C in ProblemCode]: (facts: Extract<Problem, { code: C }>) => Said };
export type FaultWords = { readonly [C in FaultCode]: (facts: Extract<Fault, { code: C }>) => Said };
export type FindingWords = { readonly [I in FindingId]: (facts: Finding["facts"]) => Said };
export type PhraseWords = { readonly [C in PhraseCode]: (facts: Phrase["facts"]) => string };

interface Sentences {
  readonly problems: ProblemWords;
  readonly faults: FaultWords;
  readonly findings: FindingWords;
  readonly phrases: PhraseWords;
}

const sentences: Readonly<Record<Language, Sentences>> = {
  en: { problems: enProblems, faults: enFaults, findings: enFindings, phrases: enPhrases },
  zh: { problems: zhProblems, faults: zhFaults, findings: zhFindings, phrases: zhPhrases },
};

/**
 * A failure in words. A code of a newer workbench, which this table does not know, is said as `internal` with the
 * code as its reason.
 */
export function sayFailure(language: Language, failure: FailureView): Said {
  const { problems, faults } = sentences[language];
  const table = (failure.kind === "problem" ? problems : faults) as unknown as Readonly<
    Record<string, (facts: FailureView["facts"]) => Said>
  >;
  if (!Object.hasOwn(table, failure.code)) return faults.internal({ code: "internal", reason: failure.code });
  return (table[failure.code] as (facts: FailureView["facts"]) => Said)(failure.facts);
}

/** What the lint found, and what to do about it. */
export function sayFinding(language: Language, { id, facts }: Pick<Finding, "id" | "facts">): Said {
  return sentences[language].findings[id](facts);
}

export function sayPhrase(language: Language, phrase: Phrase): string {
  return sentences[language].phrases[phrase.code](phrase.facts);
}
