import { describe, expect, test } from "vitest";
import { decodeFrame } from "#renderer/frame/wire/decodeFrame.ts";

describe("a frame taken apart", () => {
  test("names every byte of a read request on a serial line", () => {
    expect(decodeFrame({ bytes: "11 03 00 00 00 0A C7 5D", direction: "sent" })).toEqual([
      { kind: "unit", bytes: "11", value: 17 },
      { kind: "function", bytes: "03", value: 3 },
      { kind: "offset", bytes: "00 00", value: 0 },
      { kind: "count", bytes: "00 0A", value: 10 },
      { kind: "crc", bytes: "C7 5D", expected: null },
    ]);
  });

  test("shows the registers of a reply", () => {
    const parts = decodeFrame({ bytes: "11 03 06 08 FC 00 00 43 65 4C F2", direction: "received" });

    expect(parts.filter((part) => part.kind === "register")).toEqual([
      { kind: "register", at: 0, bytes: "08 FC", value: 2300 },
      { kind: "register", at: 1, bytes: "00 00", value: 0 },
      { kind: "register", at: 2, bytes: "43 65", value: 17253 },
    ]);
  });

  test("tells which checksum a damaged frame should have had", () => {
    const parts = decodeFrame({ bytes: "11 03 00 00 00 0A C7 5C", direction: "sent" });

    expect(parts.at(-1)).toEqual({ kind: "crc", bytes: "C7 5C", expected: "C7 5D" });
  });

  test("reads an exception", () => {
    const parts = decodeFrame({ bytes: "2A 83 02 B0 F9", direction: "received" });

    expect(parts.map((part) => part.kind)).toEqual(["unit", "exceptionFunction", "exception", "crc"]);
  });

  test("knows a TCP frame by its header and expects no checksum", () => {
    const parts = decodeFrame({ bytes: "00 07 00 00 00 06 01 03 00 64 00 02", direction: "sent" });

    expect(parts.map((part) => part.kind)).toEqual([
      "transaction",
      "protocol",
      "length",
      "unit",
      "function",
      "offset",
      "count",
    ]);
  });

  test.each(["", "11", "11 03", "FF FF FF", "11 03 06 08", "00 01 00 00 00 03 01 83 02"])(
    "keeps every byte of what may be noise: %s",
    (bytes) => {
      for (const direction of ["sent", "received", "heard"] as const) {
        const parts = decodeFrame({ bytes, direction });

        expect(
          parts
            .map((part) => part.bytes)
            .join(" ")
            .trim(),
        ).toBe(bytes);
      }
    },
  );
});
