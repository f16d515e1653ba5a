import type { Address, ByteOrder } from "#domain/tag/address.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import type { TagType, Value, Words } from "#domain/tag/tag.ts";
import { ordersOf, wordsOfType } from "#domain/tag/width.ts";
import { interleave, median, ratios, seeded } from "./parts/figures.ts";
import { type BenchResult, runBench } from "./parts/report.ts";

const tags = 100_000;
const types = ["int16", "uint32", "int32", "float", "double"] as const;
const ours = "Lastmile";
const first = "object and Buffer";

interface Sample {
  readonly address: Address & { readonly order: ByteOrder };
  readonly type: (typeof types)[number];
  readonly words: Words;
}

await runBench(measure);

/** Time to turn words into values, against what one writes first: a Buffer for each tag. */
async function measure(rounds: number): Promise<BenchResult> {
  const samples = makeSamples();
  const wrong = samples.filter(
    ({ words, address, type }) =>
      !Object.is(decodeValue(words, address, type), decodeWithBuffer(words, address.order, type)),
  ).length;
  const peers = [
    {
      who: ours,
      run: () => timeOf(samples, ({ words, address, type }) => decodeValue(words, address, type)),
    },
    {
      who: first,
      run: () => timeOf(samples, ({ words, address, type }) => decodeWithBuffer(words, address.order, type)),
    },
  ];
  const runs = await interleave(rounds, peers);
  const of = (who: string) => runs.get(who) ?? [];
  return {
    title: `decode: ${tags} tags of ${types.length} types in every word order`,
    method: ["Each tag's words are there already; the same words, types and orders for both, seeded."],
    series: peers.map(({ who }) => ({
      what: `${tags} values`,
      who,
      unit: "ms",
      perRound: of(who),
      ...(who === ours && { counts: { "wrong values": wrong } }),
    })),
    ratios: [{ name: `${first} / ${ours}`, perRound: ratios(of(first), of(ours)), goal: { atLeast: 15 } }],
    skipped: [],
    wrong,
  };
}

function makeSamples(): readonly Sample[] {
  const random = seeded(1);
  return Array.from({ length: tags }, (_, index) => {
    const type = types[index % types.length] as Sample["type"];
    const orders = ordersOf(type);
    const order = orders[Math.floor(random() * orders.length)] as ByteOrder;
    const words = Array.from({ length: wordsOfType[type] }, () => Math.floor(random() * 65_536));
    return { address: { unit: 1, area: "holding", offset: index & 0xffff, order }, type, words };
  });
}

function timeOf(samples: readonly Sample[], decode: (sample: Sample) => Value): number {
  const kept: Value[] = new Array(samples.length);
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    for (let i = 0; i < samples.length; i++) kept[i] = decode(samples[i] as Sample);
    return performance.now() - begun;
  });
  return median(times);
}

/** Each order as swaps of a Buffer, apart from the product's tables. */
function decodeWithBuffer(words: Words, order: ByteOrder, type: Exclude<TagType, "string" | "bytes">): Value {
  let bytes = Buffer.alloc(words.length * 2);
  for (const [index, word] of words.entries()) bytes.writeUInt16BE(word, index * 2);
  if (order === "B" || order === "BB") bytes.reverse();
  if (order === "LB") bytes.swap16();
  if (order === "BL") bytes.swap16().reverse();
  if (order === "WR") bytes = Buffer.concat([bytes.subarray(4), bytes.subarray(0, 4)]);
  if (order === "WS")
    bytes = Buffer.concat([
      bytes.subarray(2, 4),
      bytes.subarray(0, 2),
      bytes.subarray(6),
      bytes.subarray(4, 6),
    ]);
  if (type === "int16") return bytes.readInt16BE();
  if (type === "uint32") return bytes.readUInt32BE();
  if (type === "int32") return bytes.readInt32BE();
  if (type === "float") return bytes.readFloatBE();
  return bytes.readDoubleBE();
}
