import { utf8Text } from "../utf8.ts";
import { encapsulated, readDeviceIdentification, reportServerId } from "./functions.ts";

/** How a unit is asked who it is: basic device identification first, then the server id that older units have. */
export const identityRequests: readonly Uint8Array[] = [
  Uint8Array.of(encapsulated, readDeviceIdentification, 1, 0),
  Uint8Array.of(reportServerId),
];

/** The text in an identity reply: objects of FC43/14 joined by spaces, or FC17's printable bytes; empty: none. */
export function identityOf(pdu: Uint8Array): string {
  if (pdu[0] === encapsulated && pdu[1] === readDeviceIdentification) return objectsOf(pdu).join(" ");
  if (pdu[0] === reportServerId) return printable(pdu.subarray(2, 2 + (pdu[1] ?? 0)));
  return "";
}

function objectsOf(pdu: Uint8Array): readonly string[] {
  const texts: string[] = [];
  let at = 7;
  for (let left = pdu[6] ?? 0; left > 0 && at + 1 < pdu.length; left--) {
    const length = pdu[at + 1] ?? 0;
    texts.push(printable(pdu.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return texts.filter((text) => text !== "");
}

/**
 * FC17 mixes an id byte and a run state (00 or FF) with text: what cannot be printed is left out, and where the rest is
 * not UTF-8 all but ASCII.
 */
function printable(bytes: Uint8Array): string {
  const shown = bytes.filter((byte) => byte >= 0x20 && byte !== 0x7f && byte !== 0xff);
  return (utf8Text(shown) ?? utf8Text(shown.filter((byte) => byte < 0x80)) ?? "").trim();
}
