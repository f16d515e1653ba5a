import type { GatewayValue } from "#capabilities/gatewayApi.ts";
import { FaultError } from "#domain/fault.ts";
import { isShownAs, valueToSend } from "#domain/gateway/writeThrough.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { tagKey } from "#domain/tag/tag.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import { stageList } from "./stages.ts";
import type { World } from "./world.ts";
import { type WriteDetail, writableWords } from "./writeTag.ts";

const codes = ["stage.before", "stage.write", "stage.readBack"] as const;
/** The value must be there after so many intervals of its group, and so long for a slow line. */
const intervals = 3;
const atLeastMs = 3000;

/**
 * Writes one tag through the gateway: notes what the gateway shows, sends, and reads back over whole intervals of
 * the group, because Neuron answers "done" to a write that the device refused or never heard. Counts as done only
 * when the value came back.
 *
 * @throws ProblemError before anything is sent; FaultError gateway.writeNotKept, and those of the gateway
 */
export async function writeThroughGateway(
  site: Site,
  gateway: GatewayDesk,
  world: World,
  job: JobControl<WriteDetail>,
): Promise<boolean> {
  const session = gateway.session();
  const { tag: key, value } = job.detail;
  const tag = site.tags.find((candidate) => tagKey(candidate) === key);
  if (!tag) throw new ProblemError({ code: "input.invalid", reason: `tag ${key}`, at: { field: "tag" } });
  const words = writableWords(value, tag);
  const node = site.lines.find((line) => line.id === tag.line)?.name ?? tag.line;
  const intervalMs =
    site.groups.find((group) => group.line === tag.line && group.name === tag.group)?.intervalMs ?? 1000;
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const step = (index: number) => job.progress(index, codes.length, phrase("doing.writing"));
  const look = async (signal: AbortSignal) =>
    (await session.read(node, tag.group, signal)).find((one) => one.name === tag.name);

  step(0);
  const before = await stages.run("stage.before", async () => {
    const text = textOf(await look(job.signal));
    return { found: phrase("found.before", { value: text }), value: { text } };
  });
  job.show({ ...job.detail, before: before.text });
  await job.record("writeIntent", { tag: key, through: session.url, before, value });
  job.signal.throwIfAborted();

  // Sent is not undone by a cancel: what came of it is looked at all the same.
  const { signal } = new AbortController();
  step(1);
  await stages.run("stage.write", async () => {
    await session.write({ node, group: tag.group, tag: tag.name, value: valueToSend(words, tag) }, signal);
    return { found: phrase("found.written"), value: undefined };
  });
  step(2);
  await stages.run("stage.readBack", async () => {
    const until = world.clock.monotonic() + Math.max(atLeastMs, intervals * intervalMs);
    let seen: GatewayValue | undefined;
    do {
      await world.clock.sleep(intervalMs, signal);
      seen = await look(signal);
    } while (!isShownAs(words, tag, seen?.value) && world.clock.monotonic() < until);
    const after = { text: textOf(seen) };
    job.show({ ...job.detail, after: after.text });
    await job.record("written", { tag: key, through: session.url, before, after });
    if (!isShownAs(words, tag, seen?.value)) {
      const { url } = session;
      throw new FaultError({
        code: "gateway.writeNotKept",
        url,
        tag: tag.name,
        wrote: value,
        found: after.text,
      });
    }
    return { found: phrase("found.readBack", { value: after.text }), value: undefined };
  });
  step(3);
  return true;
}

function textOf(seen: GatewayValue | undefined): string {
  if (seen?.value !== undefined) return String(seen.value);
  return seen?.error === undefined ? "–" : `– (${seen.error})`;
}
