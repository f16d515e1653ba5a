import { describe, expect, test } from "vitest";
import { contractHash, fnv1a, printShape } from "#contract/hash.ts";

describe("the contract's hash", () => {
  test("is 16 hex digits and stays the same", () => {
    expect(contractHash()).toMatch(/^[0-9a-f]{16}$/);
    expect(contractHash()).toBe(contractHash());
  });

  // Vectors of the FNV reference, draft-eastlake-fnv, 64-bit FNV-1a.
  test.each([
    ["", "cbf29ce484222325"],
    ["a", "af63dc4c8601ec8c"],
    ["foobar", "85944171f73967e8"],
  ])("hashes %j as published", (text, hash) => {
    expect(fnv1a(text)).toBe(hash);
  });

  test("does not depend on the order of keys, but on that of items", () => {
    expect(printShape({ b: [1, { d: null, c: "x" }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    );
    expect(printShape([1, 2])).not.toBe(printShape([2, 1]));
  });
});
