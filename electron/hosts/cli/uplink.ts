import { ProblemError } from "#domain/problem.ts";
import { accountOptions, openSite, readInput, signIn, withSession } from "./session.ts";
import { showStages } from "./stages.ts";
import { adviseUplink } from "./uplinkAdvise.ts";
import { askDownlink, watchUplink } from "./uplinkMessages.ts";
import { done, type Verb } from "./verb.ts";

export const uplink: Verb = {
  usage:
    "uplink check SITE [--gateway URL] [--key FILE] | downlink SITE TAG [VALUE --yes] [--gateway URL] | watch SITE [--topic FILTER] [--path A,B] [--seconds N] | advise SITE [--path own|2g|nat60|nat120|nat300|loss30|satellite] [--up-to SECONDS] [--late SECONDS]",
  options: {
    ...accountOptions,
    gateway: { type: "string" },
    key: { type: "string" },
    yes: { type: "boolean" },
    topic: { type: "string" },
    seconds: { type: "string" },
    path: { type: "string" },
    "up-to": { type: "string" },
    late: { type: "string" },
  },
  run(call) {
    const [action, site] = call.words;
    const { gateway, key } = call.options;
    if (action === "advise") return adviseUplink(call, site);
    if (action !== "check" && action !== "downlink" && action !== "watch")
      throw new ProblemError({ code: "usage", reason: uplink.usage });
    return withSession(call, {}, async (session) => {
      await openSite(session, site);
      if (typeof key === "string")
        await session.call("uplink.setKey", { key: (await readInput(key)).toString("utf8") });
      if (typeof gateway === "string") await signIn(session, call, gateway);
      if (action === "downlink") return askDownlink(session, call);
      if (action === "watch") return watchUplink(session, call);
      const job = await session.job(session.call("job.uplink", {}));
      if (job.detail.kind !== "uplink") throw new Error(`an uplink job shows ${job.detail.kind}`);
      const { stages, chain, trips, pingsMs } = job.detail;
      showStages(call, stages);
      // A broker that was not even reached was not judged.
      const failed = stages.some(
        ({ key: stage, state }) => state === "bad" && (stage === "stage.name" || stage === "stage.tcp"),
      );
      return { ...done({ good: job.good, stages, chain, trips, pingsMs }, job.good), failed };
    });
  },
};
