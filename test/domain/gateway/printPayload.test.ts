import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCustomSchema } from "#domain/gateway/customPayload.ts";
import type { GroupState, TagState } from "#domain/gateway/payloadText.ts";
import { printPayload } from "#domain/gateway/printPayload.ts";
import type { Tag, TagType, Value } from "#domain/tag/tag.ts";
import { formatReport } from "#simulator/gateway/app/formats.ts";
import { showReading } from "#simulator/gateway/app/payload.ts";

const recorded = JSON.parse(
  readFileSync(new URL("../../vectors/neuron/payloads.json", import.meta.url), "utf8"),
) as readonly { readonly format: "values" | "tags"; readonly topic: string; readonly payload: string }[];

function tagOf(name: string, type: TagType, precision = 0, scale = 1): Tag {
  const place = { line: "l", group: "p1", address: { unit: 1, area: "holding", offset: 0 } } as const;
  return { ...place, name, type, access: ["read"], scale, bias: 0, precision, unit: "", description: "" };
}

const states: readonly TagState[] = [
  { tag: tagOf("temp", "float", 2), value: 123.456 },
  { tag: tagOf("count", "uint16"), value: 346 },
  { tag: tagOf("run", "bit"), value: 1 },
  { tag: tagOf("name", "string"), value: "HELLOWORLD" },
  { tag: tagOf("raw", "bytes"), value: [222, 173, 190, 239] },
  { tag: tagOf("big", "uint64"), value: 2n ** 64n - 1n },
  { tag: tagOf("i64", "int64"), value: 72623859790382856n },
  { tag: tagOf("setp", "float", 1), value: 0 },
  { tag: tagOf("badtag", "uint16"), error: 3000 },
  { tag: tagOf("dbl", "double"), value: Math.PI },
];
const group = { node: "plc3", group: "p1" };

describe("a message as the gateway prints it", () => {
  test.each(["values", "tags"] as const)("in format %s is the recorded one, byte for byte", (kind) => {
    const message = recorded.find((one) => one.format === kind && one.topic.endsWith("/p1"));
    const timestamp = Number(message?.payload.match(/"timestamp": (\d+)/)?.[1]);
    // The recorded counter had moved on between the two.
    const count = Number(message?.payload.match(/"count"(?:, "value")?: (\d+)/)?.[1]);
    const tags = states.map((one) => (one.tag.name === "count" ? { tag: one.tag, value: count } : one));

    expect(printPayload({ ...group, timestamp, tags }, { kind })).toBe(message?.payload);
  });

  const schema = `{"at": "\${timestamp}", "from": "\${node}", "site": "constructor", "good": "\${tag_values}",
    "all": "\${tags}", "bad": {"list": "\${tag_errors}", "map": "\${tag_error_values}"}, "dropped": "\${group}"}`;

  test.each(["values", "tags", "ecp", "custom"] as const)("in format %s is the virtual gateway's", (kind) => {
    const odd: readonly TagState[] = [
      { tag: tagOf("scaled", "int16", 0, 0.1), value: 23.400000000000002 },
      { tag: tagOf("far", "double", 3), value: 1.5e22 },
      { tag: tagOf("inf", "float"), value: Number.POSITIVE_INFINITY },
      { tag: tagOf("text", "string"), value: 'a "b"\n' },
      { tag: tagOf("minus", "int32"), value: -0 },
    ];
    const state: GroupState = { ...group, timestamp: 1_795_375_843_166, tags: [...states, ...odd] };
    const format = { values: 0, tags: 1, ecp: 2, custom: 3 }[kind];
    const shown = state.tags.map((one) => {
      const { name, type, precision } = one.tag;
      const code = { float: 9, double: 10, bit: 11, string: 13, bytes: 14, int16: 9 }[type as "float"] ?? 5;
      const fields = { name, precision, decimal: 0, bias: 0, attribute: 1, description: "", unit: "" };
      const gatewayTag = { ...fields, type: code, address: "" };
      const value: Value | undefined = "value" in one ? one.value : undefined;
      const wrapped = typeof value === "bigint" ? BigInt.asIntN(64, value) : value;
      const reading = { atMs: 0, ...(wrapped === undefined ? { error: 3000 } : { value: wrapped }) };
      return showReading(gatewayTag, reading as never, false);
    });
    const theirs = formatReport({ ...state, tags: shown, staticTags: {} }, format, schema);
    const read = readCustomSchema(schema);

    const ours = printPayload(
      state,
      kind === "custom" ? { kind, schema: read.ok ? read.value : {} } : { kind },
    );

    expect(ours).toBe(theirs);
  });
});

describe("a custom schema", () => {
  test.each([
    ["[]", "input.invalid"],
    ["{", "file.notJson"],
    ['{"a": 1}', "input.invalid"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the schema
    ['{"a": "${nothing}"}', "input.invalid"],
    ['{"a": {"b": {"c": {"d": ""}}}}', "input.invalid"],
    [`{"a": "${"x".repeat(128)}"}`, "input.invalid"],
  ])("that the gateway would refuse is refused: %s", (text, code) => {
    expect(readCustomSchema(text)).toMatchObject({ ok: false, problem: { code } });
  });
});
