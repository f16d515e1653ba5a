import type { ByteOrder } from "#domain/tag/address.ts";
import { compileDecoder, type Decoder } from "#domain/tag/decodeBlock.ts";
import type { Tag, TagType } from "#domain/tag/tag.ts";
import { ordersOf, wordsOfType } from "#domain/tag/width.ts";
import { interleave, median, ratios, seeded } from "./parts/figures.ts";
import { type BenchResult, runBench } from "./parts/report.ts";

const tags = 100_000;
const types = ["int16", "uint32", "int32", "float", "double"] as const;
const ours = "Lastmile";
const first = "object and Buffer";

/** One reply of about a hundred registers, and the tags that it carries. */
interface Reply {
  readonly offset: number;
  readonly words: readonly number[];
  readonly places: readonly number[];
}

type Sample = Pick<Tag, "type" | "scale" | "bias"> & {
  readonly address: Tag["address"] & { readonly order: ByteOrder };
  readonly type: (typeof types)[number];
};

await runBench(measure);

/** Time to turn replies into values, against what one writes first: an object and a Buffer for each tag. */
async function measure(rounds: number): Promise<BenchResult> {
  const { samples, replies } = makeReplies();
  const decoder = compileDecoder(samples);
  const kept: number[] = new Array(samples.length);
  const arranged = replies.map((reply) => ({ ...reply, places: decoder.arranged(reply.places) }));
  const decodeOurs = () => decodeReplies(decoder, arranged);
  const decodeFirst = () => {
    for (const reply of replies) decodeWithBuffers(reply, samples, kept);
  };
  decodeOurs();
  decodeFirst();
  const wrong = kept.filter((value, place) => !Object.is(value, decoder.value(place))).length;
  const peers = [
    { who: ours, run: () => timeOf(decodeOurs) },
    { who: first, run: () => timeOf(decodeFirst) },
  ];
  const runs = await interleave(rounds, peers);
  const of = (who: string) => runs.get(who) ?? [];
  return {
    title: `decode: ${tags} tags of ${types.length} types in every word order`,
    method: [
      `The words of ${replies.length} replies are there already; the same replies, types and orders for both, seeded.`,
    ],
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

function makeReplies(): { readonly samples: readonly Sample[]; readonly replies: readonly Reply[] } {
  const random = seeded(1);
  const samples: Sample[] = [];
  const replies: Reply[] = [];
  while (samples.length < tags) {
    const places: number[] = [];
    const offset = Math.floor(random() * 60_000);
    let count = 0;
    while (count < 120 && samples.length < tags) {
      const type = types[Math.floor(random() * types.length)] as Sample["type"];
      const orders = ordersOf(type);
      const order = orders[Math.floor(random() * orders.length)] as ByteOrder;
      places.push(samples.length);
      const address = { unit: 1, area: "holding", offset: offset + count, order } as const;
      samples.push({ address, type, scale: 1, bias: 0 });
      count += wordsOfType[type];
    }
    const words = Array.from({ length: count }, () => Math.floor(random() * 65_536));
    replies.push({ offset, words, places });
  }
  return { samples, replies };
}

function decodeReplies(decoder: Decoder, replies: readonly Reply[]): void {
  for (let index = 0; index < replies.length; index++) {
    const { words, offset, places } = replies[index] as Reply;
    decoder.decode(words, offset, places);
  }
}

function timeOf(work: () => void): number {
  const times = Array.from({ length: 9 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return median(times);
}

function decodeWithBuffers(reply: Reply, samples: readonly Sample[], kept: number[]): void {
  for (const place of reply.places) {
    const { address, type } = samples[place] as Sample;
    const at = address.offset - reply.offset;
    kept[place] = decodeWithBuffer(reply.words.slice(at, at + wordsOfType[type]), address.order, type);
  }
}

/** Each order as swaps of a Buffer, apart from the product's tables. */
function decodeWithBuffer(words: readonly number[], order: ByteOrder, type: TagType): number {
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
