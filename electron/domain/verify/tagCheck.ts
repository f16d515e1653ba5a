import type { Phrase } from "#domain/phrase.ts";
import type { Tag, Value, Words } from "#domain/tag/tag.ts";

/** One read of the tag on its line. */
export interface WireSample {
  /** laptop's clock, ms since 1970 */
  readonly at: number;
  /** as a person reads it: with the tag's scale and bias */
  readonly value: Value;
  /** as they came over the wire; none where the gateway told the value */
  readonly words: Words;
  readonly by?: WireTruth;
}

/** How the wire's value is known: read by us, heard in another master's poll, or told by the gateway. */
export const wireTruths = ["read", "learned", "gateway"] as const;
export type WireTruth = (typeof wireTruths)[number];

/** What the gateway answered when it was asked. Neither value nor error: it has the tag but says nothing of it. */
export interface GatewayReading {
  readonly at: number;
  readonly value?: Value;
  /** Neuron's error number */
  readonly error?: number;
}

/** What arrived at the far end. */
export interface CloudReading {
  /** arrival, laptop's clock */
  readonly at: number;
  /** the message's own timestamp, gateway's clock */
  readonly sampledAt: number;
  readonly value?: Value;
  readonly error?: number;
}

/** Another tag of the site, whose value this one may show. */
export interface OtherTag {
  readonly tag: Tag;
  readonly wire: readonly WireSample[];
  /** what the far ends show of it: where two tags show each other's value they were swapped */
  readonly gateway?: Value | undefined;
  readonly cloud?: Value | undefined;
}

/** Everything known of one tag at one moment. */
export interface TagCheck {
  readonly tag: Tag;
  /** recent reads, newest last; keep at least four intervals of them */
  readonly wire: readonly WireSample[];
  /** undefined: asked, but the gateway has not named the tag; "notAsked": there is no gateway to ask */
  readonly gateway: GatewayReading | undefined | "notAsked";
  readonly cloud: CloudReading | undefined;
  /** earlier answers and arrivals of this attempt, oldest first: what explains one value must explain them all */
  readonly gatewayBefore?: readonly GatewayReading[];
  readonly cloudBefore?: readonly CloudReading[];
  /** its value as it arrived on another topic */
  readonly elsewhere?: (CloudReading & { readonly topic: string }) | undefined;
  /** the other tags, to find whose value this is */
  readonly others?: readonly OtherTag[];
  readonly now: number;
  /** when this attempt began: before it is patient enough, what is missing is awaited */
  readonly startedAt: number;
  /** the group's interval */
  readonly intervalMs: number;
  /** gateway's clock minus ours; whole seconds only, 0 when unknown */
  readonly skewMs?: number;
}

export type VerdictState = "waiting" | "same" | "differs" | "stale" | "failed";

/**
 * The judgement on one tag. `says.facts.side` is "wire", "gateway" or "cloud": where the fault lies, or what is
 * awaited; the first place that is not as the wire. Readings are texts, as people see them.
 *
 * | code | facts beside side, wire and (where there is one) seen |
 * | --- | --- |
 * | verdict.waiting | |
 * | verdict.same | |
 * | verdict.scale | factor: seen = wire × factor |
 * | verdict.wordOrder | order: the one that was used instead |
 * | verdict.sign | |
 * | verdict.precision | digits: decimals that are left; or significant: digits in all |
 * | verdict.stale | ageMs |
 * | verdict.publishTime | lagMs: the value moves, always so much later than its time says |
 * | verdict.unit | unit: the tag's, shown: the one that the value is in |
 * | verdict.otherUnit | other: number of the unit whose value it is |
 * | verdict.swapped | other: name of the tag whose value it is |
 * | verdict.topic | topic: where the value came instead |
 * | verdict.sameThroughGateway | |
 * | verdict.differs | |
 * | verdict.wireSilent | unit, afterMs |
 * | verdict.gatewayMissing, verdict.cloudMissing | afterMs |
 * | verdict.gatewayError, verdict.cloudError | error (Neuron's number), word |
 */
export interface TagVerdict {
  readonly state: VerdictState;
  readonly says: Phrase;
  /** from the read on the wire to the arrival in the cloud; null while no read came before the message */
  readonly latencyMs: number | null;
  /** the read that the far end was held against; the newest where none fits */
  readonly sample: WireSample | null;
}
