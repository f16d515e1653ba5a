import { planAsNeuron } from "#domain/plan/neuronPlan.ts";
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

export function placeTag(tag: GatewayTag, base: number): PlacedTag | undefined {
  const address = parseLooseAddress(tag.address, base);
  if (address === undefined) return undefined;
  const perRegister = address.stringOrder === "D" || address.stringOrder === "E";
  const count = isBitArea(address.area) ? 1 : registersOf(tag.type, address.length, perRegister);
  if (count === undefined || address.offset + count > 65_536) return undefined;
  return { tag, address, count };
}

/** The requests of one round, as the gateway was read to make them. */
export function planGatewayReads(tags: Iterable<GatewayTag>, base: number): readonly GatewayRead[] {
  const placed = [...tags]
    .filter((tag) => (tag.attribute & (attribute.read | attribute.subscribe)) !== 0)
    .flatMap((tag) => placeTag(tag, base) ?? []);
  const spans = placed.map(({ address: { unit, area, offset }, count }) => {
    return { unit, area, offset, registers: count };
  });
  return planAsNeuron(spans).map(({ spans: places, ...read }) => ({
    ...read,
    tags: places.map((place) => placed[place] as PlacedTag),
  }));
}
