import { describe, expect, test } from "vitest";
import { encodeValue } from "#domain/tag/encode.ts";
import type { Tag, Value, Words } from "#domain/tag/tag.ts";
import type { TagCheck } from "#domain/verify/tagCheck.ts";
import { judgeTag } from "#domain/verify/verdict.ts";
import { plainTag } from "../site/pumpSite.ts";

const now = 1_795_000_000_000;
const float = plainTag({ name: "voltage", type: "float" });

function wordsOf(tag: Tag, value: Value): Words {
  const words = encodeValue(value, tag.address, tag.type);
  if (!words.ok) throw new Error(words.problem.code);
  return words.value;
}

/** Reads a second apart, the last one now; values as shown, words as they came. */
function reads(tag: Tag, ...values: readonly Value[]): TagCheck["wire"] {
  return values.map((value, index) => {
    const raw =
      typeof value === "number" && tag.scale !== 1 ? Math.round((value - tag.bias) / tag.scale) : value;
    return { at: now - (values.length - 1 - index) * 1000, value, words: wordsOf(tag, raw) };
  });
}

/** A tag that stood still for ten seconds and was read, asked for and published half a second ago. */
function still(tag: Tag, wire: Value, gateway: Value, cloud: Value, more: Partial<TagCheck> = {}): TagCheck {
  return {
    tag,
    wire: reads(tag, ...Array.from({ length: 10 }, () => wire)),
    gateway: { at: now - 500, value: gateway },
    cloud: { at: now - 400, sampledAt: now - 450, value: cloud },
    now,
    startedAt: now - 20_000,
    intervalMs: 1000,
    ...more,
  };
}

function judged(check: TagCheck): string {
  const { state, says } = judgeTag(check);
  const { side, factor, order, digits, other, error, word } = says.facts;
  return [state, says.code, side, factor, order, digits, other, error, word]
    .filter((one) => one !== undefined)
    .join(" ");
}

const uint32 = plainTag({ name: "energy", type: "uint32" });
const uint64 = plainTag({ name: "total", type: "uint64" });
const double = plainTag({ name: "flow", type: "double", precision: 3 });
const scaledInt = plainTag({ name: "current", type: "uint16", scale: 0.1 });
const bit = plainTag({ name: "run", type: "bit", address: { unit: 1, area: "coil", offset: 0 } });
const text = plainTag({
  name: "serial",
  type: "string",
  address: { unit: 1, area: "holding", offset: 0, length: 10 },
});

