import fc from "fast-check";
import type { Address, Area } from "#domain/tag/address.ts";
import { accesses, type Tag, type TagType, tagTypes } from "#domain/tag/tag.ts";
import { ordersOf } from "#domain/tag/width.ts";

/** A type with an address that suits it. */
export const anyPlace: fc.Arbitrary<{ readonly type: TagType; readonly address: Address }> = fc
  .constantFrom(...tagTypes)
  .chain((type) => anyAddress(type).map((address) => ({ type, address })));

function anyAddress(type: TagType): fc.Arbitrary<Address> {
  const unit = fc.integer({ min: 1, max: 247 });
  const offset = fc.oneof(fc.integer({ min: 0, max: 65_535 - 64 }), fc.constantFrom(0, 9_999, 65_535 - 64));
  const register = fc.constantFrom<Area>("input", "holding");
  const place = { unit, offset };
  if (type === "bit") {
    const bits = fc.record({ ...place, area: fc.constantFrom<Area>("coil", "discrete") });
    return fc.oneof(bits, fc.record({ ...place, area: register, bit: fc.integer({ min: 0, max: 15 }) }));
  }
  if (type === "string") {
    const length = fc.integer({ min: 1, max: 127 });
    const stringOrder = fc.constantFrom<"H" | "L">("H", "L");
    return fc.record({ ...place, area: register, length, stringOrder }, withOptional("stringOrder"));
  }
  if (type === "bytes") {
    const length = fc.integer({ min: 1, max: 64 }).map((words) => words * 2);
    return fc.record({ ...place, area: register, length });
  }
  const order = fc.constantFrom(...ordersOf(type));
  return fc.record({ ...place, area: register, order }, withOptional("order"));
}

function withOptional(key: "order" | "stringOrder") {
  const required = ["unit", "area", "offset", ...(key === "stringOrder" ? ["length"] : [])];
  // fast-check types the list by the record's own keys, which differ between the two callers.
  return { requiredKeys: required as never[] };
}

const text = (most: number) => fc.string({ unit: "grapheme", maxLength: most });
/** Texts that spreadsheets and CSV readers like to change. */
const awkward = fc.constantFrom(
  "=1+1",
  "-5",
  "+x",
  "@a",
  "'=b",
  "''",
  " a ",
  'say "x"',
  "a,b;c\td",
  "two\r\nlines",
  "温度",
);

/** Tags that a gateway takes and that a table can carry, each with a name of its own. */
export const anyTags: fc.Arbitrary<readonly Tag[]> = fc.uniqueArray(
  anyPlace.chain(({ type, address }) => {
    const isNumber = type !== "bit" && type !== "string" && type !== "bytes";
    const canWrite = address.area === "coil" || (address.area === "holding" && type !== "bit");
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    return fc.record<Tag>({
      line: fc.constantFrom("line-1", "line-2"),
      group: fc.oneof(text(4), awkward).map((group) => (group.trim() === "" ? "g" : group)),
      name: fc.oneof(text(10), awkward).map((name) => (name.trim() === "" ? "n" : name)),
      address: fc.constant(address),
      type: fc.constant(type),
      access: fc
        .subarray(
          accesses.filter((access) => access !== "write" || canWrite),
          { minLength: 1 },
        )
        .map((some) => accesses.filter((access) => some.includes(access))),
      scale: isNumber ? number.map((value) => (value === 0 ? 1 : value)) : fc.constant(1),
      bias: isNumber ? number : fc.constant(0),
      precision: isNumber ? fc.integer({ min: 0, max: 17 }) : fc.constant(0),
      unit: fc.constantFrom("", "V", "°C", "m³/h", "%"),
      description: fc.oneof(text(10), awkward),
    });
  }),
  { selector: (tag) => `${tag.line}/${tag.group}/${tag.name}`, maxLength: 6 },
);
