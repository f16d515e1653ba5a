import { neuronErrorWord } from "#domain/gateway/neuronErrors.ts";
import { type PhraseCode, phrase } from "#domain/phrase.ts";
import { formatValue } from "#domain/tag/format.ts";
import type { Tag, Value } from "#domain/tag/tag.ts";
import { bracket, fitsBand, nearest, type Span } from "./band.ts";
import { causeOf } from "./cause.ts";
import { meantValue, sameValue } from "./closeness.ts";
import { tellingOrder } from "./otherOrders.ts";
import type { Seen } from "./seen.ts";
import type {
  CloudReading,
  GatewayReading,
  TagCheck,
  TagVerdict,
  VerdictState,
  WireSample,
} from "./tagCheck.ts";

/** Neuron has the tag but has not read it yet. */
const notReadYet = 3011;
/** Clocks are compared in whole seconds, and a slow line adds to an interval. */
const slackMs = 1000;

/**
 * Holds one tag's three readings against each other and names the first side that is not as the wire, and why.
 * The wire is what is true: Lastmile read it itself and checked every frame.
 */
export function judgeTag(check: TagCheck): TagVerdict {
  const wire = judgeWire(check);
  if (wire) return wire;
  const gateway = check.gateway === "notAsked" ? undefined : judgeGateway(check);
  // A cloud that has arrived wrong is worth more than a gateway still awaited, but the gateway's own fault comes first.
  if (gateway && gateway.state !== "waiting") return gateway;
  return judgeCloud(check) ?? gateway ?? same(check);
}

/** After this long without news something is wrong. */
export function patienceMs(intervalMs: number): number {
  return 3 * intervalMs + 2 * slackMs;
}

function judgeWire(check: TagCheck): TagVerdict | undefined {
  const newest = check.wire.at(-1);
  const quietMs = check.now - (newest?.at ?? check.startedAt);
  if (quietMs > patienceMs(check.intervalMs)) {
    return verdict(check, "failed", "verdict.wireSilent", {
      side: "wire",
      unit: check.tag.address.unit,
      afterMs: quietMs,
    });
  }
  return newest ? undefined : waiting(check, "wire");
}

function judgeGateway(check: TagCheck): TagVerdict | undefined {
  const reading = check.gateway === "notAsked" ? undefined : check.gateway;
  const side = "gateway";
  if (reading?.error !== undefined && !(reading.error === notReadYet && !isPatient(check))) {
    const facts = { side, error: reading.error, word: neuronErrorWord(reading.error) };
    return verdict(check, "failed", "verdict.gatewayError", facts);
  }
  const old = reading !== undefined && check.now - reading.at > patienceMs(check.intervalMs);
  if (reading?.value === undefined || old) {
    if (!isPatient(check)) return waiting(check, side);
    return verdict(check, "failed", "verdict.gatewayMissing", { side, afterMs: check.now - check.startedAt });
  }
  const before = (check.gatewayBefore ?? []).flatMap((one) =>
    one.value === undefined
      ? []
      : [{ value: meantValue(check.tag, one.value), span: gatewaySpan(check, one) }],
  );
  return judgeValue(check, reading.value, gatewaySpan(check, reading), side, before);
}

function gatewaySpan(check: TagCheck, { at }: GatewayReading): Span {
  return { from: at - 2 * check.intervalMs - slackMs, to: at };
}

function judgeCloud(check: TagCheck): TagVerdict | undefined {
  const cloud = check.cloud;
  const side = "cloud";
  if (cloud?.error !== undefined && !(cloud.error === notReadYet && !isPatient(check))) {
    const facts = { side, error: cloud.error, word: neuronErrorWord(cloud.error) };
    return verdict(check, "failed", "verdict.cloudError", facts);
  }
  if (cloud?.value === undefined) {
    if (!isPatient(check)) return waiting(check, side);
    const other = elsewhere(check);
    if (other) return other;
    return verdict(check, "failed", "verdict.cloudMissing", { side, afterMs: check.now - check.startedAt });
  }
  const taken = takenAt(check, cloud);
  const ageMs = check.now - taken;
  const onChange = check.tag.access.includes("subscribe");
  if (!onChange && ageMs > patienceMs(check.intervalMs)) {
    return verdict(check, "stale", "verdict.stale", { side, ageMs, seen: text(check.tag, cloud.value) });
  }
  const before = (check.cloudBefore ?? []).flatMap((one) =>
    one.value === undefined ? [] : [{ value: meantValue(check.tag, one.value), span: cloudSpan(check, one) }],
  );
  return judgeValue(check, cloud.value, cloudSpan(check, cloud), side, before, taken);
}

