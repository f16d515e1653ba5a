import { type AdviceDetail, advicePaths } from "#contract/adviceViews.ts";
import { ProblemError } from "#domain/problem.ts";
import { openSite, withSession } from "./session.ts";
import { type Call, done, type Outcome } from "./verb.ts";

/** Which keep-alive a path needs, what a day costs on it, and what to set. */
export function adviseUplink(call: Call, site: string | undefined): Promise<Outcome> {
  const { path: given = "own" } = call.options;
  const path = advicePaths.find((one) => one === given);
  if (path === undefined)
    throw new ProblemError({ code: "usage", reason: `--path takes ${advicePaths.join(", ")}` });
  const upToSeconds = numberOf(call, "up-to", 300, 15);
  const latestSeconds = numberOf(call, "late", 0, 0);
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    const job = await session.job(session.call("job.advice", { path, upToSeconds, latestSeconds }));
    if (job.detail.kind !== "advice") throw new Error(`an advice job shows ${job.detail.kind}`);
    const { advice } = job.detail;
    if (advice) showAdvice(call, advice);
    return done({ good: job.good, path, ...advice }, job.good);
  });
}

function numberOf(call: Call, option: string, fallback: number, least: number): number {
  const number = Number(call.options[option] ?? fallback);
  if (Number.isInteger(number) && number >= least && number <= 3600) return number;
  throw new ProblemError({ code: "usage", reason: `--${option} takes ${least} to 3600 seconds` });
}

function showAdvice({ terminal }: Call, advice: NonNullable<AdviceDetail["advice"]>): void {
  const { survivesSeconds, failsSeconds, keepAliveSeconds, qos, gatherSeconds } = advice;
  const fails = failsSeconds === null ? "and longer" : `but not ${failsSeconds} s`;
  terminal.line(`A session survives ${survivesSeconds} s of silence, ${fails}.`);
  const gather = gatherSeconds > 0 ? `, gather ${gatherSeconds} s` : "";
  terminal.line(`Keep-alive ${keepAliveSeconds} s, QoS ${qos}${gather}`);
  const names = { usual: "as usual", advised: "advised", halfSleep: "half-sleep" };
  terminal.table(
    ["A day", ">Keep-alive", ">kB", ">Wake-ups", ">Messages", ">Pings", ">New sessions"],
    advice.plans.map(({ name, keepAliveSeconds: seconds, cost }) => [
      names[name],
      seconds === null ? "–" : `${seconds} s`,
      (cost.bytes / 1000).toFixed(1),
      String(cost.wakeUps),
      String(cost.messages),
      String(cost.pings),
      String(cost.connections),
    ]),
  );
  if (advice.proved !== null)
    terminal.line(advice.proved ? "Kept alive over this path." : "Not kept alive over this path.");
  terminal.line("");
  for (const line of advice.bridge.trimEnd().split("\n")) terminal.line(line);
}
