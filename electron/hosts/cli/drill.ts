import type { DrillDetail } from "#contract/drillViews.ts";
import { ProblemError } from "#domain/problem.ts";
import { accountOptions, openSite, signIn, withSession } from "./session.ts";
import { type Call, done, type Verb } from "./verb.ts";

export const drill: Verb = {
  usage: "drill SITE [--by proxy|hand] [--hold SECONDS] [--cut reset|silence] [--gateway URL]",
  options: {
    ...accountOptions,
    gateway: { type: "string" },
    by: { type: "string" },
    hold: { type: "string" },
    cut: { type: "string" },
  },
  run: (call) =>
    withSession(call, {}, async (session) => {
      const by = oneOf(call, "by", ["proxy", "hand"] as const);
      const how = oneOf(call, "cut", ["reset", "silence"] as const);
      const holdSeconds = Number(call.options.hold ?? 30);
      if (!Number.isInteger(holdSeconds) || holdSeconds < 2 || holdSeconds > 7200)
        throw new ProblemError({ code: "usage", reason: "--hold takes 2 to 7200 seconds" });
      await openSite(session, call.words[0]);
      const { gateway } = call.options;
      const url =
        typeof gateway === "string"
          ? gateway
          : session.open.workbench.tables.site.get("site")?.head.gateway?.url;
      if (url && (by === "proxy" || gateway !== undefined)) await signIn(session, call, url);
      const job = await session.job(session.call("job.drill", { by, how, holdSeconds }));
      if (job.detail.kind !== "drill") throw new Error(`a drill shows ${job.detail.kind}`);
      const { outcome, cutAt, restoredAt } = job.detail;
      if (outcome) showOutcome(call, outcome);
      return done({ good: job.good, by, how, holdSeconds, cutAt, restoredAt, ...outcome }, job.good);
    }),
};

function oneOf<T extends string>(call: Call, option: string, choices: readonly [T, ...T[]]): T {
  const given = call.options[option] ?? choices[0];
  const chosen = choices.find((choice) => choice === given);
  if (chosen === undefined)
    throw new ProblemError({ code: "usage", reason: `--${option} takes ${choices.join(" or ")}` });
  return chosen;
}

function showOutcome({ terminal }: Call, outcome: NonNullable<DrillDetail["outcome"]>): void {
  const shown = (count: number | null) => (count === null ? "?" : String(count));
  terminal.table(
    ["Tag", ">Expected", ">Arrived", ">Lost", ">Twice", ">Out of order", ">Late", ">Longest s"],
    outcome.tags.map((tag) => [
      tag.key,
      shown(tag.expected),
      String(tag.arrived),
      shown(tag.lost),
      String(tag.duplicated),
      String(tag.reordered),
      String(tag.late),
      tag.late === 0 ? "" : (tag.longestLateMs / 1000).toFixed(1),
    ]),
  );
  for (const { says, advice } of outcome.findings) {
    terminal.line(terminal.phrase(says));
    if (advice) terminal.line(`  ${terminal.phrase(advice)}`);
  }
}
