import { ProblemError } from "#domain/problem.ts";
import { accountOptions, openSite, signIn, withSession } from "./session.ts";
import { showStages } from "./stages.ts";
import { done, type Verb } from "./verb.ts";

export const uplink: Verb = {
  usage: "uplink check SITE [--gateway URL]",
  options: { ...accountOptions, gateway: { type: "string" } },
  run(call) {
    const [action, site] = call.words;
    if (action !== "check") throw new ProblemError({ code: "usage", reason: uplink.usage });
    return withSession(call, {}, async (session) => {
      await openSite(session, site);
      if (typeof call.options.gateway === "string") await signIn(session, call, call.options.gateway);
      const job = await session.job(session.call("job.uplink", {}));
      if (job.detail.kind !== "uplink") throw new Error(`an uplink job shows ${job.detail.kind}`);
      showStages(call, job.detail.stages);
      return done({ good: job.good, ...job.detail }, job.good);
    });
  },
};
