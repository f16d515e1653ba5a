import { encode } from "cborg";
import { expect, test } from "vitest";
import { payloadDecoder } from "#domain/payload/payloadDecoder.ts";
import { payloadFormats } from "#domain/payload/reading.ts";
import { encoded, variable } from "./messages.ts";

/** The same numbers for a seed; 0 up to 1. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const topics = ["a/b", "spBv1.0/g/NBIRTH/n", "spBv1.0/g/DDATA/n/d", "/neuron/uplink/plc/g"];
const schema = JSON.stringify({ a: variable("tag_values"), b: { c: variable("tags") } });
const decoders = [undefined, ...payloadFormats].map((format) => {
  const decoder = payloadDecoder(format === undefined ? { schema } : { format, schema });
  if (!decoder.ok) throw new Error(decoder.problem.code);
  return decoder.value;
});

test("a million random bytes never throw, whatever they are taken for", () => {
  const next = random(1);
  let given = 0;
  let turn = 0;
  while (given < 1_000_000) {
    const bytes = Uint8Array.from({ length: Math.floor(next() ** 3 * 300) }, () => Math.floor(next() * 256));
    given += Math.max(1, bytes.length);
    const decode = decoders[turn++ % decoders.length];
    expect(decode?.(topics[turn % topics.length] ?? "", bytes).ok).toBeTypeOf("boolean");
  }
});

test("good messages with a few bytes changed, cut or doubled never throw", () => {
  const next = random(2);
  const metrics = [
    {
      name: "a",
      alias: 1,
      datatype: 16,
      set: { columns: ["x"], types: [3], rows: [{ elements: [{ int: 1 }] }] },
    },
  ];
  const good = [
    encoded("Payload", { timestamp: 1, seq: 0, metrics }),
    encoded("Report", { node: "n", group: "g", timestamp: 1, tags: [{ name: "a", value: { real: 1 } }] }),
    encode({ a: [1, { b: "text" }], t: 1.5, big: 2n ** 63n }),
    new TextEncoder().encode('{"node":"n","group":"g","timestamp":1,"values":{"a":1.5},"errors":{"b":3000}}'),
  ];
  for (let run = 0; run < 20_000; run++) {
    const start = good[run % good.length] ?? new Uint8Array();
    const changed = Uint8Array.from(start);
    for (let spoilt = 0; spoilt < 3; spoilt++)
      changed[Math.floor(next() * changed.length)] = Math.floor(next() * 256);
    const bytes = next() < 0.3 ? changed.subarray(0, Math.floor(next() * changed.length)) : changed;
    for (const decode of decoders) expect(decode(topics[run % 4] ?? "", bytes).ok).toBeTypeOf("boolean");
  }
});

test("nesting, sizes and names that no publisher sends are refused or cut, and take little time", () => {
  const deepCbor = new Uint8Array(100_000).fill(0x81);
  const hugeArray = new Uint8Array([0x9b, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff]);
  const deepJson = new TextEncoder().encode("[".repeat(100_000));
  const proto = new TextEncoder().encode('{"__proto__":{"x":1},"constructor":2}');
  const startedAt = performance.now();
  for (const bytes of [deepCbor, hugeArray, deepJson, proto])
    for (const decode of decoders) decode("spBv1.0/g/NDATA/n", bytes);
  const [any] = decoders;

  expect(any?.("a", proto)).toMatchObject({
    ok: true,
    value: {
      readings: [
        { tag: "__proto__.x", value: 1 },
        { tag: "constructor", value: 2 },
      ],
    },
  });
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
