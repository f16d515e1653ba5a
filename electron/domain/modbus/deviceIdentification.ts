import { encapsulated, readDeviceIdentification } from "./functions.ts";
import { printableText } from "./printableText.ts";

/** How far an identification goes: three objects, seven, or the maker's own from 0x80 on. */
export const identificationLevels = { basic: 1, regular: 2, extended: 3 } as const;

/** One reply of a device identification, which may come in several. */
export interface IdentificationPart {
  /** what the device says it has, 1 to 3 as in `identificationLevels` */
  readonly level: number;
  /** the object to ask for next; undefined when this was the last part */
  readonly next: number | undefined;
  /** text by object id, as far as it came */
  readonly objects: ReadonlyMap<number, string>;
}

/** Asks for the objects of a level, from `objectId` on. @see MODBUS Application Protocol v1.1b3, 6.21 */
export function identificationRequest(level: number, objectId = 0): Uint8Array {
  return Uint8Array.of(encapsulated, readDeviceIdentification, level, objectId);
}

/** @returns undefined for a PDU that is no such reply */
export function parseIdentification(pdu: Uint8Array): IdentificationPart | undefined {
  if (pdu[0] !== encapsulated || pdu[1] !== readDeviceIdentification) return undefined;
  const objects = new Map<number, string>();
  let at = 7;
  for (let left = pdu[6] ?? 0; left > 0 && at + 1 < pdu.length; left--) {
    const length = pdu[at + 1] ?? 0;
    objects.set(pdu[at] ?? 0, printableText(pdu.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return { level: (pdu[3] ?? 0) & 0x7f, next: pdu[4] === 0xff ? pdu[5] : undefined, objects };
}
