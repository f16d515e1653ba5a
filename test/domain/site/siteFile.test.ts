import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Site } from "#domain/site/site.ts";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { anySite } from "./anySite.ts";
import { plainTag, pumpSite } from "./pumpSite.ts";

function read(text: string): Site {
  const site = parseSite(text);
  if (!site.ok) throw new Error(JSON.stringify(site.problem));
  return site.value;
}

function codes(text: string): readonly string[] {
  const site = parseSite(text);
  return site.ok ? [] : site.problem.map((problem) => `${problem.code} ${problem.at?.field ?? ""}`.trim());
}

/** The file of the pumping station with one thing replaced. */
function edited(from: string, to: string): string {
  const text = printSite(pumpSite);
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe("the site file", () => {
  test("starts with its format and holds one tag, group and unit a line with Neuron's addresses", () => {
    const lines = printSite(pumpSite).split("\n");

    expect(lines.slice(0, 3)).toEqual(["{", '  "format": 1,', '  "id": "nps-07",']);
    expect(lines).toContain(
      '    { "line": "l1", "group": "meter", "name": "voltage", "address": "1!400001#BL", "type": "float", "access": ["read"], "scale": 1, "bias": 0, "precision": 1, "unit": "V", "description": "电压 L1–N" },',
    );
    expect(lines).toContain('    { "line": "l2", "name": "pumps", "intervalMs": 500 }');
    expect(lines).toContain('        { "number": 2, "name": "", "identity": "" }');
    expect(lines.at(-1)).toBe("");
  });

  test("says of a serial line how it frames only when that is ASCII", () => {
    const asPrinted = '"stopBits": 1 }';
    expect(printSite(pumpSite)).not.toContain('"mode"');

    const ascii = edited(asPrinted, '"stopBits": 1, "mode": "ascii" }');
    const rtu = edited(asPrinted, '"stopBits": 1, "mode": "rtu" }');

    expect(printSite(read(ascii))).toBe(ascii);
    expect(printSite(read(rtu))).toBe(printSite(pumpSite));
  });

  test("keeps a client certificate and a WebSocket path, and says nothing of them where there are none", () => {
    const more = { clientCertificate: "-----BEGIN CERTIFICATE-----", webSocketPath: "/mqtt" };
    const site: Site = { ...pumpSite, uplink: pumpSite.uplink && { ...pumpSite.uplink, ...more } };

    expect(read(printSite(site))).toEqual(site);
    expect(printSite(site)).toMatch(
      /"ca": [^,]+, "clientCertificate": [^,]+, "webSocketPath": "\/mqtt", "version"/,
    );
    expect(printSite(pumpSite)).not.toMatch(/clientCertificate|webSocketPath/);
    expect(codes(edited('"version": "5"', '"webSocketPath": "mqtt", "version": "5"'))).toEqual([
      "file.notASite uplink.webSocketPath",
    ]);
  });

  test("gives back the site that was printed, whatever its names", () => {
    fc.assert(
      fc.property(anySite, (site) => {
        expect(read(printSite(site))).toEqual(site);
      }),
      { numRuns: 150 },
    );
  });

  test("has the same bytes after being read and printed again", () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const text = printSite(site);
        expect(printSite(read(text))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test("does not depend on the order in which a program put a site's members", () => {
    const shuffled = Object.fromEntries(Object.entries(pumpSite).reverse()) as unknown as Site;

    expect(printSite(shuffled)).toBe(printSite(pumpSite));
  });

  test("keeps a tag whose address no gateway takes, so that saving loses nothing", () => {
    const odd = plainTag({ name: "odd", address: { unit: 1, area: "coil", offset: 3 }, type: "float" });
    const site = { ...pumpSite, tags: [...pumpSite.tags, odd] };

    expect(read(printSite(site)).tags.at(-1)).toEqual(odd);
  });

  test("is read with a byte order mark, as some editors write it", () => {
    expect(read(`\uFEFF${printSite(pumpSite)}`)).toEqual(pumpSite);
  });
});

describe("a text that is no site file", () => {
  test("is refused as a value, never thrown, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"format":1,"x":${json}}`),
        ),
        (text) => {
          expect(parseSite(text).ok).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("is refused when it was cut off anywhere", () => {
    const text = printSite(pumpSite).trimEnd();
    for (let end = 0; end < text.length; end += 7) {
      expect(codes(text.slice(0, end))).toEqual(["file.notJson"]);
    }
  });

  test.each([
    ['"format": 1', '"format": 3', ["file.newerFormat"]],
    ['"format": 1', '"format": "1"', ["file.notASite format"]],
    ['"baudRate": 9600', '"baudRate": "9600"', ["file.notASite lines[0].settings.baudRate"]],
    ['"training": false,', "", ["file.notASite training"]],
    ['"training": false', '"training": false, "password": "x"', ["file.notASite"]],
    ['"address": "1!400001#BL"', '"address": "1!400001xyz"', ["address.malformed tags[0].address"]],
    ['"address": "1!400001#BL"', '"address": "300!400001"', ["address.unitOutOfRange tags[0].address"]],
    ['"name": "current"', '"name": "voltage"', ["tag.duplicate tags[1].name"]],
    ['"name": "spare"', '"name": "plc"', ["name.duplicate lines[2].name"]],
    ['"id": "l3"', '"id": "l2"', ["name.duplicate lines[2].id"]],
    ['"number": 2', '"number": 1', ["name.duplicate lines[0].units[1].number"]],
    [
      '"line": "l1", "group": "meter", "name": "voltage"',
      '"line": "l9", "group": "meter", "name": "voltage"',
      ["tag.lineUnknown tags[0].line"],
    ],
    ['"group": "pumps", "name": "run"', '"group": "valves", "name": "run"', ["group.unknown tags[3].group"]],
    [
      '{ "line": "l2", "name": "pumps"',
      '{ "line": "l1", "name": "meter"',
      ["name.duplicate groups[1].name", "group.unknown tags[3].group", "group.unknown tags[4].group"],
    ],
  ])("names the field: %s becomes %s", (from, to, problems) => {
    expect(codes(edited(from, to))).toEqual(problems);
  });
});