describe("three readings are the same", () => {
  test.each<[string, TagCheck]>([
    ["equal whole numbers", still(uint32, 305419896, 305419896, 305419896)],
    ["a bigint and the number of a message", still(uint64, 5n, 5, 5)],
    ["a uint64 that the gateway prints negative", still(uint64, 2n ** 64n - 1n, -1, -1)],
    ["a uint64 beyond 2^53", still(uint64, 2n ** 63n + 1n, -(2n ** 63n) + 1n, -(2n ** 63n) + 1n)],
    ["a float in six digits", still(float, Math.fround(123.456789), 123.457, 123.457)],
    ["a float that is nearly nothing and printed 0.0", still(float, 1.4e-45, 0, 0)],
    ["a large float in six digits", still(float, 1234567, 1234570, 1234570)],
    ["a double with three decimals", still(double, 22.98765, 22.988, 22.988)],
    ["a scaled whole number", still(scaledInt, 46.6, 46.6, 46.6)],
    ["a bit", still(bit, 1, 1, 1)],
    ["a text", still(text, "HELLOWORLD", "HELLOWORLD", "HELLOWORLD")],
    ["nothing asked of a gateway", still(float, 1.5, 0, 1.5, { gateway: "notAsked" })],
  ])("%s", (_, check) => {
    expect(judged(check)).toBe("same verdict.same");
  });

  test("when a value moves and the far ends lie between two reads", () => {
    const wire = reads(float, 10, 20, 30, 40, 50, 60);
    const check = still(float, 0, 55.5, 51.2, { wire });

    expect(judged(check)).toBe("same verdict.same");
  });

  test("when the wire is read more slowly than the gateway reads", () => {
    const wire = reads(float, 10, 20, 30).map((one, index) => ({ ...one, at: now - (2 - index) * 4000 }));

    expect(judged(still(float, 0, 22, 22, { wire }))).toBe("same verdict.same");
  });

  test("and tell how long the value took from the wire to the cloud", () => {
    const wire = reads(uint32, 1, 2, 3, 4, 5, 6, 7);
    const check = still(uint32, 0, 6, 6, { wire });

    const verdict = judgeTag(check);

    expect(verdict.sample?.value).toBe(6);
    expect(verdict.latencyMs).toBe(600);
  });

  test("although the message is old, when the tag is published on change only", () => {
    const tag = { ...float, access: ["subscribe" as const] };
    const cloud = { at: now - 60_000, sampledAt: now - 60_010, value: 1.5 };

    expect(judged(still(tag, 1.5, 1.5, 1.5, { cloud }))).toBe("same verdict.same");
    expect(judged(still(tag, 9.5, 9.5, 1.5, { cloud }))).toBe("differs verdict.differs cloud");
  });

  test("although the gateway's clock is an hour off, when the difference is known", () => {
    const cloud = { at: now - 400, sampledAt: now - 450 - 3_600_000, value: 1.5 };

    expect(judged(still(float, 1.5, 1.5, 1.5, { cloud, skewMs: -3_600_000 }))).toBe("same verdict.same");
    expect(judged(still(float, 1.5, 1.5, 1.5, { cloud }))).toBe("stale verdict.stale cloud");
  });
});

