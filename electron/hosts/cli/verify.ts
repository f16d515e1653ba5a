import type { VerifyView } from "#contract/views.ts";
import { ProblemError } from "#domain/problem.ts";
import { accountOptions, openSite, signIn, withSession } from "./session.ts";
import { proveOne } from "./stimulus.ts";
import { done, type Verb } from "./verb.ts";

export const verify: Verb = {
  usage: "verify SITE [--gateway URL] [--stimulus TAG (--value V [--yes] | --at-device)]",
  options: {
    ...accountOptions,
    gateway: { type: "string" },
    stimulus: { type: "string" },
    value: { type: "string" },
    yes: { type: "boolean" },
    "at-device": { type: "boolean" },
  },
  run: (call) =>
    withSession(call, {}, async (session) => {
      await openSite(session, call.words[0]);
      const { tables } = session.open.workbench;
      const { gateway } = call.options;
      const url = typeof gateway === "string" ? gateway : tables.site.get("site")?.head.gateway?.url;
      if (!url) throw new ProblemError({ code: "gateway.notSignedIn" });
      await signIn(session, call, url);
      if (call.options.stimulus !== undefined) return proveOne(session, call);
      const job = await session.job(session.call("job.verify", {}));
      const rows = [...tables.verify.items()].sort((a, b) => a.index - b.index);
      call.terminal.table(
        ["Tag", ">Wire", ">Gateway", ">Cloud", ">ms", "Verdict"],
        rows.map((row) => [
          row.key,
          wireOf(row),
          row.gateway?.text ?? "–",
          row.cloud?.text ?? "–",
          row.latencyMs === null ? "" : String(row.latencyMs),
          call.terminal.phrase(row.says),
        ]),
      );
      const proved = rows.filter((row) => row.verdict === "same").length;
      const skewMs = tables.gateway.get("gateway")?.skewMs ?? 0;
      call.terminal.line(`${proved} of ${rows.length} proved; the gateway's clock is ${skewMs / 1000} s off`);
      return done({ good: job.good, proved, total: rows.length, skewMs, tags: rows }, job.good);
    }),
};

/** The wire's value, and how it is known where we did not read it ourselves. */
function wireOf({ wire, wireBy }: VerifyView): string {
  if (wire === null) return "–";
  return wireBy === "read" || wireBy === null ? wire.text : `${wire.text} (${wireBy})`;
}
