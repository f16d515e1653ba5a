import { describe, expect, test } from "vitest";
import { driftRows, driftText } from "#renderer/steps/gateway/driftRows.ts";
import { diff } from "#test/support/page/gatewayAnswers.ts";

const names = { read: "read", write: "write", subscribe: "on change" };
const kinds = { node: "Node", setting: "Setting", group: "Interval", tag: "Tag", subscription: "Topic" };
const side = { kind: "group", node: "plc", name: "fast", designed: "150", running: "100" } as const;

describe("drift, field by field", () => {
  test("shows of a changed tag what was changed alone, in words", () => {
    expect(driftRows(diff.rows.slice(0, 1), names)).toMatchObject([
      { field: "attribute", designed: "read + write", bundled: "read + write", running: "read" },
      { field: "address", designed: "3!400002", bundled: "3!400002", running: "3!400001" },
    ]);
  });

  test("shows a tag that is missing somewhere as one row", () => {
    expect(driftRows(diff.rows.slice(1, 2), names)).toMatchObject([
      { field: "", designed: "uint16 3!400001", bundled: "", running: "" },
    ]);
  });

  test("shows what the bundle alone has otherwise", () => {
    const rows = driftRows([{ ...side, designed: "100", bundled: "150" }], names);

    expect(rows).toMatchObject([{ designed: "100", bundled: "150", running: "100" }]);
  });

  test("gives every row a key of its own", () => {
    const keys = driftRows(diff.rows, names).map(({ key }) => key);

    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("drift as text", () => {
  test("leaves the bundle out where none was compared, and keeps a spreadsheet from running it", () => {
    const rows = driftRows([{ ...side, designed: "=1+1", bundled: null, running: 'a,"b"' }], names);

    expect(driftText(["a", "b"], rows, kinds, ",")).toBe(`a,b\r\nInterval,plc · fast,,'=1+1,"a,""b"""\r\n`);
  });

  test("keeps to its columns on the clipboard", () => {
    const rows = driftRows([{ ...side, bundled: "100", running: "a\tb\nc" }], names);

    expect(driftText([], rows, kinds, "\t").split("\r\n")[1]).toBe("Interval\tplc · fast\t\t150\t100\ta b c");
  });
});
