import type { JobDetail } from "#contract/views.ts";
import { type OpenStimulus, openStimuli } from "#domain/job/openStimuli.ts";
import { phrase } from "#domain/phrase.ts";
import { tagKey } from "#domain/tag/tag.ts";
import type { JobRunner } from "../jobRunner.ts";
import type { LineDesk } from "../lineDesk.ts";
import type { SiteDesk } from "../siteDesk.ts";
import { stageList } from "../stages.ts";
import type { World } from "../world.ts";
import { putBack } from "./putBack.ts";

type StimulusDetail = Extract<JobDetail, { kind: "stimulus" }>;

/**
 * Puts back what stimuli have left changed because the program or the line went away: begun at each opening of the
 * site until it has succeeded. The oldest comes first; one job a tag, as each is a matter of its own.
 */
export function restoreLeft(world: World, desk: SiteDesk, lines: LineDesk, jobs: JobRunner): void {
  if (!desk.isWritable) return;
  const known = new Set(desk.site().tags.map(tagKey));
  const left = openStimuli(desk.evidence()).filter(({ tag }) => known.has(tag));
  const site = desk.site();
  const next = (index: number): void => {
    const stimulus = left[index];
    if (!stimulus) return;
    const jobId = jobs.start(detailOf(stimulus), async (job) => {
      const stages = stageList(["stage.restore"], world.clock, (items) =>
        job.show({ ...job.detail, stages: items }),
      );
      job.progress(0, 1, phrase("doing.restoring", { value: stimulus.before.text }));
      const found = await stages.run("stage.restore", async () => {
        const came = await putBack(stimulus, site, lines, world);
        return { found: came, value: came };
      });
      await desk.record("job.stimulusRestored", { job: stimulus.job, tag: stimulus.tag, found });
      job.show({ ...job.detail, after: String(found.facts.value ?? ""), restored: true });
      return true;
    });
    void jobs.ended(jobId).then((ended) => ended.state !== "cancelled" && next(index + 1));
  };
  next(0);
}

function detailOf({ tag, value, before }: OpenStimulus): StimulusDetail {
  return {
    ...{ kind: "stimulus", tag, way: "write", value, before: before.text, after: null },
    ...{ restored: false, latencyMs: null, stages: [] },
  };
}
