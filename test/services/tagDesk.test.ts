import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CallInput, CallName, CallOutput } from "#contract/contract.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { composeWorkbench } from "#hosts/compose.ts";
import type { OpenWorkbench } from "#services/workbench.ts";

let folder: string;
let open: OpenWorkbench;
const signal = new AbortController().signal;

async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return (await open.workbench.handlers[name](input as never, signal)) as CallOutput<N>;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lastmile-tags-"));
  open = await composeWorkbench({ host: "cli", dataFolder: folder, resourceFolder: resolve("resources") });
  await call("site.create", { name: "North", path: [] });
  const line = {
    id: "a",
    name: "A",
    units: [],
    timeoutMs: 1000,
    kind: "tcp" as const,
    host: "127.0.0.1",
    port: 502,
  };
  await call("site.edit", { edit: { kind: "putLine", line } });
});

afterEach(async () => {
  await open.close();
  await rm(folder, { recursive: true, force: true });
});

let uploads = 0;

async function preview(
  file: string | Uint8Array,
  choice: NonNullable<CallInput<"tags.preview">["choice"]> = {},
) {
  const uploadId = `upload ${uploads++}`;
  const isText = typeof file === "string";
  const text = isText ? file : Buffer.from(file).toString("base64");
  await call("upload.append", { id: uploadId, text });
  return call("tags.preview", { uploadId, line: "a", base64: !isText, choice });
}

async function importTags(file: string | Uint8Array, choice = {}, removeMissing = false) {
  const { importId } = await preview(file, choice);
  return call("tags.import", { importId, removeMissing });
}

const tagsOf = () => [...open.workbench.tables.tags.items()].map((view) => view.tag);

describe("an imported table", () => {
  const vendor = "Nr,Messung,Reg,Art,Gain\n1,flow,100,S16,10\n2,level,101,U16,100\n";
  const choice = {
    columns: { name: "Messung", type: "Art", divisor: "Gain" },
    area: "input" as const,
    base: 0 as const,
    unitNumber: 5,
  };

  test("with columns chosen by hand is read the same way the next time, without asking", async () => {
    expect((await preview(vendor)).problems).toMatchObject([{ code: "table.columnMissing" }]);
    const first = await preview(vendor, choice);
    expect([first.good, first.header?.remembered]).toEqual([2, false]);
    await call("tags.import", { importId: first.importId });

    const next = await preview(vendor.replace("level", "depth"), { unitNumber: 6 });

    expect([next.good, next.header?.remembered, next.problems]).toEqual([2, true, []]);
    expect(next.tags.map(({ printed, tag }) => `${tag.name} ${printed} ${tag.scale}`)).toEqual([
      "flow 6!300101 0.1",
      "depth 6!300102 0.01",
    ]);
    expect(next.header?.columns).toMatchObject([
      { title: "Nr", column: null, samples: ["1", "2"] },
      { title: "Messung", column: "name" },
      { title: "Reg", column: "address", samples: ["100", "101"] },
      { title: "Art", column: "type" },
      { title: "Gain", column: "divisor" },
    ]);
  });

  test("can be looked at again with other choices, without handing it in again", async () => {
    await call("upload.append", { id: "one", text: vendor });
    const { unitNumber: _, ...unfinished } = choice;

    const asked = await call("tags.preview", { uploadId: "one", line: "a", choice: unfinished });
    const again = await call("tags.preview", { uploadId: "one", line: "a", choice });

    expect(asked.problems).toMatchObject([{ code: "table.choiceMissing", facts: { what: "unit" } }]);
    expect(again.good).toBe(2);
    await call("upload.append", { id: "one", text: "name,address,type\nflow,1!400001,INT16\n" });
    expect((await call("tags.preview", { uploadId: "one", line: "a" })).good).toBe(1);
  });
});

