import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import type { JobView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import { defaultUplink } from "#domain/site/newSite.ts";
import { testWorkbench } from "#test/support/trainingWorkbench.ts";
import { type Far, type Fixture, type Kit, makeKit } from "./uplinkBrokers.ts";
import { fixtures } from "./uplinkFixtures.ts";

const atOnce = 8;

test(`each of ${fixtures.length} brokers and impostors ends in the one cause that is wrong with it`, async () => {
  const folders = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), "lastmile-causes-"))));
  onTestFinished(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const kit = makeKit(folders[0] ?? "", folders[1] ?? "");
  const found: Record<string, string> = {};
  const waiting = [...fixtures];

  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      found[next.name] = await outcome(kit, next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));

  expect(found).toEqual(Object.fromEntries(fixtures.map(({ name, expect: wanted }) => [name, wanted])));
}, 90_000);

/** Runs the check as a person would, and says in short what it found. */
async function outcome(kit: Kit, fixture: Fixture): Promise<string> {
  const far = await fixture.start(kit);
  const bench = await testWorkbench({ change: () => ({ brokers: brokers(limitsFor(far)) }) });
  try {
    await bench.call("site.create", { name: "North", path: [] });
    const uplink = { ...defaultUplink(bench.site()), ...far.uplink };
    await bench.edit({ kind: "setUplink", uplink });
    if (far.password !== undefined) await bench.call("uplink.setPassword", { password: far.password });
    if (far.key !== undefined) await bench.call("uplink.setKey", { key: far.key });
    return inShort(await bench.job("uplink"));
  } finally {
    await bench.close();
    await far.stop();
  }
}

/** The clock that judges certificates is OpenSSL's; what Lastmile makes of it goes by its own. */
function limitsFor(far: Far) {
  return { reachMs: 4000, answerMs: 4000, ...(far.now !== undefined && { now: () => far.now ?? 0 }) };
}

function inShort(job: Pick<JobView, "failure" | "good"> & { readonly detail: JobView["detail"] }): string {
  if (job.detail.kind !== "uplink") return job.detail.kind;
  if (job.failure) return `failed ${job.failure.code}`;
  const stage = job.detail.stages.find((one) => one.failure !== null);
  if (!stage?.failure) {
    const notes = job.detail.stages.flatMap((one) => (one.notes ?? []).map((note) => note.code));
    return `${job.good ? "good" : "bad"} ${notes.join(" ")}`;
  }
  const { code, facts } = stage.failure;
  for (const language of ["en", "zh"] as const) expect(sayFailure(language, stage.failure).try).not.toBe("");
  return `${stage.key.replace("stage.", "")} ${code} ${facts.cause ?? facts.reason ?? ""}`;
}
