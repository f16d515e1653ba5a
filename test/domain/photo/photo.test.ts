import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readOrientation } from "#domain/photo/orientation.ts";
import { stripPhoto } from "#domain/photo/photo.ts";
import { exif, jpeg, png, told } from "./pictures.ts";

function clean(bytes: Uint8Array): Buffer {
  const read = stripPhoto(bytes);
  if (!read.ok) throw new Error(read.problem.code);
  return Buffer.from(read.value.bytes);
}

describe.each([
  ["JPEG", jpeg],
  ["PNG", png],
])("a %s", (_, picture) => {
  test("keeps nothing of what was written beside the picture", () => {
    const bytes = clean(picture());

    for (const words of told) {
      expect(picture().includes(words)).toBe(true);
      expect(bytes.includes(words)).toBe(false);
    }
  });

  test("stripped twice is the same", () => {
    const once = clean(picture());

    expect(clean(once).equals(once)).toBe(true);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("keeps which way is up (%i)", (orientation) => {
    const bytes = clean(picture(orientation));
    const at = bytes.indexOf("MM\0*", 0, "latin1");

    if (orientation === 1) expect(at).toBe(-1);
    else expect(readOrientation(bytes.subarray(at))).toBe(orientation);
  });

  test("cut anywhere is damaged, not half kept", () => {
    const whole = picture();
    const end = whole.indexOf(told[4], whole.length - told[4].length);
    for (let length = 2; length < end; length += 1) {
      expect(stripPhoto(whole.subarray(0, length)).ok, `${length} bytes`).toBe(false);
    }
  });

  test("with any bytes changed is refused, or cleaned so that cleaning again changes nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(picture().length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = Buffer.from(picture());
          for (const [at, value] of changes) bytes[at] = value;
          const read = stripPhoto(bytes);
          if (!read.ok) return;
          const again = stripPhoto(read.value.bytes);
          expect(again).toEqual(read);
          expect(read.value.bytes.length).toBeLessThanOrEqual(bytes.length + 64);
        },
      ),
      { numRuns: 2000, seed: 7 },
    );
  });
});

test("the picture's own parts stay as they were", () => {
  const bytes = clean(jpeg(1));

  expect(bytes.includes(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]))).toBe(true);
  for (const words of ["JFIF", "ICC_PROFILE", "Adobe"]) expect(bytes.includes(words)).toBe(true);
});

test("any bytes at all are refused or cleaned without an error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      stripPhoto(bytes);
      stripPhoto(Uint8Array.from([0xff, 0xd8, ...bytes]));
      readOrientation(bytes);
    }),
    { numRuns: 2000, seed: 11 },
  );
});

test("an orientation is read in both byte orders, and nonsense is upright", () => {
  expect([readOrientation(exif(8, true)), readOrientation(exif(8, false))]).toEqual([8, 8]);
  expect([readOrientation(exif(0)), readOrientation(exif(9)), readOrientation(new Uint8Array())]).toEqual([
    1, 1, 1,
  ]);
});

test("other kinds and pictures too large are refused by name", () => {
  expect(stripPhoto(Buffer.from("GIF89a"))).toMatchObject({ problem: { code: "photo.unknownKind" } });
  expect(stripPhoto(new Uint8Array(16 * 1024 * 1024 + 1))).toMatchObject({
    problem: { code: "photo.tooLarge" },
  });
});
