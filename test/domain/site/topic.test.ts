import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { topicOf } from "#domain/site/topic.ts";
import { pumpSite } from "./pumpSite.ts";

function topic(pattern: string, line: string, group: string, path = pumpSite.path): string {
  const uplink = pumpSite.uplink && { ...pumpSite.uplink, topic: pattern };
  return topicOf({ ...pumpSite, path, uplink }, { id: "l9", name: line }, group);
}

describe("a group's topic", () => {
  test.each([
    ["lastmile/{site}/{line}/{group}", "plc", "pumps", "lastmile/Water/East/NPS-07/plc/pumps"],
    ["/{site}//{group}/", "plc", "pumps", "Water/East/NPS-07/pumps"],
    ["a/+/#/{line}", "x/y", "g", "a/-/-/x-y"],
    ["{line}/{group}", "{group}", "+#", "{group}/--"],
    ["$share/{line}", "plc", "g", "share/plc"],
  ])("of pattern %s, line %s and group %s is %s", (pattern, line, group, expected) => {
    expect(topic(pattern, line, group)).toBe(expected);
  });

  test("uses the site's name where there is no path", () => {
    expect(topic("{site}/{group}", "plc", "pumps", [])).toBe("North pumping station/pumps");
  });

  test("is always one that can be published to", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        (pattern, line, group) => {
          const made = topic(`t${pattern}`, line, group);

          expect(made).not.toMatch(/[+#\p{Cc}]|^[/$]|\/\/|\/$/u);
          expect(made).not.toBe("");
        },
      ),
    );
  });
});
