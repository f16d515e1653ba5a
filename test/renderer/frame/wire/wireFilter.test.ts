import { describe, expect, test } from "vitest";
import { asText, everything, fits, rateOf, unitsOf } from "#renderer/frame/wire/wireFilter.ts";
import { wireRows } from "../../../support/page/trainingItems.ts";

const now = 1_795_000_000_000;
const rows = wireRows(90, now);

describe("the wire's filter", () => {
  test("shows all at first", () => {
    expect(rows.every((row) => fits(everything, row))).toBe(true);
  });

  test("keeps to one unit, so that packets without a unit go too", () => {
    const shown = rows.filter((row) => fits({ ...everything, unit: 42 }, row));

    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((row) => row.unit === 42)).toBe(true);
  });

  test("counts damaged frames and refusals as errors", () => {
    const shown = rows.filter((row) => fits({ ...everything, errorsOnly: true }, row));

    expect(new Set(shown.map((row) => row.says.code))).toEqual(new Set(["wire.badCrc", "wire.exception"]));
  });

  test("hides what was there when it was cleared", () => {
    const shown = rows.filter((row) => fits({ ...everything, after: 88 }, row));

    expect(shown.map((row) => row.seq)).toEqual([89, 90]);
  });

  test("offers the units that were heard", () => {
    expect(unitsOf(rows)).toEqual([17, 42]);
  });

  test("tells the rate over the last five seconds only", () => {
    const many = wireRows(400, now);

    expect(rateOf(many, now).perSecond).toBeCloseTo(122 / 5);
    expect(rateOf(many, now + 2500).perSecond).toBeCloseTo(61 / 5, 0);
    expect(rateOf(many, now + 6000)).toEqual({ perSecond: 0, bad: 0 });
  });

  test("tells the true rate when fewer than five seconds are kept", () => {
    expect(rateOf(rows, now).perSecond).toBeCloseTo(1000 / 41, 0);
  });

  test("copies time, way and bytes", () => {
    const frame = rows.find((row) => row.direction === "sent");
    if (!frame) throw new Error("no frame was sent");

    expect(asText([frame], () => "14:02:11.204")).toBe(`14:02:11.204 > ${frame.bytes}`);
  });
});
