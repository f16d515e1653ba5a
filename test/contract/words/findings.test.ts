import { describe, expect, test } from "vitest";
import { languages, sayFinding } from "#contract/words/say.ts";
import { type Finding, type FindingId, findingSeverities } from "#domain/lint/finding.ts";

const ids = Object.keys(findingSeverities) as readonly FindingId[];

/** Facts as the lint makes them; each rule takes what it needs. */
const facts: Finding["facts"] = {
  name: "flow",
  other: "speed",
  text: "300!400001",
  type: "DWORD",
  otherType: "uint16",
  address: "1!400001",
  reason: "input",
  group: "fast",
  line: "rtu",
  unit: 300,
  becomes: 44,
  register: "0",
  attribute: 8,
  length: 7,
  scale: 0.1,
  bias: -40,
  words: "8000",
  count: 513,
  limit: 512,
  from: 5,
  to: 6,
  intervalMs: 100,
  periodMs: 900,
  leastMs: 1000,
  tags: 12,
  baudRate: 19_200,
};

describe.each(languages)("in %s", (language) => {
  test.each(ids)("%s says what is wrong, and what to do", (id) => {
    const { says, try: advice } = sayFinding(language, { id, facts });

    for (const text of [says, advice]) {
      expect(text).toMatch(language === "en" ? /\.$/ : /。$/);
      expect(text).not.toMatch(/undefined|NaN|\[object|null|“”/);
      if (language === "en") expect(text).not.toMatch(/[\u3000-\u9fff]/);
      else expect(text).toMatch(/[\u4e00-\u9fff]/);
      expect(text.length).toBeLessThan(210);
    }
  });

  test("an interval that nothing but patience helps says no more than that", () => {
    const few = { ...facts, tags: 0, baudRate: 0 };

    expect(sayFinding(language, { id: "group.interval.infeasible", facts: few }).try).not.toMatch(
      /baud|波特/,
    );
  });
});
