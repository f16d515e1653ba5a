import { describe, expect, test } from "vitest";
import { openBundle } from "#domain/bundle/bundle.ts";
import { envelop, rootKind } from "#domain/trust/documents.ts";
import { judgeGateway } from "#domain/trust/judgeGateway.ts";
import { judgeTrust } from "#domain/trust/judgeTrust.ts";
import { judged } from "#test/support/trust/judged.ts";
import {
  bundleOf,
  checks,
  gatewayState,
  organisationOf,
  owners,
  revocationsOf,
  root,
  testKey,
  trustState,
} from "#test/support/trust/kit.ts";
import { threats } from "#test/support/trust/threats.ts";

test("a bundle for this gateway by a technician who may is taken", () => {
  expect(judged(bundleOf())).toBe("good");
});

describe("a threat is refused with its own word", () => {
  test.each(threats.map(({ name, word, bytes }) => [name, word, bytes] as const))(
    "%s: %s",
    (_, word, bytes) => {
      expect(judged(bytes)).toBe(word);
    },
  );
});

test("a flipped bit is found wherever it is, 10,000 times", () => {
  const bytes = bundleOf();
  let random = 7;
  for (let round = 0; round < 10_000; round += 1) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const at = random % bytes.length;
    const bit = 1 << (random >>> 29);
    bytes[at] = (bytes[at] ?? 0) ^ bit;
    expect(openBundle(bytes, checks).ok, `byte ${at}, bit ${bit}`).toBe(false);
    bytes[at] = (bytes[at] ?? 0) ^ bit;
  }
  expect(judged(bytes)).toBe("good");
}, 60_000);

describe("a root's keys are replaced", () => {
  const keys = [7, 8, 9].map(testKey);
  const next = { ...root, version: 2, keys: keys.map((key) => key.publicKey) };
  const rotation = envelop(rootKind, next, [owners[0], owners[2], ...keys.slice(0, 2)]);
  const files = { "trust/root-2.dsse": rotation, "trust/organisation.dsse": organisationOf({}, keys) };

  test("by a bundle that old and new keys signed, and the old ones count no more", () => {
    const opened = openBundle(bundleOf({ files }), checks);
    const trusted = opened.ok ? judgeTrust(opened.value, trustState, checks) : undefined;

    expect(trusted).toMatchObject({ ok: true, value: { state: { root: next } } });
    expect(judged(bundleOf({ files: { "trust/root-2.dsse": rotation } }))).toBe("trust.rootWrong");
  });

  test("step by step when a gateway missed one", () => {
    const third = { ...next, version: 3, threshold: 1 };
    const more = { ...files, "trust/root-3.dsse": envelop(rootKind, third, keys) };

    expect(judged(bundleOf({ files: more }))).toBe("good");
    expect(judged(bundleOf({ files: { ...more, "trust/root-2.dsse": null } }))).toBe("trust.rootWrong");
  });
});

test("what was revoked stays revoked when a later stick carries no list or an older one", () => {
  const technician = testKey(5).publicKey;
  const state = { ...trustState, revocations: { version: 9, keys: [technician] } };

  expect(judged(bundleOf(), state)).toBe("trust.revoked");
  expect(judged(bundleOf({ files: { "trust/revocations.dsse": revocationsOf([]) } }), state)).toBe(
    "trust.revoked",
  );
});

test("a configuration that somebody changed since is not overwritten", () => {
  const opened = openBundle(bundleOf({ manifest: { expectsCurrentConfig: "12".repeat(32) } }), checks);
  const judge = (config: string) => opened.ok && judgeGateway(opened.value, { ...gatewayState, config });

  expect(judge("12".repeat(32))).toBeUndefined();
  expect(judge("34".repeat(32))).toEqual({ code: "trust.configDiffers" });
});

test("a gateway of another version is not touched", () => {
  const opened = openBundle(bundleOf(), checks);
  const judge = (version: string) =>
    opened.ok && judgeGateway(opened.value, { ...gatewayState, version })?.code;

  expect(["2.10.9", "2.11.0", "2.15.1-rc2", "3.0.0", "10.0.0"].map(judge)).toEqual([
    "bundle.incompatible",
    undefined,
    undefined,
    "bundle.incompatible",
    "bundle.incompatible",
  ]);
});
