import { expect, test } from "vitest";
import { usualStandIn } from "#contract/standInViews.ts";
import type { JobOf } from "#renderer/client/hooks.ts";
import {
  dropsOf,
  fullness,
  payloadOf,
  standInState,
  withPayload,
} from "#renderer/steps/uplink/standin/standInModel.ts";
import { standInOffline, standInOnline, standInStopped } from "#test/support/page/standInItems.ts";

const [online, offline, stopped] = [standInOnline, standInOffline, standInStopped] as JobOf<"standin">[] as [
  JobOf<"standin">,
  JobOf<"standin">,
  JobOf<"standin">,
];

test("what was dropped is shown by reason, and reasons without any are not", () => {
  expect(dropsOf(online.detail)).toEqual([]);
  expect(dropsOf(offline.detail)).toEqual([
    { kind: "full", count: 4102 },
    { kind: "old", count: 17 },
    { kind: "large", count: 1 },
    { kind: "unkept", count: 12 },
  ]);
});

test("the bar is full at the bound, and never fuller", () => {
  const { choice } = online.detail;
  expect(fullness({ ...online.detail, bytes: 64 * 1_048_576 })).toBe(0.25);
  expect(fullness({ ...online.detail, bytes: 1e12, choice })).toBe(1);
});

test("each state has a sign and a word", () => {
  expect(standInState(online)).toEqual(["ok", "online"]);
  expect(standInState(offline)).toEqual(["warn", "waiting"]);
  expect(standInState(stopped)).toEqual(["idle", "stopped"]);
  expect(standInState({ ...online, state: "stopping" })).toEqual(["busy", "stopping"]);
  expect(standInState({ ...online, state: "failed" })).toEqual(["bad", "failed"]);
  expect(standInState({ ...online, state: "interrupted" })).toEqual(["warn", "interrupted"]);
});

test("the payload is the site's until another one is chosen", () => {
  expect(payloadOf(usualStandIn)).toBe("site");
  expect(payloadOf(withPayload(usualStandIn, "ecp"))).toBe("ecp");
  expect(withPayload(withPayload(usualStandIn, "ecp"), "site")).toEqual(usualStandIn);
});
