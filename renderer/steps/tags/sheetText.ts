/** What one call of upload.append may carry, with room to spare below the contract's limit. */
const chunkLength = 500_000;

/**
 * The text of a table's file, whatever wrote it: UTF-8 and UTF-16 with or without a mark, else GB 18030, which is
 * what spreadsheets on Chinese systems save.
 */
export function decodeSheet(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The text in pieces that upload.append takes, never cut between the halves of one character. */
export function chunksOf(text: string, length: number = chunkLength): readonly string[] {
  const chunks: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(from + length, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    chunks.push(text.slice(from, to));
    from = to;
  }
  return chunks;
}

/** Whether pasted text is a table (several cells or rows) and not a word for a field. */
export function looksLikeSheet(text: string): boolean {
  return text.includes("\t") || /\n.*\S/.test(text.trim());
}
