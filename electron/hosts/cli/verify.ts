import { ProblemError } from "#domain/problem.ts";
import { accountOptions, openSite, signIn, withSession } from "./session.ts";
import { done, type Verb } from "./verb.ts";

export const verify: Verb = {
  usage: "verify SITE [--gateway URL]",
  options: { ...accountOptions, gateway: { type: "string" } },
  run: (call) =>
    withSession(call, {}, async (session) => {
      await openSite(session, call.words[0]);
      const { tables } = session.open.workbench;
      const { gateway } = call.options;
      const url = typeof gateway === "string" ? gateway : tables.site.get("site")?.head.gateway?.url;
      if (!url) throw new ProblemError({ code: "gateway.notSignedIn" });
      await signIn(session, call, url);
      const job = await session.job(session.call("job.verify", {}));
      const rows = [...tables.verify.items()].sort((a, b) => a.index - b.index);
      call.terminal.table(
        ["Tag", ">Wire", ">Gateway", ">Cloud", ">ms", "Verdict"],
        rows.map((row) => [
          row.key,
          row.wire?.text ?? "–",
          row.gateway?.text ?? "–",
          row.cloud?.text ?? "–",
          row.latencyMs === null ? "" : String(row.latencyMs),
          call.terminal.phrase(row.says),
        ]),
      );
      const proved = rows.filter((row) => row.verdict === "same").length;
      call.terminal.line(`${proved} of ${rows.length} proved`);
      return done({ good: job.good, proved, total: rows.length, tags: rows }, job.good);
    }),
};