describe("a second import", () => {
  const table =
    "group,name,address,type,decimal,unit\ng,flow,1!400001,INT16,0.1,l/s\ng,level,1!400002,INT16,,m\n";

  beforeEach(async () => {
    await importTags(table);
  });

  test("shows what it adds, which fields it changes, and what the file does not name", async () => {
    const next = await preview(
      "group,name,address,type,decimal,unit\ng,flow,1!400009,INT16,0.2,l/s\ng,new,1!400003,INT16,,\n",
    );

    expect(next).toMatchObject({ added: 1, changed: 1, same: 0, missing: 1, missingKeys: ["a/g/level"] });
    expect(next.tags[0]).toMatchObject({ change: "changed", fields: ["address", "scale"] });
  });

  test("removes only when it is asked to, and one undo brings all back", async () => {
    const less = "group,name,address,type,decimal,unit\ng,flow,1!400001,INT16,0.5,l/s\n";
    const before = tagsOf();

    expect(await importTags(less)).toEqual({ taken: 1, removed: 0 });
    expect(tagsOf().map(tagKey)).toEqual(["a/g/flow", "a/g/level"]);
    expect(await importTags(less, {}, true)).toEqual({ taken: 1, removed: 1 });
    expect(tagsOf().map(tagKey)).toEqual(["a/g/flow"]);
    await call("site.undo", {});
    await call("site.undo", {});
    expect(tagsOf()).toEqual(before);
  });

  test("never offers to remove a tag whose row has a problem", async () => {
    expect((await preview(table.replace("1!400002", "1!4x"))).missing).toBe(0);
  });

  test("of a table without scales and units leaves those of the site alone", async () => {
    const next = await preview("group,name,address,type\ng,flow,1!400001,INT16\n");

    expect(next.tags[0]).toMatchObject({ change: "same", tag: { scale: 0.1, unit: "l/s" } });
  });
});

describe("a large import", () => {
  const rows = Array.from(
    { length: 12_000 },
    (_, at) => `g,new_${at},1!4${String(at + 100).padStart(5, "0")},INT16`,
  );
  const large = `group,name,address,type\n${rows.join("\n")}\n`;

  beforeEach(async () => {
    await importTags("group,name,address,type,unit\ng,flow,1!400001,INT16,l/s\n");
  });

  test("leaves room for edits, loses none of them, and is one step to undo", async () => {
    const { importId } = await preview(large);
    const rename = (unit: string) =>
      call("site.edit", { edit: { kind: "changeTags", changes: [{ keys: ["a/g/flow"], to: { unit } }] } });

    const taking = call("tags.import", { importId });
    await rename("m³/h");
    await expect(taking).resolves.toEqual({ taken: 12_000, removed: 0 });

    expect(tagsOf()).toHaveLength(12_001);
    expect(tagsOf().find(({ name }) => name === "flow")?.unit).toBe("m³/h");
    expect(new Set([...open.workbench.tables.tags.items()].map(({ index }) => index)).size).toBe(12_001);
    await call("site.undo", {});
    expect(tagsOf().map(({ name, unit }) => `${name} ${unit}`)).toEqual(["flow m³/h"]);
  });

  test("is taken once however often it is asked for, and never into another site", async () => {
    const { importId } = await preview(large);
    const [first, second] = await Promise.allSettled([
      call("tags.import", { importId }),
      call("tags.import", { importId }),
    ]);
    expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);

    const next = await preview(large.replaceAll("new_", "other_"));
    const taking = Promise.allSettled([call("tags.import", { importId: next.importId })]);
    await call("site.create", { name: "South", path: [] });

    await taking;
    expect(tagsOf()).toEqual([]);
    expect((await call("tags.lint", { of: "site" })).findings).toEqual([]);
  });
});

describe("an export", () => {
  test("as a spreadsheet comes back whole, and Neuron's says what it leaves behind", async () => {
    await importTags("group,name,address,type,decimal,bias,unit\ng,flow,1!400001#BL,FLOAT,0.1,5,l/s\n");
    const before = tagsOf();

    const made = await call("tags.export", { format: "xlsx" });
    const { base64 } = await call("download.read", { id: made.download, offset: 0 });
    const again = await preview(Buffer.from(base64, "base64"));

    expect(made).toMatchObject({ name: "North tags.xlsx", tags: 1, losses: [], leftOut: [] });
    expect([again.format, again.same, again.problems]).toEqual(["xlsx", 1, []]);
    expect(tagsOf()).toEqual(before);
    expect((await call("tags.export", { format: "neuron-xlsx" })).losses).toEqual([
      { field: "bias", tags: 1 },
      { field: "unit", tags: 1 },
    ]);
  });
});
