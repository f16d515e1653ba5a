import { isBitArea } from "#domain/tag/width.ts";
import { type LooseAddress, parseLooseAddress } from "../address.ts";
import { attribute, type GatewayTag } from "../model.ts";
import { registersOf } from "../types.ts";

export interface PlacedTag {
  readonly tag: GatewayTag;
  readonly address: LooseAddress;
  /** bits of a coil area, else registers */
  readonly count: number;
}

/** One request of a round and the tags it serves. */
export interface GatewayRead {
  readonly unit: number;
  readonly area: LooseAddress["area"];
  readonly offset: number;
  readonly count: number;
  readonly tags: readonly PlacedTag[];
}

const maxDataBytes = 250;

export function placeTag(tag: GatewayTag, base: number): PlacedTag | undefined {
  const address = parseLooseAddress(tag.address, base);
  if (address === undefined) return undefined;
  const perRegister = address.stringOrder === "D" || address.stringOrder === "E";
  const count = isBitArea(address.area) ? 1 : registersOf(tag.type, address.length, perRegister);
  if (count === undefined || address.offset + count > 65_536) return undefined;
  return { tag, address, count };
}

/** The requests of one round: tags are merged only where they touch or overlap, up to 250 data bytes. */
export function planGatewayReads(tags: Iterable<GatewayTag>, base: number): readonly GatewayRead[] {
  const placed = [...tags]
    .filter((tag) => (tag.attribute & (attribute.read | attribute.subscribe)) !== 0)
    .flatMap((tag) => placeTag(tag, base) ?? [])
    .sort((a, b) => key(a).localeCompare(key(b)) || a.address.offset - b.address.offset);
  const reads: { -readonly [K in keyof GatewayRead]: GatewayRead[K] }[] = [];
  for (const next of placed) {
    const { unit, area, offset } = next.address;
    const last = reads.at(-1);
    const limit = isBitArea(area) ? maxDataBytes * 8 : maxDataBytes / 2;
    if (last?.unit === unit && last.area === area && offset <= last.offset + last.count) {
      const count = Math.max(last.count, offset + next.count - last.offset);
      if (count <= limit) {
        last.count = count;
        last.tags = [...last.tags, next];
        continue;
      }
    }
    reads.push({ unit, area, offset, count: next.count, tags: [next] });
  }
  return reads;
}

function key(placed: PlacedTag): string {
  return `${String(placed.address.unit).padStart(3, "0")} ${placed.address.area}`;
}
