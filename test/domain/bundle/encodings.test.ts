import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "#domain/bundle/base64.ts";
import { preAuthEncoding } from "#domain/bundle/dsse.ts";
import { utf8Bytes, utf8Length, utf8Text } from "#domain/utf8.ts";

describe("UTF-8", () => {
  test("is what the platform's encoder makes, for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: "grapheme" }),
          fc.constant("\ud800x\udc00"),
        ),
        (text) => {
          expect(utf8Bytes(text)).toEqual(new TextEncoder().encode(text));
          expect(utf8Length(text)).toBe(Buffer.byteLength(text));
        },
      ),
    );
  });

  test("is read as the platform's strict decoder reads it, or refused as it refuses", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .array(
          fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xa0, 0xef, 0xf0, 0xf4, 0x90, 0x8f, 0xff),
          { maxLength: 6 },
        )
        .map((some) => new Uint8Array(some)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        let expected: string | undefined;
        try {
          expected = strict.decode(some);
        } catch {
          expected = undefined;
        }
        expect(utf8Text(some)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("of a long text does not overflow the stack", () => {
    const text = "电x".repeat(200_000);

    expect(utf8Text(utf8Bytes(text))).toBe(text);
  });
});

describe("base64", () => {
  // RFC 4648, 10
  test.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ])("of %j is %j", (text, encoded) => {
    expect(toBase64(utf8Bytes(text))).toBe(encoded);
    expect(fromBase64(encoded)).toEqual(utf8Bytes(text));
  });

  test("gives back any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each(["Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm 9", "Zm9v\n", "Zm9-", "Zg==Zg=="])(
    "is not %j",
    (text) => {
      expect(fromBase64(text)).toBeUndefined();
    },
  );
});

// DSSE v1.0.2, protocol, test vectors
test("what is signed is the published encoding of type and payload", () => {
  expect(utf8Text(preAuthEncoding("http://example.com/HelloWorld", utf8Bytes("hello world")))).toBe(
    "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
  );
});
