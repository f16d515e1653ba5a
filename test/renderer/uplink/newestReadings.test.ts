import { expect, test } from "vitest";
import type { WireView } from "#contract/views.ts";
import { newestReadings } from "#renderer/steps/uplink/downlink/newestReadings.ts";

const message = (seq: number, at: number, more: Partial<WireView>): WireView => ({
  ...{ key: String(seq), seq, at, medium: "mqtt", line: "a/b", direction: "received", unit: null },
  ...{ says: { code: "wire.message", facts: {} }, bytes: "", verdict: "good", gapMs: 0 },
  ...more,
});
const holding = (text: string, tag = "level"): Pick<WireView, "decoded"> => ({
  decoded: { format: "values", readings: [{ device: "plc/g", tag, text, at: 5 }], more: 0, notes: [] },
});

test("each tag shows its newest value in the order in which the tags were first heard", () => {
  const rows = newestReadings(
    [
      message(1, 90, holding("old")),
      message(2, 110, holding("1")),
      message(3, 120, holding("7", "flow")),
      message(4, 130, holding("2")),
      message(5, 140, { ...holding("9", "sent"), direction: "sent" }),
      message(6, 150, {}),
    ],
    100,
  );

  expect(rows.map(({ name, text, at, format }) => [name, text, at, format])).toEqual([
    ["plc/g/level", "2", 5, "values"],
    ["plc/g/flow", "7", 5, "values"],
  ]);
});
