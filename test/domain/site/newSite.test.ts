import { expect, test } from "vitest";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import { defaultUplink, newLine, newSite } from "#domain/site/newSite.ts";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { plainTag } from "./pumpSite.ts";

test("a new site with its default lines and uplink is a good site file and can be applied", () => {
  const empty = newSite("s1", " North ", ["Water", " "]);
  const site = {
    ...empty,
    lines: [newLine("serial", "l1", "meters"), newLine("tcp", "l2", "plc")],
    groups: [{ line: "l1", name: "meter", intervalMs: 1000 }],
    tags: [plainTag({ name: "a" })],
    uplink: defaultUplink(empty),
  };

  expect(parseSite(printSite(site))).toEqual({ ok: true, value: site });
  expect(site.name).toBe("North");
  expect(neuronConfigOf(site, { uplinkPassword: "" }).ok).toBe(true);
});
