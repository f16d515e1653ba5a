import type { Phrase } from "#domain/phrase.ts";
import type { Tag, Value, Words } from "#domain/tag/tag.ts";

/** One read of the tag on its line. */
export interface WireSample {
  /** laptop's clock, ms since 1970 */
  readonly at: number;
  /** as a person reads it: with the tag's scale and bias */
  readonly value: Value;
  /** as they came over the wire */
  readonly words: Words;
}

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

/** Everything known of one tag at one moment. */
export interface TagCheck {
  readonly tag: Tag;
  /** recent reads, newest last; keep at least four intervals of them */
  readonly wire: readonly WireSample[];
  /** undefined: asked, but the gateway has not named the tag; "notAsked": there is no gateway to ask */
  readonly gateway: GatewayReading | undefined | "notAsked";
  readonly cloud: CloudReading | undefined;
  /** newest values of other tags on the wire, to find two that were swapped */
  readonly others?: readonly { readonly name: string; readonly value: Value }[];
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
 * | verdict.precision | digits: decimals that are left |
 * | verdict.stale | ageMs |
 * | verdict.swapped | other: name of the tag whose value it is |
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
