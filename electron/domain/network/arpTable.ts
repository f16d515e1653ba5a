/**
 * Reads which hardware address each IPv4 address of the neighbourhood has.
 *
 * @param text Linux' `/proc/net/arp`, or what `arp -a` prints on Windows, macOS and BSD, in any language
 * @returns hardware addresses as `00:1a:2b:3c:4d:5e`, by address; entries without an answer, broadcasts and
 * multicasts are left out
 */
export function parseArpTable(text: string): ReadonlyMap<string, string> {
  const neighbours = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, address, , hardware] = entry.exec(line) ?? [];
    const mac = hardware === undefined ? undefined : printMac(hardware);
    if (address !== undefined && mac !== undefined) neighbours.set(address, mac);
  }
  return neighbours;
}

/** An address, and after it six bytes in hex; macOS leaves their leading zeros out. */
const entry =
  /(?:^|[\s(])((?:\d{1,3}\.){3}\d{1,3})\)?(\s.*?)((?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2})(?:\s|$)/i;

function printMac(text: string): string | undefined {
  const bytes = text.split(/[:-]/).map((byte) => byte.toLowerCase().padStart(2, "0"));
  const isGroup = (Number.parseInt(bytes[0] ?? "", 16) & 1) === 1;
  return isGroup || bytes.every((byte) => byte === "00") ? undefined : bytes.join(":");
}
