import { describe, expect, test } from "vitest";
import { phrase } from "#domain/phrase.ts";
import type { Certificate } from "#domain/quality/certificate.ts";
import { judgeLine } from "#domain/quality/lineVerdict.ts";

const good = (unit: number) => ({ unit, verdict: "good", says: phrase("cause.none") }) as const;
const slow = (unit: number) => ({ unit, verdict: "slow", says: phrase("cause.slow", { p99: 500 }) }) as const;
const bad = (unit: number, code: Certificate["says"]["code"]) =>
  ({ unit, verdict: "bad", says: phrase(code) }) as const;

describe("the verdict on a line", () => {
  test("is good once every unit is, and waits until each has a certificate", () => {
    expect(judgeLine([good(1), good(3)], [1, 3])).toMatchObject({
      verdict: "good",
      says: { code: "lineCause.good", facts: { units: 2 } },
    });
    expect(judgeLine([good(1)], [1, 3])).toMatchObject({
      verdict: undefined,
      says: { code: "lineCause.unfinished", facts: { certified: 1, units: 2 } },
    });
    expect(judgeLine([good(9)], [1, 3])).toBeUndefined();
  });

  test("clears the line where a single unit of many is bad", () => {
    expect(judgeLine([good(1), good(3), bad(17, "cause.noise")], [1, 3, 17])).toMatchObject({
      verdict: "bad",
      says: { code: "lineCause.oneUnit", facts: { unit: "17", units: 3 } },
    });
  });

  test("names the cause that all units share, and one that sits in the line even if one unit shows it", () => {
    const noisy = [bad(1, "cause.noise"), bad(3, "cause.noise")];

    expect(judgeLine(noisy, [1, 3])?.says.code).toBe("cause.noise");
    expect(judgeLine([good(1), bad(3, "cause.load")], [1, 3])?.says.code).toBe("cause.load");
  });

  test("tells some units from all units", () => {
    const two = [bad(3, "cause.noise"), bad(17, "cause.noise")];

    expect(judgeLine([good(1), ...two], [1, 3, 17])?.says).toEqual({
      code: "lineCause.some",
      facts: { bad: "3, 17", units: 3 },
    });
    expect(judgeLine([bad(1, "cause.noReply"), bad(3, "cause.noise")], [1, 3])?.says.code).toBe(
      "lineCause.all",
    );
  });

  test("is slow where nothing is worse", () => {
    expect(judgeLine([good(1), slow(3)], [1, 3])).toMatchObject({
      verdict: "slow",
      says: { code: "lineCause.slow", facts: { slow: "3" } },
    });
  });
});
