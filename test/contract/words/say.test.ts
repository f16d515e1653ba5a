import { describe, expect, test } from "vitest";
import { faults as enFaults } from "#contract/words/en/faults.ts";
import { phrases as enPhrases } from "#contract/words/en/phrases.ts";
import { problems as enProblems } from "#contract/words/en/problems.ts";
import { sayFailure, sayPhrase } from "#contract/words/say.ts";
import { faults as zhFaults } from "#contract/words/zh/faults.ts";
import { phrases as zhPhrases } from "#contract/words/zh/phrases.ts";
import { problems as zhProblems } from "#contract/words/zh/problems.ts";
import { type PhraseCode, phraseCodes } from "#domain/phrase.ts";

type Table = Readonly<Record<string, (facts: never) => { says: string; try: string }>>;

/** Facts of any name, remembering which were used. */
function watchedFacts(used: Set<string>): never {
  const get = (_target: object, name: string | symbol) => {
    used.add(String(name));
    return `<${String(name)}>`;
  };
  return new Proxy({}, { get }) as never;
}

describe.each([
  ["problems", enProblems as Table, zhProblems as Table],
  ["faults", enFaults as Table, zhFaults as Table],
])("sentences of %s", (_name, en, zh) => {
  test.each(Object.keys(en))(
    "%s says what happened and what to do, with the same facts in both languages",
    (code) => {
      const usedEn = new Set<string>();
      const usedZh = new Set<string>();

      const english = en[code]?.(watchedFacts(usedEn));
      const chinese = zh[code]?.(watchedFacts(usedZh));

      expect(english?.says).toMatch(/\.$/);
      expect(english?.try.length).toBeGreaterThan(10);
      expect(chinese?.says).toMatch(/[\u4e00-\u9fff].*[。？]$/);
      expect(chinese?.try).toMatch(/[\u4e00-\u9fff]/);
      expect(usedZh).toEqual(usedEn);
    },
  );
});

describe("sentences of phrases", () => {
  test.each(phraseCodes)("%s is a sentence with its facts and without them", (code) => {
    for (const table of [enPhrases, zhPhrases]) {
      expect(table[code]({}).trim()).not.toBe("");
      expect(table[code]({})).not.toMatch(/undefined|NaN|null/);
      expect(table[code]({ from: 0, to: 9, area: "holding", unit: 3, exception: 2 })).not.toMatch(
        /undefined|NaN/,
      );
    }
  });
});

test("a code that this table does not know is still told, with the code as the reason", () => {
  const said = sayFailure("en", { kind: "fault", code: "line.haunted", facts: {} });

  expect(said.says).toContain("line.haunted");
});

test("a code that names something of every object is not taken for a sentence", () => {
  expect(() => sayFailure("en", { kind: "problem", code: "toString", facts: {} })).not.toThrow();
});

test("a damaged certificate's cause is said in words, and an unknown cause as it came", () => {
  const tls = (cause: string) =>
    sayFailure("en", { kind: "fault", code: "uplink.tlsFailed", facts: { host: "broker", cause } });

  expect(tls("expired").says).toContain("expired");
  expect(tls("something odd").says).toContain("something odd");
});

test("a frame's sentence counts offsets as the wire does", () => {
  expect(
    sayPhrase("en", { code: "wire.read" satisfies PhraseCode, facts: { area: "holding", from: 0, to: 9 } }),
  ).toBe("Read holding 0–9");
  expect(sayPhrase("en", { code: "wire.read", facts: { area: "input", from: 7, to: 7 } })).toBe(
    "Read input 7",
  );
});
