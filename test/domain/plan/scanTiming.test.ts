import { expect, test } from "vitest";
import { answersToAll } from "#domain/plan/scanFindings.ts";
import { afterAnswer, afterLateAnswer, firstTiming } from "#domain/plan/scanTiming.ts";
import type { SerialLine } from "#domain/site/site.ts";

const base = { id: "line", name: "line", timeoutMs: 500, units: [] };
const serial = (baudRate: number): SerialLine => ({
  ...base,
  kind: "serial",
  port: "p",
  gatewayPort: "g",
  settings: { baudRate, parity: "even", dataBits: 8, stopBits: 1 },
});

test("a scan begins careful: 120 ms and the reply's own time at this baud rate", () => {
  expect(firstTiming(serial(19_200)).timeoutMs).toBe(125);
  expect(firstTiming(serial(1200)).timeoutMs).toBe(185);
  expect(firstTiming({ ...base, kind: "tcp", host: "h", port: 502 }).timeoutMs).toBe(500);
});

test("answers in good time change nothing, one that was nearly too late and one that was do", () => {
  const first = firstTiming(serial(19_200));

  expect(afterAnswer(first, 95)).toEqual(first);
  expect(afterAnswer(first, 110).timeoutMs).toBe(220);
  expect(afterLateAnswer(first).timeoutMs).toBe(250);
});

test("only a TCP device that answers to every one of many numbers is taken for one", () => {
  expect(answersToAll("tcp", 247, 247)).toBe(true);
  expect(answersToAll("tcp", 247, 246)).toBe(false);
  expect(answersToAll("tcp", 3, 3)).toBe(false);
  expect(answersToAll("serial", 247, 247)).toBe(false);
});

test("no unit is waited for longer than the most, and never less than before", () => {
  let timing = firstTiming(serial(19_200));
  for (let late = 0; late < 9; late++) timing = afterLateAnswer(timing);

  expect(timing.timeoutMs).toBe(1000);
  expect(afterAnswer(timing, 900).timeoutMs).toBe(1000);
});
