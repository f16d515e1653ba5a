import type { Sliced } from "#domain/sliced.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "windows-1252";

const bytesASlice = 256 * 1024;

/**
 * The text of a table's file, whatever wrote it. UTF-16 is known by its mark or its zeros; what is not UTF-8 is
 * GB 18030, as spreadsheets on Chinese systems save, or Windows-1252 where its high bytes stand alone, as in °C and ü.
 * In a file put together from two encodings the fewer lines get U+FFFD, which no row with it survives.
 */
export function* decodeText(
  bytes: Uint8Array,
  asked?: Encoding,
): Sliced<{ readonly text: string; readonly encoding: Encoding }> {
  if (asked) return { text: yield* decode(bytes, asked, false), encoding: asked };
  const wide = wideEncoding(bytes);
  if (wide) return { text: yield* decode(bytes, wide, false), encoding: wide };
  try {
    return { text: yield* decode(bytes, "utf-8", true), encoding: "utf-8" };
  } catch {
    const encoding = yield* oldEncoding(bytes);
    return { text: yield* decode(bytes, encoding, false), encoding };
  }
}

function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < head.length / 8) return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

function* decode(bytes: Uint8Array, encoding: Encoding, fatal: boolean): Sliced<string> {
  const decoder = new TextDecoder(encoding, { fatal });
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += bytesASlice) {
    parts.push(decoder.decode(bytes.subarray(from, from + bytesASlice), { stream: true }));
    yield;
  }
  parts.push(decoder.decode());
  return parts.join("");
}

/** Line by line: how many are UTF-8, pairs of high bytes, or high bytes alone. */
function* oldEncoding(bytes: Uint8Array): Sliced<Encoding> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const lines = { "utf-8": 0, gb18030: 0, "windows-1252": 0 };
  let from = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 10) continue;
    const line = bytes.subarray(from, at);
    from = at + 1;
    if (line.some((byte) => byte > 127)) lines[encodingOfLine(line, strict)] += 1;
    if ((lines["utf-8"] + lines.gb18030) % 500 === 499) yield;
  }
  if (lines["utf-8"] > lines.gb18030 + lines["windows-1252"]) return "utf-8";
  return lines["windows-1252"] > lines.gb18030 ? "windows-1252" : "gb18030";
}

function encodingOfLine(line: Uint8Array, strict: TextDecoder): "utf-8" | "gb18030" | "windows-1252" {
  try {
    strict.decode(line);
    return "utf-8";
  } catch {
    let pairs = 0;
    let alone = 0;
    for (let at = 0; at < line.length; at++) {
      if ((line[at] ?? 0) < 0x81) continue;
      if ((line[at + 1] ?? 0) >= 0xa1) {
        pairs += 1;
        at += 1;
      } else alone += 1;
    }
    return alone > pairs ? "windows-1252" : "gb18030";
  }
}
