import { afterEach, beforeEach, expect, test } from "vitest";
import { openEkuiper, type VirtualEkuiper } from "#simulator/ekuiper/ekuiper.ts";

let ekuiper: VirtualEkuiper;
beforeEach(async () => {
  ekuiper = await openEkuiper("127.0.0.1", 0);
});
afterEach(() => ekuiper.close());

async function ask(call: string, body?: unknown) {
  const [method = "", path = ""] = call.split(" ");
  const reply = await fetch(`http://127.0.0.1:${ekuiper.port}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = (await reply.text()).trim();
  return { status: reply.status, answer: /^[[{]/.test(text) ? JSON.parse(text) : text };
}

const stream = { sql: 'CREATE STREAM demo () WITH (FORMAT="json")' };
const rule = { id: "r1", sql: "SELECT * FROM demo", actions: [{ log: {} }] };
const ruleset = (streams: object, rules: object) => ({
  content: JSON.stringify({ streams, tables: {}, rules }),
});

/** What eKuiper's own documents and source say of each call, in an order in which one leads to the next. */
test.each<
  readonly [string, readonly (readonly [call: string, body: unknown, status: number, answer: unknown])[]]
>([
  [
    "streams: 201 with a line of text, 400 for one that is there, 404 for one that is not",
    [
      ["GET /ping", undefined, 200, ""],
      ["GET /", undefined, 200, expect.objectContaining({ os: "linux", upTimeSeconds: 0 })],
      ["POST /streams", stream, 201, "Stream demo is created."],
      ["POST /streams", stream, 400, expect.objectContaining({ error: expect.any(Number) })],
      ["GET /streams", undefined, 200, ["demo"]],
      ["PUT /streams/demo", { sql: stream.sql.replace("json", "binary") }, 200, "Stream demo is replaced."],
      ["DELETE /streams/demo", undefined, 200, "Stream demo is dropped."],
      ["DELETE /streams/demo", undefined, 404, expect.objectContaining({ error: 1002 })],
    ],
  ],
  [
    "rules: PUT makes one that is not there, POST does not make one that is",
    [
      ["POST /streams", stream, 201, expect.any(String)],
      ["PUT /rules/r1", rule, 200, "Rule r1 was updated successfully."],
      [
        "POST /rules",
        rule,
        400,
        expect.objectContaining({ message: expect.stringContaining("already exists") }),
      ],
      ["GET /rules", undefined, 200, [expect.objectContaining({ id: "r1", status: "running" })]],
      ["POST /rules/r1/stop", undefined, 200, "Rule r1 was stopped."],
      ["GET /rules/r1/status", undefined, 200, expect.objectContaining({ status: "stopped" })],
      ["POST /rules/r1/start", undefined, 200, "Rule r1 was started"],
      [
        "GET /rules/r1",
        undefined,
        200,
        expect.objectContaining({ options: expect.objectContaining({ qos: 0 }) }),
      ],
      ["POST /rules/validate", { ...rule, sql: "nonsense" }, 422, expect.objectContaining({ error: 2001 })],
      ["GET /rules/none", undefined, 404, expect.objectContaining({ error: 1002 })],
    ],
  ],
  [
    "a rule whose stream is not there is made all the same, and its status says why it does not run",
    [
      ["POST /rules", rule, 201, "Rule r1 was created successfully."],
      [
        "GET /rules",
        undefined,
        200,
        [expect.objectContaining({ status: expect.stringMatching(/^stopped by error/) })],
      ],
    ],
  ],
  [
    "a rule set is imported beside what is there, which stays as it is",
    [
      ["POST /streams", stream, 201, expect.any(String)],
      [
        "POST /ruleset/import",
        ruleset({ demo: "CREATE STREAM demo () WITH ()" }, { r1: JSON.stringify(rule) }),
        200,
        "",
      ],
      ["POST /ruleset/export", undefined, 200, expect.objectContaining({ streams: { demo: stream.sql } })],
    ],
  ],
  [
    "an import of all data takes everything away first, unless it is partial",
    [
      ["POST /streams", stream, 201, expect.any(String)],
      [
        "POST /data/import?partial=1",
        ruleset({ two: "CREATE STREAM two () WITH ()" }, {}),
        200,
        expect.any(Object),
      ],
      ["GET /streams", undefined, 200, ["demo", "two"]],
      [
        "POST /data/import",
        ruleset({ three: "CREATE STREAM three () WITH ()" }, {}),
        200,
        expect.any(Object),
      ],
      ["GET /streams", undefined, 200, ["three"]],
    ],
  ],
])("%s", async (_name, exchanges) => {
  for (const [call, body, status, answer] of exchanges) {
    expect({ call, ...(await ask(call, body)) }).toEqual({ call, status, answer });
  }
});

test("what it keeps survives its end", async () => {
  await ask("POST /streams", stream);

  ekuiper.kill();
  await expect(ask("GET /streams")).rejects.toThrow();
  ekuiper.start();

  expect((await ask("GET /streams")).answer).toEqual(["demo"]);
});
