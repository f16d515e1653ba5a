import type { VerifyView } from "#contract/views.ts";
import { Chip, type State } from "../../parts/Chip.tsx";
import type { Words } from "../../words/language.ts";
import { useLanguage, useWords } from "../../words/language.ts";
import { duration, number } from "../../words/numbers.ts";

const states: Readonly<Record<VerifyView["verdict"], State>> = {
  waiting: "idle",
  same: "ok",
  differs: "bad",
  stale: "bad",
  failed: "bad",
};

/** The verdict in two words: what the fault is, not only that there is one. */
export function VerdictChip({ proof }: { readonly proof: VerifyView }) {
  const words = useWords().verify.verdicts;
  const language = useLanguage();
  return <Chip state={states[proof.verdict]}>{shortVerdict(words, language, proof)}</Chip>;
}

function shortVerdict(
  words: Words["verify"]["verdicts"],
  language: Parameters<typeof number>[0],
  { says, verdict }: VerifyView,
): string {
  const { factor, ageMs } = says.facts;
  if (says.code === "verdict.scale" && typeof factor === "number") {
    return factor >= 1 || factor < 0
      ? words.scaleBy(number(language, factor, 2))
      : words.scaleDown(number(language, 1 / factor, 2));
  }
  if (says.code === "verdict.stale" && typeof ageMs === "number")
    return words.staleBy(duration(language, ageMs));
  const name = says.code.replace("verdict.", "");
  if (name in words && name !== "scaleBy" && name !== "scaleDown" && name !== "staleBy") {
    return words[name as Exclude<keyof typeof words, "scaleBy" | "scaleDown" | "staleBy">];
  }
  return verdict === "waiting" || verdict === "same" ? words[verdict] : words.differs;
}
