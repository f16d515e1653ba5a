import { brief, clip, given } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { neuronError } from "./replies.ts";
import { span } from "./span.ts";

type Facts = Parameters<PhraseWords["verdict.same"]>[0];
type VerdictWords = Pick<PhraseWords, Extract<keyof PhraseWords, `verdict.${string}`>>;

/** What is wrong with one tag and where, in one line. @see domain/verify/tagCheck.ts for the facts */
export const verdicts: VerdictWords = {
  "verdict.waiting": (f) => `正在等待${side(f)}的数值。`,
  "verdict.same": (f) => `线路、网关和云端三处一致${given(f.seen, (seen) => `：${value(seen)}`)}。`,
  "verdict.sameThroughGateway": (f) =>
    `网关和云端一致${given(f.seen, (seen) => `：${value(seen)}`)}。线路被占用，未能自行读取。`,
  "verdict.scale": (f) => `${side(f)}的值是线路的 ${times(f.factor)}${instead(f)}。请检查缩放系数。`,
  "verdict.wordOrder": (f) => `${side(f)}${order(f.order)}${instead(f)}。请检查字节序。`,
  "verdict.sign": (f) => `${side(f)}的值符号丢失${instead(f)}。请核对有符号与无符号类型。`,
  "verdict.precision": (f) => `${side(f)}的值${digits(f)}${instead(f)}。请检查精度。`,
  "verdict.stale": (f) =>
    `${side(f)}的值是 ${span(f.ageMs)}前的${given(f.seen, (seen) => `（${value(seen)}）`)}。${ageTry(f)}`,
  "verdict.swapped": (f) =>
    `${side(f)}显示的是${given(f.other, (other) => ` ${clip(other, 30)} `) || "另一个标签"}的值，两个地址可能互换了。`,
  "verdict.unit": (f) =>
    `${side(f)}的单位是 ${f.shown ?? "另一单位"}，而不是 ${f.unit ?? "标签的单位"}${instead(f)}。请检查单位。`,
  "verdict.otherUnit": (f) =>
    `${side(f)}显示的是从站 ${f.other ?? "另一从站"} 的值${instead(f)}。请检查从站地址。`,
  "verdict.topic": (f) => `数值发到了另一个主题：${clip(f.topic, 40)}。请检查组的主题。`,
  "verdict.publishTime": (f) =>
    `${side(f)}的值比其时间戳滞后 ${span(f.lagMs)}：时间戳是发布时间，不是采样时间。`,
  "verdict.differs": (f) => `${side(f)}的值不一致${instead(f)}，缩放、字序和符号都不能解释。`,
  "verdict.wireSilent": (f) =>
    `从站${given(f.unit, (unit) => ` ${unit} `)}已有 ${span(f.afterMs)}没有应答。请检查电源和接线。`,
  "verdict.gatewayError": (f) => `网关没有给出数值：${error(f)}。`,
  "verdict.gatewayMissing": (f) => `网关 ${span(f.afterMs)}没有给出数值。请先下发站点配置。`,
  "verdict.cloudMissing": (f) => `云端 ${span(f.afterMs)}没有收到数据。请检查主题和网关上行。`,
  "verdict.cloudError": (f) => `云端收到的是错误而不是数值：${error(f)}。`,
};

const sides: Readonly<Record<string, string>> = { wire: "线路", gateway: "网关", cloud: "云端" };

function side(f: Facts): string {
  return sides[String(f.side ?? f.for)] ?? "远端";
}

function value(fact: string | number): string {
  return clip(fact, 14);
}

/** `（2294，线路 229.4）`: what was seen there, and on the wire. */
function instead(f: Facts): string {
  if (f.seen === undefined || f.seen === "") return "";
  return `（${value(f.seen)}${given(f.wire, (wire) => `，线路 ${value(wire)}`)}）`;
}

function times(fact: string | number | undefined): string {
  const factor = Number(fact);
  if (fact === undefined || !Number.isFinite(factor) || factor === 0) return "若干倍";
  return Math.abs(factor) >= 1 ? `${brief(factor)} 倍` : `1/${brief(1 / factor)}`;
}

const orders: Readonly<Record<string, string>> = {
  L: "没有交换字节",
  B: "交换了字节",
  LL: "没有交换字序",
  BL: "颠倒了字序",
  LB: "交换了每个字内的字节",
  BB: "把全部字节颠倒",
  WS: "两两交换了字",
  WR: "交换了前后两半",
};

function order(fact: string | number | undefined): string {
  const known = orders[String(fact)];
  return known === undefined ? "用了另一种字序" : `${known}，按 ${fact} 读取`;
}

function digits({ digits: fact, significant }: Facts): string {
  if (significant !== undefined) return `只剩 ${significant} 位有效数字`;
  return Number(fact) === 0 ? "没有小数" : `只剩 ${fact ?? "几"} 位小数`;
}

/** An hour is no slow line: then a clock is wrong. */
function ageTry(f: Facts): string {
  if (Number(f.ageMs) > 3_600_000) return "请检查网关时钟。";
  return f.side === "gateway" ? "请检查网关是否仍在采集。" : "请检查网关是否仍在上报。";
}

function error(f: Facts): string {
  return f.error === undefined ? "未说明原因" : `${neuronError(Number(f.error))}（错误 ${f.error}）`;
}
