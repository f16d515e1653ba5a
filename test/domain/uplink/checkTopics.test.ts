import { describe, expect, test } from "vitest";
import { readPayload } from "#domain/gateway/payload.ts";
import type { Site, Uplink } from "#domain/site/site.ts";
import { checkTopic, emptyMessage, largestMessageBytes } from "#domain/uplink/checkTopics.ts";
import { plainTag, pumpSite } from "../site/pumpSite.ts";

function withUplink(uplink: Partial<Uplink>): Site {
  return { ...pumpSite, uplink: pumpSite.uplink && { ...pumpSite.uplink, ...uplink } };
}

test("a check's topics follow the site's pattern, and are never one of its own", () => {
  expect(checkTopic(pumpSite, "a1")).toMatch(/^lastmile\/.+\/check\/a1$/);
  expect(checkTopic(withUplink({ topic: "plant/{group}" }), "a1")).toBe("plant/a1");
  expect(checkTopic(withUplink({ topic: "plant/all" }), "a1")).toBe("plant/all/a1");
});

test.each(["values", "tags"] as const)(
  "an empty message of format %s is read as a gateway's, without values",
  (format) => {
    const read = readPayload(emptyMessage(format, { line: "l", group: "g" }, 5, "mark"), format);

    expect(read).toMatchObject({ ok: true, value: { node: "l", group: "g" } });
  },
);

describe("the largest message", () => {
  test("grows with the largest group's tags and their names", () => {
    const tag = (name: string, group: string) => plainTag({ name, line: "l1", group });
    const many = Array.from({ length: 100 }, (_, index) => tag(`tag number ${index}`, "big"));
    const bytes = largestMessageBytes({ ...pumpSite, tags: [...many, tag("a", "small")] });

    const values = Object.fromEntries(many.map(({ name }) => [name, -1.23456789012e30]));
    const real = JSON.stringify({
      node: "l1",
      group: "big",
      timestamp: 1.79e12,
      values,
      errors: {},
      metas: {},
    });
    expect(bytes).toBeGreaterThan(real.length);
    expect(bytes).toBeLessThan(real.length * 1.5);
  });
});
