import { expect, test } from "vitest";
import { TcpDepth } from "#adapters/modbus/tcpDepth.ts";

/**
 * A device on a clock of its own: it answers `latencyMs` after a request at the earliest, and `serviceMs` after its
 * last answer. As much is asked at once as may be, for `ms`.
 *
 * @returns answers a second
 */
function ask(depth: TcpDepth, device: { latencyMs: number; serviceMs: number }, from: number, ms: number) {
  const dues: { readonly sentAt: number; readonly at: number }[] = [];
  let now = from;
  let free = from;
  let answers = 0;
  while (now < from + ms) {
    while (dues.length < depth.atOnce) {
      free = Math.max(now + device.latencyMs + device.serviceMs, free + device.serviceMs);
      dues.push({ sentAt: now, at: free });
    }
    depth.sent(dues.length, now);
    const { sentAt, at } = dues.shift() ?? { sentAt: now, at: now };
    now = at;
    answers += 1;
    depth.answered(1, dues.length === 0, now - sentAt, 1000, now);
  }
  return (answers * 1000) / ms;
}

test.each([
  ["5 ms away and busy for 0.5 ms with each", { latencyMs: 5, serviceMs: 0.5 }, 16, 2000],
  ["20 ms away and busy for 0.5 ms with each", { latencyMs: 20, serviceMs: 0.5 }, 16, 16 / 0.0205],
  ["2 ms away and busy for 2 ms with each", { latencyMs: 2, serviceMs: 2 }, 4, 500],
  ["that takes one after the other", { latencyMs: 0, serviceMs: 5 }, 1, 200],
])("a device %s is soon asked as many as make it faster, not more", (_, device, atOnce, perSecond) => {
  const depth = new TcpDepth();
  ask(depth, device, 0, 1000);
  // Now and then it looks whether more has become worth it, so this is about what it does most of the time.
  const atOnceLater = Array.from({ length: 100 }, (_, i) => {
    ask(depth, device, 1000 + i * 30, 30);
    return depth.atOnce;
  }).sort((a, b) => a - b);

  expect(atOnceLater[50]).toBe(atOnce);
  expect(ask(depth, device, 4000, 1000)).toBeGreaterThan(perSecond * 0.9);
});

test("a slow device is not asked several: the last would come too near the time-out", () => {
  const depth = new TcpDepth();

  ask(depth, { latencyMs: 200, serviceMs: 1 }, 0, 20_000);

  expect(depth.atOnce).toBe(1);
});

test("many refusals for being busy count once", () => {
  const depth = new TcpDepth();
  ask(depth, { latencyMs: 5, serviceMs: 0.5 }, 0, 1000);

  for (let i = 0; i < 10; i += 1) depth.refused(16);

  expect(depth.atOnce).toBe(8);
  ask(depth, { latencyMs: 5, serviceMs: 0.5 }, 1000, 2000);
  expect(depth.atOnce).toBe(8);
});

test("a unit's silence beside others counts against their number only when it answers alone", () => {
  const died = new TcpDepth();
  const overrun = new TcpDepth();
  for (const depth of [died, overrun]) {
    ask(depth, { latencyMs: 5, serviceMs: 0.5 }, 0, 1000);
    depth.missed(1);
    expect(depth.atOnce).toBe(1);
  }

  died.silentAlone(1);
  overrun.answered(1, true, 5, 1000, 2000);
  ask(overrun, { latencyMs: 5, serviceMs: 0.5 }, 2000, 2000);

  expect([died.atOnce, died.isSilent(1)]).toEqual([16, true]);
  expect([overrun.atOnce, overrun.isSilent(1)]).toEqual([1, false]);
});
