import { type StandInChoice, standInChoice, usualStandIn } from "#contract/standInViews.ts";
import type { JobView } from "#contract/views.ts";
import { ProblemError } from "#domain/problem.ts";
import { openSite, readInput, withSession } from "./session.ts";
import { type Call, done, type Options, type Verb } from "./verb.ts";

export const standin: Verb = {
  usage:
    "standin SITE [--max-mb 256] [--max-hours 168] [--gives-way oldest|newest] [--replay 50] [--format values|tags|ecp|custom] [--schema FILE]",
  options: {
    "max-mb": { type: "string" },
    "max-hours": { type: "string" },
    "gives-way": { type: "string" },
    replay: { type: "string" },
    format: { type: "string" },
    schema: { type: "string" },
  },
  async run(call) {
    const choice = await choiceOf(call.options);
    return withSession(call, {}, async (session) => {
      await openSite(session, call.words[0]);
      let job: JobView | undefined;
      const seen = (ended: JobView) => {
        job = ended;
      };
      // It ends by Ctrl+C alone: what it did by then is its result.
      await session.job(session.call("job.standin", choice), seen).catch((error: unknown) => {
        if (!call.signal.aborted || job?.state !== "cancelled") throw error;
      });
      if (job?.detail.kind !== "standin") throw new Error("a stand-in's job shows what it did");
      const { kind: _, ...detail } = job.detail;
      const dropped = Object.values(detail.dropped).reduce((sum, count) => sum + count, 0);
      tell(call, detail, dropped);
      return done({ good: dropped === 0, ...detail }, dropped === 0);
    });
  },
};

function tell(
  { terminal }: Call,
  detail: { made: number; acknowledged: number; replayed: number; queued: number },
  dropped: number,
): void {
  const { made, acknowledged, replayed, queued } = detail;
  terminal.table(
    [">Made", ">Acknowledged", ">Replayed", ">Waiting", ">Dropped"],
    [[made, acknowledged, replayed, queued, dropped].map(String)],
  );
}

async function choiceOf(options: Options): Promise<StandInChoice> {
  const numbers = [
    ["maxMegabytes", options["max-mb"]],
    ["maxAgeHours", options["max-hours"]],
    ["replayPerSecond", options.replay],
  ] as const;
  const given = numbers.flatMap(([name, text]) =>
    text === undefined ? [] : [[name, Number(text)] as const],
  );
  const schema = typeof options.schema === "string" ? (await readInput(options.schema)).toString("utf8") : "";
  const choice = standInChoice.safeParse({
    ...usualStandIn,
    ...Object.fromEntries(given),
    ...(options["gives-way"] !== undefined && { givesWay: options["gives-way"] }),
    ...(options.format !== undefined && { format: options.format }),
    schema,
  });
  if (choice.success) return choice.data;
  const reason = choice.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new ProblemError({ code: "usage", reason });
}
