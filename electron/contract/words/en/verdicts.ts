import { brief, clip, given } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { neuronError } from "./replies.ts";
import { span } from "./span.ts";

type Facts = Parameters<PhraseWords["verdict.same"]>[0];
type VerdictWords = Pick<PhraseWords, Extract<keyof PhraseWords, `verdict.${string}`>>;

/** What is wrong with one tag and where, in one line. @see domain/verify/tagCheck.ts for the facts */
export const verdicts: VerdictWords = {
  "verdict.waiting": (f) => `Waiting for a value from the ${side(f)}.`,
  "verdict.same": (f) =>
    `Wire, gateway and cloud show the same value${given(f.seen, (seen) => `: ${value(seen)}`)}.`,
  "verdict.sameThroughGateway": (f) =>
    `Gateway and cloud are the same${given(f.seen, (seen) => `: ${value(seen)}`)}. The line is taken: no read of our own.`,
  "verdict.scale": (f) => `The ${side(f)} shows ${times(f.factor)} the wire${instead(f)}. Check the scale.`,
  "verdict.wordOrder": (f) => `The ${side(f)} ${order(f.order)}${instead(f)}. Check the order.`,
  "verdict.sign": (f) => `The ${side(f)} has lost the sign${instead(f)}. Check int against uint.`,
  "verdict.precision": (f) => `The ${side(f)} shows ${digits(f)}${instead(f)}. Check the precision.`,
  "verdict.stale": (f) =>
    `The ${side(f)}'s value is ${span(f.ageMs)} old${given(f.seen, (seen) => ` (${value(seen)})`)}. ${ageTry(f)}`,
  "verdict.swapped": (f) =>
    `The ${side(f)} shows the value of ${given(f.other, (other) => clip(other, 30)) || "another tag"}. Two addresses may be swapped.`,
  "verdict.unit": (f) =>
    `The ${side(f)} shows ${f.shown ?? "another unit"}, not ${f.unit ?? "the tag's unit"}${instead(f)}. Check the unit.`,
  "verdict.otherUnit": (f) =>
    `The ${side(f)} shows the value of unit ${f.other ?? "another"}${instead(f)}. Check the unit number.`,
  "verdict.topic": (f) => `The value came on another topic: ${clip(f.topic, 40)}. Check the group's topic.`,
  "verdict.publishTime": (f) =>
    `The ${side(f)} runs ${span(f.lagMs)} behind its time stamp: publish time, not the time of reading.`,
  "verdict.differs": (f) => `The ${side(f)} differs${instead(f)}; no scale, order or sign explains it.`,
  "verdict.wireSilent": (f) =>
    `Unit${given(f.unit, (unit) => ` ${unit}`)} has not answered for ${span(f.afterMs)}. Check its power and its wires.`,
  "verdict.gatewayError": (f) => `The gateway gives no value: ${error(f)}.`,
  "verdict.gatewayMissing": (f) =>
    `The gateway gave no value for ${span(f.afterMs)}. Apply the site to it first.`,
  "verdict.cloudMissing": (f) =>
    `Nothing arrived in the cloud for ${span(f.afterMs)}. Check topic and gateway's uplink.`,
  "verdict.cloudError": (f) => `An error came instead of a value: ${error(f)}.`,
};

const sides: Readonly<Record<string, string>> = { wire: "wire", gateway: "gateway", cloud: "cloud" };

function side(f: Facts): string {
  return sides[String(f.side ?? f.for)] ?? "far end";
}

function value(fact: string | number): string {
  return clip(fact, 14);
}

/** ` (2294, wire 229.4)`: what was seen there, and on the wire. */
function instead(f: Facts): string {
  if (f.seen === undefined || f.seen === "") return "";
  return ` (${value(f.seen)}${given(f.wire, (wire) => `, wire ${value(wire)}`)})`;
}

const factors: Readonly<Record<string, string>> = {
  "10": "ten times",
  "100": "a hundred times",
  "1000": "a thousand times",
  "0.1": "a tenth of",
  "0.01": "a hundredth of",
  "0.001": "a thousandth of",
};

function times(fact: string | number | undefined): string {
  const factor = Number(fact);
  if (fact === undefined || !Number.isFinite(factor) || factor === 0) return "a multiple of";
  const known = factors[brief(factor)];
  if (known !== undefined) return known;
  return Math.abs(factor) >= 1 ? `${brief(factor)} times` : `1/${brief(1 / factor)} of`;
}

const orders: Readonly<Record<string, string>> = {
  L: "does not swap bytes",
  B: "swaps the bytes",
  LL: "does not swap words",
  BL: "swaps the words",
  LB: "swaps bytes in words",
  BB: "reverses all bytes",
  WS: "swaps words in pairs",
  WR: "swaps the halves",
};

function order(fact: string | number | undefined): string {
  const known = orders[String(fact)];
  return known === undefined ? "reads the words in another order" : `${known}, order ${fact}`;
}

function digits({ digits: fact, significant }: Facts): string {
  if (significant !== undefined) return `only ${significant} digits`;
  if (Number(fact) === 0) return "no decimals";
  return Number(fact) === 1 ? "only 1 decimal" : `only ${fact ?? "some"} decimals`;
}

/** An hour is no slow line: then a clock is wrong. */
function ageTry(f: Facts): string {
  if (Number(f.ageMs) > 3_600_000) return "Check the gateway's clock.";
  return f.side === "gateway"
    ? "Check whether it still reads."
    : "Check whether the gateway still publishes.";
}

function error(f: Facts): string {
  return f.error === undefined ? "no reason given" : `${neuronError(Number(f.error))} (error ${f.error})`;
}
