import type { Area } from "#domain/tag/address.ts";
import type { Bank } from "./bank.ts";

/** What a unit says of itself, for FC17 and FC43; a unit without one answers both with exception 1. */
export interface Identity {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  /** FC43/14 as well as FC17 */
  readonly device: boolean;
  /** further objects of FC43/14 by id: from 3 on regular ones, from 0x80 on the maker's own */
  readonly more?: Readonly<Record<number, string>>;
  /** each reply of FC43/14 holds one object, as in devices with a small buffer */
  readonly inParts?: boolean;
}

const readAreas: Readonly<Record<number, Area>> = { 1: "coil", 2: "discrete", 3: "holding", 4: "input" };

/**
 * Answers one request PDU from a unit's registers.
 *
 * @returns a response PDU; an exception: 1 unknown function, 2 unknown register, 3 a count out of range
 * @see MODBUS Application Protocol v1.1b3, 6
 */
export function answerPdu(bank: Bank, identity: Identity | undefined, pdu: Uint8Array): Uint8Array {
  const code = pdu[0] ?? 0;
  const view = new DataView(pdu.buffer, pdu.byteOffset, pdu.byteLength);
  const area = readAreas[code];
  if (area !== undefined && pdu.length === 5) return answerRead(bank, code, area, view);
  if (code === 5 && pdu.length === 5)
    return answerWrite(bank, view, "coil", [view.getUint16(3) === 0xff00 ? 1 : 0]);
  if (code === 6 && pdu.length === 5) return answerWrite(bank, view, "holding", [view.getUint16(3)]);
  if ((code === 15 || code === 16) && pdu.length >= 6) return answerWriteMany(bank, view);
  if (code === 17 && identity !== undefined) return answerServerId(identity);
  if (code === 43 && pdu[1] === 14 && identity?.device === true) return answerDeviceId(identity, pdu);
  return exception(code, 1);
}

function answerRead(bank: Bank, code: number, area: Area, view: DataView): Uint8Array {
  const count = view.getUint16(3);
  const asBits = code <= 2;
  if (count < 1 || count > (asBits ? 2000 : 125)) return exception(code, 3);
  const values = bank.read(area, view.getUint16(1), count);
  if (values === undefined) return exception(code, 2);
  const bytes = asBits ? Math.ceil(count / 8) : count * 2;
  const reply = new Uint8Array(2 + bytes);
  reply[0] = code;
  reply[1] = bytes;
  values.forEach((value, i) => {
    if (asBits) reply[2 + (i >> 3)] = (reply[2 + (i >> 3)] ?? 0) | (value << (i & 7));
    else new DataView(reply.buffer).setUint16(2 + i * 2, value & 0xffff);
  });
  return reply;
}

function answerWrite(bank: Bank, view: DataView, area: Area, values: readonly number[]): Uint8Array {
  if (!bank.write(area, view.getUint16(1), values)) return exception(view.getUint8(0), 2);
  return new Uint8Array(view.buffer, view.byteOffset, 5).slice();
}

function answerWriteMany(bank: Bank, view: DataView): Uint8Array {
  const code = view.getUint8(0);
  const count = view.getUint16(3);
  const size = code === 15 ? Math.ceil(count / 8) : count * 2;
  if (count < 1 || count > (code === 15 ? 1968 : 123) || view.byteLength !== 6 + size)
    return exception(code, 3);
  const values = Array.from({ length: count }, (_, i) =>
    code === 15 ? (view.getUint8(6 + (i >> 3)) >> (i & 7)) & 1 : view.getUint16(6 + i * 2),
  );
  return answerWrite(bank, view, code === 15 ? "coil" : "holding", values);
}

function answerServerId(identity: Identity): Uint8Array {
  const name = new TextEncoder().encode(`${identity.vendor} ${identity.product} ${identity.version}`);
  return Uint8Array.of(17, name.length + 1, ...name, 0xff);
}

/** The objects of the level that is asked for, from the one that is asked for on; an unknown one begins anew. */
function answerDeviceId(identity: Identity, pdu: Uint8Array): Uint8Array {
  const [, , level = 1, from = 0] = pdu;
  const { vendor, product, version, more = {} } = identity;
  const objects = Object.entries({ 0: vendor, 1: product, 2: version, ...more }).map(([id, value]) => ({
    id: Number(id),
    value,
  }));
  const has = Math.max(1, ...objects.map(({ id }) => levelOf(id)));
  const listed = objects.filter(({ id }) => levelOf(id) <= level);
  const start = Math.max(
    0,
    listed.findIndex(({ id }) => id === from),
  );
  const told = listed.slice(start, identity.inParts ? start + 1 : undefined);
  const next = listed[start + told.length]?.id;
  const bytes = told.flatMap(({ id, value }) => {
    const encoded = new TextEncoder().encode(value);
    return [id, encoded.length, ...encoded];
  });
  return Uint8Array.of(43, 14, level, has, next === undefined ? 0 : 0xff, next ?? 0, told.length, ...bytes);
}

function levelOf(object: number): number {
  return object >= 0x80 ? 3 : object >= 3 ? 2 : 1;
}

function exception(code: number, reason: number): Uint8Array {
  return Uint8Array.of(code | 0x80, reason);
}
