import { describe, expect, test } from "vitest";
import type { TagView, VerifyView } from "#contract/views.ts";
import { blamedPlaces, coverageOf, filterVerify, verifyRows } from "#renderer/steps/verify/verifyRows.ts";

function proof(
  says: VerifyView["says"]["code"],
  side: string,
  values: readonly (number | string | null)[],
): VerifyView {
  const [wire, gateway, cloud] = values.map((value) =>
    value === null ? null : { text: String(value), number: typeof value === "number" ? value : null, at: 1 },
  );
  return {
    key: "k",
    index: 0,
    wire: wire ?? null,
    gateway: gateway ?? null,
    cloud: cloud ?? null,
    words: "",
    wireBy: "read" as const,
    topic: "t",
    latencyMs: null,
    verdict: says === "verdict.same" ? "same" : says === "verdict.waiting" ? "waiting" : "differs",
    says: { code: says, facts: { side } },
    attempt: 1,
  };
}

describe("the cells that hold the fault", () => {
  test("a fault behind the gateway is blamed on the cloud alone", () => {
    expect(blamedPlaces(proof("verdict.scale", "cloud", [71.3, 71.4, 713]))).toEqual(["cloud"]);
  });

  test("a wrong value that the gateway sent on shows in both", () => {
    expect(blamedPlaces(proof("verdict.wordOrder", "gateway", [229, 1e20, 1e20]))).toEqual([
      "gateway",
      "cloud",
    ]);
    expect(blamedPlaces(proof("verdict.gatewayError", "gateway", [229, null, null]))).toEqual(["gateway"]);
  });

  test("a silent unit is the wire's fault", () => {
    expect(blamedPlaces(proof("verdict.wireSilent", "gateway", [null, 1, 1]))).toEqual(["wire"]);
  });

  test("what is the same or still waiting blames nothing", () => {
    expect(blamedPlaces(proof("verdict.same", "cloud", [1, 1, 1]))).toEqual([]);
    expect(blamedPlaces(proof("verdict.waiting", "cloud", [1, 2, null]))).toEqual([]);
  });
});

test("the rows of one kind are found by words of name and address", () => {
  const rows = ["verdict.same", "verdict.scale", "verdict.waiting"].map((code, index) => ({
    key: `l/pump/t${index}`,
    tag: tag(index),
    proof: proof(code as VerifyView["says"]["code"], "cloud", [1, 1, 2]),
  }));

  expect(filterVerify(rows, "bad", "").map((row) => row.key)).toEqual(["l/pump/t1"]);
  expect(filterVerify(rows, "waiting", "pump/t").map((row) => row.key)).toEqual(["l/pump/t2"]);
  expect(filterVerify(rows, "all", "t0 1!4").map((row) => row.key)).toEqual(["l/pump/t0"]);
  expect(coverageOf(rows)).toEqual({ total: 3, same: 1, bad: 1, waiting: 1 });
});

test("a tag that no proof has reached is waiting", () => {
  const [row] = verifyRows([tag(0)], new Map());

  expect(row?.proof).toMatchObject({ verdict: "waiting", wire: null, attempt: 0 });
});

function tag(index: number): TagView {
  return {
    key: `l/pump/t${index}`,
    index,
    printed: "1!400001",
    tag: {
      line: "l",
      group: "pump",
      name: `t${index}`,
      address: { unit: 1, area: "holding", offset: 0 },
      type: "uint16",
      access: ["read"],
      scale: 1,
      bias: 0,
      precision: 0,
      unit: "",
      description: "",
    },
  };
}
