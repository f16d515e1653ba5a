import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPayload } from "#domain/gateway/payload.ts";

interface Recorded {
  readonly format: "values" | "tags";
  readonly topic: string;
  readonly payload: string;
}

const recorded = JSON.parse(
  readFileSync(new URL("../../vectors/neuron/payloads.json", import.meta.url), "utf8"),
) as readonly Recorded[];

describe("a message of the gateway", () => {
  test.each(["values", "tags"] as const)(
    "in format %s gives each tag its value or error, exactly",
    (format) => {
      const payload =
        recorded.find((one) => one.format === format && one.topic.endsWith("/p1"))?.payload ?? "";

      const message = readPayload(payload, format);

      expect(message.ok && [message.value.node, message.value.group]).toEqual(["plc3", "p1"]);
      const values = message.ok ? message.value.values : new Map();
      expect(values.get("temp")).toEqual({ value: 123.46 });
      expect(values.get("i64")).toEqual({ value: 72623859790382856n });
      expect(values.get("big")).toEqual({ value: -1 });
      expect(values.get("raw")).toEqual({ value: [222, 173, 190, 239] });
      expect(values.get("name")).toEqual({ value: "HELLOWORLD" });
      expect(values.get("badtag")).toEqual({ error: 3000 });
      expect(values.size).toBe(10);
    },
  );

  test("leaves out a tag without value and error, as infinity is sent", () => {
    const text = '{"node":"n","group":"g","timestamp":1,"tags":[{"name":"inf"},{"name":"a","value":1}]}';

    const message = readPayload(text, "tags");

    expect(message.ok && [...message.value.values.keys()]).toEqual(["a"]);
  });

  test.each([
    ["not JSON", "file.notJson"],
    ["[]", "input.invalid"],
    ['{"node":"n","group":"g","timestamp":"1","values":{}}', "input.invalid"],
    ['{"node":"n","group":"g","timestamp":1,"tags":[]}', "input.invalid"],
    ['{"node":"n","group":"g","timestamp":1,"values":[]}', "input.invalid"],
  ])("refuses %s", (text, code) => {
    expect(readPayload(text, "values")).toMatchObject({ ok: false, problem: { code } });
  });
});
