import { expect, test } from "vitest";
import { groupDigest, shortHash } from "#renderer/steps/handover/digest.ts";

test("a digest is read out in groups of four, the rest last", () => {
  expect(groupDigest("9f2c01ab3")).toBe("9f2c 01ab 3");
  expect(groupDigest("")).toBe("");
});

test("a hash is shortened only when it is long", () => {
  expect(shortHash("a".repeat(64))).toBe(`${"a".repeat(16)}…`);
  expect(shortHash("abc")).toBe("abc");
});
