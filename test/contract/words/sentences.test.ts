import { describe, expect, test } from "vitest";
import { languages, sayFailure, sayPhrase } from "#contract/words/say.ts";
import { phraseCodes } from "#domain/phrase.ts";
import { faultFacts } from "./faultFacts.ts";
import { phraseFacts } from "./phraseFacts.ts";
import { problemFacts } from "./problemFacts.ts";

const codes: readonly string[] = [...Object.keys(problemFacts), ...Object.keys(faultFacts), ...phraseCodes];
const isWord = (code: string) => code.includes(".");

/** What stands in quotes comes from a file, a gateway or a person, and is said as it is; a program has its name. */
function ownWords(text: string): string {
  return text.replaceAll(/“[^”]*”|eKuiper/g, "");
}

/** Names that people or gateways gave, in the facts of this test. */
const givenNames = new Set("fast flow monitor real".split(" "));

/** A word that our own code gives as a reason, such as `neverSilent`: an unknown one would be said in quotes. */
function isReasonWord(fact: unknown): boolean {
  return typeof fact === "string" && /^[a-z][A-Za-z]+$/.test(fact) && !givenNames.has(fact);
}

function expectReadable(language: "en" | "zh", text: string): void {
  expect(text).not.toMatch(/undefined|NaN|\[object|null|Infinity|<|\(\)|（）|“”|\.\.|。。| {2}/);
  expect(ownWords(text), "a raw word of the code").not.toMatch(/(?<![/\w])[a-z]+[A-Z]\w*/);
  for (const code of codes.filter(isWord)) expect(ownWords(text)).not.toContain(code);
  if (language === "en") expect(text).not.toMatch(/[\u3000-\u9fff\uff00-\uffef]/);
  else expect(text).toMatch(/[\u4e00-\u9fff]/);
}

describe.each(languages)("in %s", (language) => {
  const stop = language === "en" ? /\.$/ : /。$/;

  test.each([
    ...Object.entries(problemFacts).map(([code, facts]) => ["problem" as const, code, facts] as const),
    ...Object.entries(faultFacts).map(([code, facts]) => ["fault" as const, code, facts] as const),
  ])("every %s %s says what happened and what to do, whatever its facts", (kind, code, facts) => {
    for (const given of facts) {
      const said = sayFailure(language, { kind, code, facts: { ...given } });

      for (const text of [said.says.split("\n")[0] ?? "", said.try]) {
        expectReadable(language, text);
        expect(text).toMatch(stop);
        expect(text.length, text).toBeLessThan(210);
        for (const fact of Object.values(given))
          if (isReasonWord(fact)) expect(text).not.toContain(`“${fact}”`);
      }
    }
  });

  test.each(phraseCodes)("the phrase %s is readable, whatever its facts", (code) => {
    for (const facts of phraseFacts(code)) {
      const text = sayPhrase(language, { code, facts });

      expectReadable(language, text);
      if (code.startsWith("verdict.")) {
        expect(text).toMatch(stop);
        expect(text.length, text).toBeLessThanOrEqual(95);
      }
    }
  });
});

test("a wrong scale names the place, the factor and both values", () => {
  const facts = { side: "cloud", wire: "229.4", seen: "2294", factor: 10 };

  expect(sayPhrase("en", { code: "verdict.scale", facts })).toBe(
    "The cloud shows ten times the wire (2294, wire 229.4). Check the scale.",
  );
  expect(sayPhrase("zh", { code: "verdict.scale", facts })).toContain("云端的值是线路的 10 倍");
});

test("the cause that comes with a refused connection says more than its number", () => {
  const refused = (cause: string, reason: number) =>
    sayFailure("en", { kind: "fault", code: "uplink.connectRefused", facts: { host: "b", cause, reason } });

  expect(refused("portIsTls", 0).try).toContain("Switch TLS on");
  expect(refused("other", 149).says).toContain("too large");
});

test("a stage under way is named, not numbered", () => {
  expect(sayPhrase("zh", { code: "doing.uplinkStage", facts: { stage: "stage.roundTrip" } })).toBe(
    "正在检查上行 · 往返",
  );
});
