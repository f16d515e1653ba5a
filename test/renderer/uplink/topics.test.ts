import { expect, test } from "vitest";
import { newLine } from "#domain/site/newSite.ts";
import { sharing, topicsOf } from "#renderer/steps/uplink/topics.ts";

const head = {
  id: "s1",
  name: "North pump station",
  path: ["Water", "East"],
  engineer: "",
  note: "",
  training: false,
  gateway: null,
  lines: [newLine("tcp", "l1", "feeders"), newLine("serial", "l2", "pumps")],
  groups: [
    { line: "l1", name: "fast", intervalMs: 500 },
    { line: "l2", name: "slow", intervalMs: 5000 },
    { line: "gone", name: "lost", intervalMs: 5000 },
  ],
  uplink: null,
};

test("each group of a known line gets its topic from the pattern", () => {
  expect(topicsOf(head, "{site}/{line}/{group}")).toEqual([
    { group: "feeders/fast", topic: "Water/East/feeders/fast" },
    { group: "pumps/slow", topic: "Water/East/pumps/slow" },
  ]);
});

test("a pattern without line and group makes the groups share a topic", () => {
  expect(sharing(topicsOf(head, "{site}/data"))).toBe(2);
  expect(sharing(topicsOf(head, "{site}/{group}"))).toBe(0);
});
