import { describe, expect, test } from "vitest";
import type { WireView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import {
  asText,
  calledBy,
  calledIn,
  everything,
  fits,
  rateOf,
  unitsOf,
  type WireFilter,
} from "#renderer/frame/wire/wireFilter.ts";
import { wireRows } from "../../../support/page/trainingItems.ts";

const now = 1_795_000_000_000;
const rows = wireRows(90, now);
const say = (row: WireView) => sayPhrase("en", row.says);
const shownBy = (change: Partial<WireFilter>) =>
  rows.filter((row) => fits({ ...everything, ...change }, row, say));

describe("the wire's filter", () => {
  test("shows all at first", () => {
    expect(rows.every((row) => fits(everything, row, say))).toBe(true);
  });

  test("keeps to one unit, so that packets without a unit go too", () => {
    const shown = rows.filter((row) => fits({ ...everything, unit: 42 }, row, say));

    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((row) => row.unit === 42)).toBe(true);
  });

  test("counts damaged frames and refusals as errors", () => {
    const shown = rows.filter((row) => fits({ ...everything, verdict: "errors" }, row, say));

    expect(new Set(shown.map((row) => row.says.code))).toEqual(new Set(["wire.badCrc", "wire.exception"]));
  });

  test("keeps to a function, refusals of it included, and never to that of a damaged frame", () => {
    const shown = shownBy({ called: 3 });

    expect(new Set(shown.map((row) => row.bytes.slice(0, 5)))).toEqual(new Set(["11 03", "2A 03", "2A 83"]));
    expect(shown.every((row) => row.verdict === "good")).toBe(true);
    expect(calledIn(rows)).toEqual([3]);
    expect(shownBy({ called: 16 })).toEqual([]);
    const tcp = "00 01 00 00 00 06 01 04 00 00 00 01";
    expect(calledBy({ ...(rows[0] as WireView), bytes: tcp })).toBe(4);
  });

  test("keeps to one verdict", () => {
    expect(new Set(shownBy({ verdict: "badCrc" }).map((row) => row.verdict))).toEqual(new Set(["badCrc"]));
    expect(new Set(shownBy({ verdict: "refused" }).map((row) => row.says.code))).toEqual(
      new Set(["wire.exception"]),
    );
    expect(shownBy({ verdict: "foreign" })).toEqual([]);
  });

  test("finds words, topics, and bytes with spaces or without, from a byte's beginning on", () => {
    expect(shownBy({ text: "ILLEGAL data" }).every((row) => row.says.code === "wire.exception")).toBe(true);
    expect(shownBy({ text: "nps-07/rtu" }).every((row) => row.medium === "mqtt")).toBe(true);
    expect(shownBy({ text: "08FC" })).toEqual(shownBy({ text: "08 fc" }));
    expect(shownBy({ text: "08fc" }).length).toBeGreaterThan(0);
    expect(shownBy({ text: "8fc00" })).toEqual([]);
  });

  test("hides what was there when it was cleared", () => {
    const shown = rows.filter((row) => fits({ ...everything, after: 88 }, row, say));

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
