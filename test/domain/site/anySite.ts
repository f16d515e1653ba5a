import fc from "fast-check";
import type { Group, Line, Site } from "#domain/site/site.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { type Tag, tagTypes } from "#domain/tag/tag.ts";

const text = (maxLength: number) =>
  fc.string({ unit: "grapheme", maxLength }).map((one) => one.slice(0, maxLength));
const name = text(30).map((one) => one.trim() || "n");
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);

const place = fc.record({
  unit: fc.integer({ min: 1, max: 247 }),
  register: fc.integer({ min: 1, max: 65_000 }),
});

/** An address that fits its type, made by the grammar itself. */
const typedAddress = fc
  .tuple(fc.constantFrom(...tagTypes), place, fc.integer({ min: 1, max: 15 }))
  .map(([type, { unit, register }, small]) => {
    const tail = {
      bit: `.${small}`,
      string: `.${small}L`,
      bytes: `.${small * 2}`,
      float: "#BL",
      uint64: "#WR",
    };
    const address = parseAddress(`${unit}!4${register}${tail[type as keyof typeof tail] ?? ""}`, type);
    if (!address.ok) throw new Error(address.problem.code);
    return { type, address: address.value };
  });

const someLine: fc.Arbitrary<Line> = fc.oneof(
  fc.record({
    id: text(20).map((one) => one || "x"),
    name,
    kind: fc.constant("serial" as const),
    port: text(40),
    gatewayPort: name,
    settings: fc.record(
      {
        baudRate: fc.integer({ min: 50, max: 4_000_000 }),
        parity: fc.constantFrom("none" as const, "even" as const, "odd" as const),
        dataBits: fc.constantFrom(7 as const, 8 as const),
        stopBits: fc.constantFrom(1 as const, 2 as const),
        mode: fc.constant("ascii" as const),
      },
      { requiredKeys: ["baudRate", "parity", "dataBits", "stopBits"] },
    ),
    timeoutMs: fc.integer({ min: 10, max: 30_000 }),
    units: fc.uniqueArray(
      fc.record(
        {
          number: fc.integer({ min: 1, max: 247 }),
          name: text(20),
          identity: text(60),
          profile: text(40),
        },
        { requiredKeys: ["number", "name", "identity"] },
      ),
      { selector: (unit) => unit.number, maxLength: 4 },
    ),
  }),
  fc.record({
    id: text(20).map((one) => one || "x"),
    name,
    kind: fc.constant("tcp" as const),
    host: name,
    port: fc.integer({ min: 1, max: 65_535 }),
    timeoutMs: fc.integer({ min: 10, max: 30_000 }),
    units: fc.constant([]),
  }),
);

/** Any site that a person could have made with the product: valid, with odd names. */
export const anySite: fc.Arbitrary<Site> = fc
  .tuple(
    fc.uniqueArray(someLine, {
      minLength: 1,
      maxLength: 4,
      comparator: (one, other) => one.id === other.id || one.name === other.name,
    }),
    fc.array(
      fc.record({
        at: fc.nat(),
        group: name.map((one) => one.replaceAll("/", "-")),
        name,
        typed: typedAddress,
        access: fc.subarray(["read" as const, "write" as const, "subscribe" as const]),
        scale: number,
        bias: number,
        precision: fc.integer({ min: 0, max: 17 }),
        unit: text(15),
        description: text(60),
      }),
      { maxLength: 12 },
    ),
    fc.record({ name, path: fc.array(text(20), { maxLength: 6 }), engineer: text(20), note: text(100) }),
    fc.boolean(),
  )
  .map(([lines, drafts, head, full]) => {
    const tags = new Map<string, Tag>();
    const groups = new Map<string, Group>();
    for (const { at, typed, ...draft } of drafts) {
      const line = lines[at % lines.length]?.id ?? "";
      tags.set(`${line}/${draft.group}/${draft.name}`, { ...draft, line, ...typed });
      groups.set(`${line}/${draft.group}`, { line, name: draft.group, intervalMs: 1000 });
    }
    return {
      id: "s",
      ...head,
      training: full,
      gateway: full ? { url: "http://10.0.0.1:7000", user: "admin" } : null,
      lines,
      groups: [...groups.values()],
      tags: [...tags.values()],
      uplink: null,
    };
  });
