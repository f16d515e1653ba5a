/** What one call of upload.append may carry, with room to spare below the contract's limit. */
const chunkLength = 500_000;

/** A file's bytes as base64, in pieces that upload.append takes. */
export function base64Chunks(bytes: Uint8Array, length: number = chunkLength): readonly string[] {
  // Three bytes are four letters: pieces cut there put together are the base64 of the whole.
  const step = Math.floor(length / 4) * 3;
  const chunks: string[] = [];
  for (let from = 0; from < bytes.length; from += step) {
    let binary = "";
    const piece = bytes.subarray(from, from + step);
    for (let at = 0; at < piece.length; at += 8192) {
      binary += String.fromCharCode(...piece.subarray(at, at + 8192));
    }
    chunks.push(btoa(binary));
  }
  return chunks.length === 0 ? [""] : chunks;
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
