import type { CallOutput } from "#contract/contract.ts";
import { openSite, withSession } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { done, type Verb } from "./verb.ts";

export const plan: Verb = {
  usage: "plan SITE   (reads, bytes and cycle time; ends with 1 when a group cannot keep its interval)",
  options: {},
  run: (call) =>
    withSession(call, {}, async (session) => {
      await openSite(session, call.words[0]);
      const budget = await session.call("tags.plan", {});
      for (const line of budget.lines) printLine(line, call.terminal);
      return done(budget, budget.good);
    }),
};

type LineBudget = CallOutput<"tags.plan">["lines"][number];

function printLine({ name, load, gateway, own, groups, measured }: LineBudget, terminal: Terminal): void {
  const waits = measured.map(({ unit, waitMs }) => `unit ${unit} answers after ${waitMs.toFixed(0)} ms`);
  terminal.line(
    `${name}: ${(100 * load).toFixed(0)} % of the line${waits.map((wait) => ` · ${wait}`).join("")}`,
  );
  const row = (
    group: string,
    tags: string,
    interval: string,
    costs: readonly (typeof gateway)[],
    state: string,
  ) => [
    group,
    tags,
    interval,
    ...costs.flatMap(({ reads, bytes, cycleMs }) => [String(reads), String(bytes), cycleMs.toFixed(0)]),
    state,
  ];
  terminal.table(
    [
      "Group",
      ">Tags",
      ">Interval ms",
      ">Reads",
      ">Bytes",
      ">Cycle ms",
      ">Own reads",
      ">Bytes",
      ">Cycle ms",
      "State",
    ],
    [
      ...groups.map((one) =>
        row(one.group, String(one.tags), String(one.intervalMs), [one.gateway, one.own], stateOf(one)),
      ),
      row("all", "", "", [gateway, own], ""),
    ],
  );
  terminal.line("");
}

function stateOf({ state, periodMs, advice }: LineBudget["groups"][number]): string {
  if (state === "fits") return "fits";
  const { intervalMs, mostTags, baudRate } = advice ?? { intervalMs: null, mostTags: null, baudRate: null };
  const ways = [
    ...(intervalMs ? [`${intervalMs} ms`] : []),
    ...(mostTags ? [`${mostTags} tags`] : []),
    ...(baudRate ? [`${baudRate} baud`] : []),
  ];
  const would = ways.length > 0 ? `, ${ways.join(" or ")} would do` : "";
  return state === "over" ? `over: every ${periodMs.toFixed(0)} ms${would}` : `late now and then${would}`;
}