describe("the cause of a difference is named", () => {
  const swappedWords = plainTag({
    name: "voltage",
    type: "float",
    address: { unit: 1, area: "holding", offset: 0, order: "BL" },
  });
  const asBigEndian = new DataView(new ArrayBuffer(4));
  asBigEndian.setFloat32(0, 229);
  const turned = new DataView(new ArrayBuffer(4));
  turned.setUint16(0, asBigEndian.getUint16(2));
  turned.setUint16(2, asBigEndian.getUint16(0));

  test.each<[string, TagCheck, string]>([
    ["ten times at the gateway", still(scaledInt, 22.9, 229, 229), "differs verdict.scale gateway 10"],
    ["a tenth in the cloud only", still(float, 229.5, 229.5, 22.95), "differs verdict.scale cloud 0.1"],
    ["a thousand times", still(float, 1.25, 1250, 1250), "differs verdict.scale gateway 1000"],
    [
      "a factor of 2.5 that was left out",
      still(plainTag({ name: "p", type: "int16", scale: 0.4 }), 8, 20, 20),
      "differs verdict.scale gateway 2.5",
    ],
    [
      "words in the other order",
      still(swappedWords, 229, turned.getFloat32(0), turned.getFloat32(0)),
      "differs verdict.wordOrder gateway LL",
    ],
    [
      "bytes in the other order",
      still(uint32, 0x12345678, 0x78563412, 0x78563412),
      "differs verdict.wordOrder gateway BB",
    ],
    [
      "bytes of one register",
      still(plainTag({ name: "x", type: "uint16" }), 0x1234, 0x3412, 0x3412),
      "differs verdict.wordOrder gateway B",
    ],
    [
      "an unsigned reading of a negative number",
      still(plainTag({ name: "t" }), -2, 65534, 65534),
      "differs verdict.sign gateway",
    ],
    ["a lost minus", still(float, -40.5, 40.5, 40.5), "differs verdict.sign gateway"],
    ["decimals cut off", still(float, 229.57, 229.57, 229), "differs verdict.precision cloud 0"],
    ["decimals rounded off", still(double, 22.987, 22.99, 22.99), "differs verdict.precision gateway 2"],
    [
      "another tag's value",
      still(float, 229.5, 229.5, 49.98, {
        others: [
          { tag: plainTag({ name: "frequency" }), wire: reads(float, 49.98, 49.98) },
          { tag: plainTag({ name: "x" }), wire: reads(float, 1, 1) },
        ],
      }),
      "differs verdict.swapped cloud frequency",
    ],
    ["nothing that is known", still(float, 229.5, 229.5, 71.33), "differs verdict.differs cloud"],
    ["a nought", still({ ...scaledInt, precision: 1 }, 10, 10, 0), "differs verdict.differs cloud"],
    ["another text", still(text, "HELLO", "HELLO", "HELL"), "differs verdict.differs cloud"],
    ["another bit", still(bit, 1, 1, 0), "differs verdict.differs cloud"],
    ["a whole number off by one", still(uint32, 1000, 1001, 1001), "differs verdict.differs gateway"],
    [
      "a gateway that is wrong although the cloud is right",
      still(float, 5.5, 6.7, 5.5),
      "differs verdict.differs gateway",
    ],
  ])("%s", (_, check, expected) => {
    expect(judged(check)).toBe(expected);
  });

  test("as stale when the value stood on the wire earlier, or the message is old", () => {
    const wire = reads(uint32, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    expect(judged(still(uint32, 0, 9, 2, { wire }))).toBe("stale verdict.stale cloud");
    expect(judgeTag(still(uint32, 0, 9, 2, { wire })).says.facts.ageMs).toBe(7000);
    const cloud = { at: now - 400, sampledAt: now - 9000, value: 1.5 };
    expect(judged(still(float, 1.5, 1.5, 1.5, { cloud }))).toBe("stale verdict.stale cloud");
  });

  test("not before the wire was read after the far end's value was taken", () => {
    const wire = reads(uint32, 1, 2, 3).map((sample) => ({ ...sample, at: sample.at - 900 }));

    expect(judged(still(uint32, 0, 4, 4, { wire }))).toBe("waiting verdict.waiting wire");
  });
});

describe("what is missing", () => {
  const fresh = { startedAt: now - 1000 };

  test.each<[string, Partial<TagCheck>, string]>([
    ["the wire at first", { ...fresh, wire: [] }, "waiting verdict.waiting wire"],
    ["the wire for long", { wire: [] }, "failed verdict.wireSilent wire"],
    [
      "the wire since a while",
      { wire: reads(float, 1.5).map((one) => ({ ...one, at: now - 9000 })) },
      "failed verdict.wireSilent wire",
    ],
    ["the gateway at first", { ...fresh, gateway: undefined }, "waiting verdict.waiting gateway"],
    ["the gateway for long", { gateway: undefined }, "failed verdict.gatewayMissing gateway"],
    ["the gateway's value", { gateway: { at: now - 500 } }, "failed verdict.gatewayMissing gateway"],
    ["the cloud at first", { ...fresh, cloud: undefined }, "waiting verdict.waiting cloud"],
    ["the cloud for long", { cloud: undefined }, "failed verdict.cloudMissing cloud"],
    [
      "a gateway that has not read yet",
      { ...fresh, gateway: { at: now, error: 3011 } },
      "waiting verdict.waiting gateway",
    ],
    [
      "a gateway that never reads",
      { gateway: { at: now, error: 3011 } },
      "failed verdict.gatewayError gateway 3011 notReadYet",
    ],
    [
      "a device that is silent to the gateway",
      { ...fresh, gateway: { at: now, error: 3015 } },
      "failed verdict.gatewayError gateway 3015 deviceSilent",
    ],
    [
      "a message with an error",
      { cloud: { at: now, sampledAt: now, error: 3002 } },
      "failed verdict.cloudError cloud 3002 notConnected",
    ],
  ])("%s", (_, change, expected) => {
    expect(judged(still(float, 1.5, 1.5, 1.5, change))).toBe(expected);
  });

  test("does not hide a cloud that has arrived wrong", () => {
    const check = still(float, 1.5, 1.5, 150, { startedAt: now - 1000, gateway: undefined });

    expect(judged(check)).toBe("differs verdict.scale cloud 100");
  });
});
