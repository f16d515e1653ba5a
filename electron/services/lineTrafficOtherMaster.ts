import type { Frame } from "#capabilities/line.ts";
import { type HearState, hear, heardNothing, type Learned } from "#domain/modbus/judge.ts";

/** What is known of a master that is not us: its frames counted, the units it speaks of, the read it waits for. */
export interface OtherMaster {
  readonly frames: number;
  readonly units: readonly number[];
  readonly exchange: HearState;
}

export const noOtherMaster: OtherMaster = { frames: 0, units: [], exchange: heardNothing };

/** @param frame CRC-valid, so that its first byte is a unit and its last two are the checksum */
export function hearOtherMaster(
  other: OtherMaster,
  frame: Frame,
): { readonly other: OtherMaster; readonly learned: Learned | undefined } {
  const unit = frame.bytes[0] ?? 0;
  const { state, learned } = hear(other.exchange, { unit, pdu: frame.bytes.slice(1, -2) });
  const units = other.units.includes(unit) ? other.units : [...other.units, unit].sort((a, b) => a - b);
  return { other: { frames: other.frames + 1, units, exchange: state }, learned };
}
