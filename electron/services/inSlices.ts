import type { Clock } from "#capabilities/clock.ts";
import type { Unpack, UnpackedPieces } from "#capabilities/unpack.ts";
import type { PackedText, Unpacking } from "#domain/tables/zip.ts";

/** A poll's answer or a click waits no longer than this for a table that is being read. */
const longestSliceMs = 4;

/** Runs sliced work to its end, unpacks what it asks for, and lets everything else come between. */
export async function inSlices<T>(
  work: Unpacking<T>,
  world: { readonly clock: Clock; readonly unpack: Unpack },
  signal: AbortSignal,
): Promise<T> {
  const { clock, unpack } = world;
  let open: { readonly text: PackedText; readonly pieces: UnpackedPieces } | undefined;
  let until = clock.monotonic() + longestSliceMs;
  try {
    let step = work.next();
    while (!step.done) {
      const text = step.value;
      if (text && open?.text !== text) {
        await open?.pieces.close();
        open = { text, pieces: unpack(text) };
      }
      const piece = text && (await open?.pieces.next());
      if (clock.monotonic() >= until) {
        await clock.sleep(0, signal);
        until = clock.monotonic() + longestSliceMs;
      }
      step = work.next(piece);
    }
    return step.value;
  } finally {
    await open?.pieces.close();
  }
}
