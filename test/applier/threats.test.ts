import { describe, expect, test } from "vitest";
import { bundleOf } from "#test/support/trust/kit.ts";
import { threats } from "#test/support/trust/threats.ts";
import { applier, hasTools, shells } from "./applier.ts";

/** What differs between shells is how they read, not what they compare: one threat a word is enough for the second. */
const oneEach = threats.filter(
  ({ word }, index) =>
    word !== "bundle.tooLarge" && threats.findIndex((threat) => threat.word === word) === index,
);

describe.skipIf(!hasTools).each(shells)("the applier in %s", (shell) => {
  test("takes a bundle for this gateway by a technician who may", async () => {
    const gateway = await applier(shell);

    expect(await gateway.run(["check", await gateway.bundle(bundleOf())])).toMatchObject({ code: 0 });
  });

  test("refuses each threat with its own word and number, before it touches anything", async () => {
    const gateway = await applier(shell);
    const numbers = new Map<string, Set<unknown>>();

    for (const { name, word, bytes } of shell === "dash" ? threats : oneEach) {
      const ran = await gateway.run(["apply", await gateway.bundle(bytes)]);
      expect(ran.stderr.split("\n").at(-2), name).toMatch(new RegExp(`^refused: ${word}( |$)`));
      numbers.set(word, (numbers.get(word) ?? new Set()).add(ran.code));
    }

    const codes = [...numbers.values()].flatMap((some) => [...some]);
    expect(codes.every((code) => typeof code === "number" && code >= 10)).toBe(true);
    expect(new Set(codes).size).toBe(numbers.size);
    expect(codes).toHaveLength(numbers.size);
  }, 60_000);
});
