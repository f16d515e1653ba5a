import { describe, expect, test } from "vitest";
import { phrase } from "#domain/phrase.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { type PointEvidence, printReport, reportOf } from "#domain/verify/report.ts";
import { summarise } from "#domain/verify/summary.ts";
import type { VerdictState } from "#domain/verify/tagCheck.ts";
import { plainTag, pumpSite } from "../site/pumpSite.ts";

const site = {
  ...pumpSite,
  tags: [...pumpSite.tags.slice(0, 3), plainTag({ name: "reset", type: "uint16", access: ["write"] })],
};
const keys = site.tags.map(tagKey);
const facts = { madeAt: 5, program: "lastmile 0.1.0", gateway: null, configDigest: "c0", evidence: "e0" };

function point(index: number, state: VerdictState, attempt = 1): PointEvidence {
  return {
    key: keys[index] ?? "",
    attempt,
    state,
    says: phrase(state === "same" ? "verdict.same" : "verdict.differs"),
    at: 10 * attempt,
    wire: { text: "229.5", at: 1, words: "4365 8000" },
    gateway: null,
    cloud: { text: "229.5", at: 3, sampledAt: 2, topic: "t" },
    latencyMs: 2,
  };
}

describe("the proof of a site", () => {
  test("is good only when every tag that can be read was the same", () => {
    const all = new Map(keys.slice(0, 3).map((key) => [key, { state: "same" as const }]));

    expect(summarise(site, all)).toMatchObject({ total: 3, same: 3, untested: 0, coverage: 1, good: true });
    all.delete(keys[2] ?? "");
    expect(summarise(site, all)).toMatchObject({ same: 2, untested: 1, coverage: 2 / 3, good: false });
    expect(summarise({ ...site, tags: [] }, new Map()).good).toBe(false);
  });

  test("counts what still waits neither as proved nor as bad", () => {
    const some = new Map<string, { state: VerdictState }>([
      [keys[0] ?? "", { state: "waiting" }],
      [keys[1] ?? "", { state: "stale" }],
    ]);

    expect(summarise(site, some)).toEqual({
      total: 3,
      same: 0,
      differs: 0,
      stale: 1,
      failed: 0,
      waiting: 1,
      untested: 1,
      coverage: 1 / 3,
      good: false,
    });
  });
});

describe("the report", () => {
  test("has for each point where it sits on the wire and what was seen", () => {
    const report = reportOf(site, [point(1, "same")], facts);

    expect(report.points[0]).toMatchObject({
      line: "meters",
      group: "meter",
      tag: "current",
      unit: 1,
      functionCode: 4,
      wireAddress: 7,
      printed: "1!300008",
      scale: 0.01,
      engineeringUnit: "A",
      wire: { words: "4365 8000" },
      attempt: 1,
    });
    expect(report.configDigest).toBe("c0");
  });

  test("keeps a failed attempt beside the retest that closed it", () => {
    const points = [point(0, "same", 2), point(0, "differs", 1), point(1, "same"), point(2, "same")];

    const report = reportOf(site, points, facts);

    expect(report.verdict).toBe("good");
    expect(report.points.map((one) => [one.tag, one.attempt, one.state])).toEqual([
      ["voltage", 1, "differs"],
      ["voltage", 2, "same"],
      ["current", 1, "same"],
      ["alarm", 1, "same"],
    ]);
    expect(report.deviations).toMatchObject([{ key: keys[0], attempt: 1, closed: true }]);
  });

  test("is bad after a retest that failed, and names what was never tested", () => {
    const report = reportOf(site, [point(0, "same", 1), point(0, "failed", 2), point(1, "waiting")], facts);

    expect(report.verdict).toBe("bad");
    expect(report.deviations).toMatchObject([{ key: keys[0], attempt: 2, closed: false }]);
    expect(report.untested).toEqual([keys[1], keys[2]]);
  });

  test("has the same bytes for the same points in any order, and no secret of the uplink", () => {
    const points = [point(0, "differs", 1), point(0, "same", 2), point(1, "same")];
    const text = printReport(reportOf(site, points, facts));

    expect(printReport(reportOf(site, [...points].reverse(), facts))).toBe(text);
    expect(text).not.toContain("CERTIFICATE");
    expect(JSON.parse(text).broker).toEqual({
      host: "broker.example",
      port: 8883,
      tls: true,
      clientId: "nps-07",
      qos: 1,
    });
  });
});
