import { StringDecoder } from "node:string_decoder";
import { createInflateRaw } from "node:zlib";
import type { Unpack } from "#capabilities/unpack.ts";
import { errorCode } from "./fileFault.ts";

const bytesAPiece = 64 * 1024;

/** Unpacks on node's own threads, never further ahead than two pieces. */
export const unpack: Unpack = ({ bytes, isDeflated }) => {
  const pieces = isDeflated ? inflated(bytes) : stored(bytes);
  const decoder = new StringDecoder("utf8");
  return {
    async next() {
      try {
        const { done, value } = await pieces.next();
        return done ? { at: "end", isDamaged: false } : { at: "piece", text: decoder.write(value) };
      } catch (error) {
        if (errorCode(error)?.startsWith("Z_")) return { at: "end", isDamaged: true };
        throw error;
      }
    },
    close: async () => void (await pieces.return()),
  };
};

/** Leaving it early ends the stream too. */
async function* inflated(bytes: Uint8Array): AsyncGenerator<Buffer, void, void> {
  const stream = createInflateRaw({ chunkSize: bytesAPiece });
  stream.end(bytes);
  yield* stream;
}

async function* stored(bytes: Uint8Array): AsyncGenerator<Buffer, void, void> {
  for (let from = 0; from < bytes.length; from += bytesAPiece)
    yield Buffer.from(bytes.subarray(from, from + bytesAPiece));
}
