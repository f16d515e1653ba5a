import { utf8Text } from "../utf8.ts";

/**
 * The text in bytes that devices mix with an id byte, a run state (00 or FF) or padding: what cannot be printed is left
 * out, and where the rest is not UTF-8 all but ASCII.
 */
export function printableText(bytes: Uint8Array): string {
  const shown = bytes.filter((byte) => byte >= 0x20 && byte !== 0x7f && byte !== 0xff);
  return (utf8Text(shown) ?? utf8Text(shown.filter((byte) => byte < 0x80)) ?? "").trim();
}