function cloudSpan(check: TagCheck, cloud: CloudReading): Span {
  const taken = takenAt(check, cloud);
  return {
    from: taken - 2 * check.intervalMs - slackMs,
    // What is published on change only holds until the next change.
    to: check.tag.access.includes("subscribe") ? check.now : taken + slackMs,
  };
}

/** The value arrived, and on a topic that is not its group's. */
function elsewhere(check: TagCheck): TagVerdict | undefined {
  const { elsewhere: other } = check;
  if (other?.value === undefined) return undefined;
  const seen = meantValue(check.tag, other.value);
  if (!fitsBand(check.tag, bracket(check.wire, cloudSpan(check, other)), seen)) return undefined;
  const facts = { side: "cloud", seen: text(check.tag, other.value), topic: other.topic };
  return verdict(check, "failed", "verdict.topic", facts);
}

/** undefined: the value is what the wire said. */
function judgeValue(
  check: TagCheck,
  given: Value,
  span: Span,
  side: "gateway" | "cloud",
  before: readonly Seen[],
  taken = span.to,
): TagVerdict | undefined {
  const seen = meantValue(check.tag, given);
  const samples = bracket(check.wire, span);
  if (fitsBand(check.tag, samples, seen) && !tellingOrder(check.tag, samples, seen)) return undefined;
  // Until the wire was read once more, a moving value may have got there in the meantime.
  if ((check.wire.at(-1)?.at ?? 0) < Math.min(taken, check.now)) return waiting(check, "wire");
  const cause = causeOf(check, seen, span, side, before);
  const state = cause.code === "verdict.stale" ? "stale" : "differs";
  const facts = {
    side,
    wire: wireText(check.tag, samples, seen),
    seen: text(check.tag, given),
    ...cause.facts,
  };
  return { ...verdict(check, state, cause.code, facts), sample: nearest(samples, seen) ?? null };
}

function same(check: TagCheck): TagVerdict {
  const cloud = check.cloud;
  if (cloud?.value === undefined) return waiting(check, "cloud");
  const seen = meantValue(check.tag, cloud.value);
  const taken = takenAt(check, cloud);
  const before = check.wire.filter((sample) => sample.at <= taken);
  const samples = bracket(before.length > 0 ? before : check.wire, {
    from: taken - 2 * check.intervalMs - slackMs,
    to: taken,
  });
  const equal = samples.findLast((sample) => sameValue(check.tag, sample.value, seen));
  const sample = equal ?? nearest(samples, seen) ?? null;
  // A read that came after the message proves the value but not how long it took.
  const latencyMs = sample && sample.at <= cloud.at ? cloud.at - sample.at : null;
  const code = sample?.by === "gateway" ? "verdict.sameThroughGateway" : "verdict.same";
  return {
    ...verdict(check, "same", code, { seen: text(check.tag, cloud.value) }),
    latencyMs,
    sample,
  };
}

/** When the gateway published, by our clock. A time that lies in the future proves a wrong clock, not a fast one. */
function takenAt(check: TagCheck, cloud: CloudReading): number {
  const taken = cloud.sampledAt - (check.skewMs ?? 0);
  return taken > cloud.at + slackMs ? cloud.at : Math.min(taken, cloud.at);
}

function isPatient(check: TagCheck): boolean {
  return check.now - check.startedAt > patienceMs(check.intervalMs);
}

function waiting(check: TagCheck, side: "wire" | "gateway" | "cloud"): TagVerdict {
  return verdict(check, "waiting", "verdict.waiting", { side });
}

function verdict(
  check: TagCheck,
  state: VerdictState,
  code: PhraseCode,
  facts: Readonly<Record<string, string | number>>,
): TagVerdict {
  const sample = check.wire.at(-1) ?? null;
  const shown = { wire: sample ? text(check.tag, sample.value) : "" };
  return { state, says: phrase(code, { ...shown, ...facts }), latencyMs: null, sample };
}

function wireText(tag: Tag, samples: readonly WireSample[], seen: Value): string {
  const sample = nearest(samples, seen);
  return sample ? text(tag, sample.value) : "";
}

function text(tag: Tag, value: Value): string {
  return formatValue(value, tag);
}
