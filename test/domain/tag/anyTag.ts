import fc from "fast-check";
import type { Address } from "#domain/tag/address.ts";
import { spanOf } from "#domain/tag/span.ts";
import { type Access, accesses, type Tag, type TagType, tagTypes, type Value } from "#domain/tag/tag.ts";
import { ordersOf } from "#domain/tag/width.ts";

export interface Typed {
  readonly type: TagType;
  readonly address: Address;
}

/** What may follow the register number, for each kind of type. */
function tailFor(type: TagType): fc.Arbitrary<Omit<Address, "unit" | "area" | "offset">> {
  if (type === "bit") return fc.record({ bit: fc.integer({ min: 0, max: 15 }) });
  if (type === "bytes") return fc.record({ length: fc.integer({ min: 1, max: 64 }).map((half) => half * 2) });
  if (type === "string") {
    const length = fc.integer({ min: 1, max: 127 });
    const stringOrder = fc.constantFrom("H" as const, "L" as const);
    return fc.record({ length, stringOrder }, { requiredKeys: ["length"] });
  }
  return fc.record({ order: fc.constantFrom(...ordersOf(type)) }, { requiredKeys: [] });
}

const unit = fc.integer({ min: 1, max: 247 });
const offset = fc.oneof(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 65_400, max: 65_535 }));
const registerArea = fc.constantFrom("holding" as const, "input" as const);
const bitArea = fc.constantFrom("coil" as const, "discrete" as const);

const inRegisters: fc.Arbitrary<Typed> = fc
  .constantFrom(...tagTypes)
  .chain((type) =>
    fc.record({
      type: fc.constant(type),
      address: fc
        .tuple(fc.record({ unit, area: registerArea, offset }), tailFor(type))
        .map(([place, tail]) => ({ ...place, ...tail })),
    }),
  )
  .filter(({ type, address }) => address.offset + spanOf(address, type).registers <= 65_536);

const inBits: fc.Arbitrary<Typed> = fc.record({
  type: fc.constant("bit" as const),
  address: fc.record({ unit, area: bitArea, offset }),
});

/** Any address that fits its type. */
export const anyTyped: fc.Arbitrary<Typed> = fc.oneof({ weight: 5, arbitrary: inRegisters }, inBits);

const integers: Partial<Record<TagType, readonly [min: bigint, max: bigint]>> = {
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** Any value that a place of that type can carry. */
export function anyValue({ type, address }: Typed): fc.Arbitrary<Value> {
  const { length = 0 } = address;
  if (type === "bit") return fc.constantFrom(0, 1);
  if (type === "float") return fc.float();
  if (type === "double") return fc.double();
  if (type === "bytes") return fc.array(fc.nat({ max: 255 }), { minLength: length, maxLength: length });
  if (type === "string") {
    return fc.string({ unit: fc.constantFrom("a", "é", "电", "😀"), maxLength: Math.floor(length / 4) });
  }
  const [min, max] = integers[type] as readonly [bigint, bigint];
  const whole = fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max));
  return type.endsWith("64") ? whole : whole.map(Number);
}

/** Texts made of all that a sheet treats as special. */
function text(maxLength: number): fc.Arbitrary<string> {
  const special = fc.constantFrom(
    "'",
    "=",
    "+",
    "-",
    "@",
    '"',
    ",",
    ";",
    "\n",
    "\r",
    "\t",
    " ",
    "a",
    "9",
    "电",
  );
  return fc.string({ unit: special, maxLength }).map((one) => one.trim());
}

const factor = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
const anyAccess = fc.subarray([...accesses], { minLength: 1 });

/** Any tag that a gateway takes, on the lines `a` and `b`. */
export const anyTag: fc.Arbitrary<Tag> = anyTyped.chain((typed) => {
  const isNumber = typed.type !== "bit" && typed.type !== "string" && typed.type !== "bytes";
  const isFixed = typed.address.area === "discrete" || typed.address.area === "input";
  const isWritable = !isFixed && typed.address.bit === undefined;
  return fc.record({
    type: fc.constant(typed.type),
    address: fc.constant(typed.address),
    line: fc.constantFrom("a", "b"),
    group: text(20).map((one) => one.replaceAll("/", "") || "g"),
    name: text(40).map((one) => one || "n"),
    access: isWritable ? anyAccess : fc.constant<readonly Access[]>(["read"]),
    scale: isNumber ? factor.map((one) => one || 1) : fc.constant(1),
    bias: isNumber ? factor : fc.constant(0),
    precision: isNumber ? fc.integer({ min: 0, max: 17 }) : fc.constant(0),
    unit: text(5),
    description: text(80),
  });
});
