import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { evidencePath, journals } from "#adapters/files/journal.ts";
import { siteStore } from "#adapters/files/siteStore.ts";
import type { Photo } from "#domain/acceptance/acceptance.ts";
import type { Act } from "#domain/acceptance/act.ts";
import { foldAcceptance } from "#domain/acceptance/foldAcceptance.ts";
import { newLine, newSite } from "#domain/site/newSite.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { checklistFolder } from "#test/domain/acceptance/lists.ts";
import { plainTag } from "#test/domain/site/pumpSite.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { seeded } from "#test/support/seeded.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { until } from "#test/support/until.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("test/services/acceptance/acceptingBench.ts");
});
afterAll(() => program.remove());

/** A hundred are asked for; the suite takes some of them. */
const kills = Number(process.env.LASTMILE_KILLS ?? 24);
const sitesAtOnce = 4;

async function makeSite(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const store = siteStore(folder);
  const path = await store.newPath("killed");
  const line = newLine("serial", "rtu", "rtu");
  const groups = [{ line: "rtu", name: "fast", intervalMs: 1000 }];
  const tags = [plainTag({ line: "rtu", group: "fast", name: "tag0" })];
  const site = { ...newSite("killed", "Killed", []), lines: [line], groups, tags };
  await store.write(path, printSite(site), undefined);
  return path;
}

/** Kills the test at as many moments as asked for, and looks after each whether anything acknowledged is gone. */
async function killAgainAndAgain(folder: string, times: number, random: () => number): Promise<number> {
  const path = await makeSite(folder);
  const acknowledged: Act[] = [];
  const photos: Photo[] = [];
  for (let kill = 0; kill < times; kill += 1) {
    const child = startProgram(program.path, [folder, path, checklistFolder]);
    const early = child.ended.then(({ code, stderr }) =>
      Promise.reject(new Error(`it ended with ${code}: ${stderr}`)),
    );
    early.catch(() => undefined);
    const lines = () => child.stdout().split("\n").slice(0, -1);
    try {
      // The moment is counted in what was acknowledged, and lies somewhere within the next write.
      const acts = Math.floor(random() * 12);
      await Promise.race([until(() => lines().length > acts, `${acts} acts`, 60_000), early]);
      const pause = random() * 4;
      await new Promise((resolve) => setTimeout(resolve, pause));
    } finally {
      child.kill("SIGKILL");
    }
    await child.ended;
    for (const line of lines()) {
      const { act, photo } = JSON.parse(line);
      if (act !== undefined) acknowledged.push(act);
      if (photo !== undefined) photos.push(photo);
    }
    await expectAll(path, acknowledged, photos);
  }
  return acknowledged.length;
}

async function expectAll(path: string, acts: readonly Act[], photos: readonly Photo[]): Promise<void> {
  const journal = await journals(systemClock, nodeCrypto()).open(path);
  const { entries } = journal;
  await journal.close();
  const written = entries.filter(({ kind }) => kind === "acceptance.recorded").map(({ body }) => body);
  // Each acknowledged act is there, in its order; between them stands at most what was written and not yet told.
  let at = 0;
  for (const act of acts) {
    while (at < written.length && JSON.stringify(written[at]) !== JSON.stringify(act)) at += 1;
    expect(at, `${act.act} was acknowledged and is gone`).toBeLessThan(written.length);
    at += 1;
  }
  const state = foldAcceptance(entries);
  expect(state.plannedAt).not.toBeNull();
  for (const photo of photos) {
    expect(state.photos).toContainEqual(photo);
    const file = path.replace(".site.json", `.photos/${photo.sha256}.png`);
    expect(nodeCrypto().sha256(await readFile(file))).toBe(photo.sha256);
  }
}

test(`an acceptance test killed ${kills} times goes on each time, and nothing that was acknowledged is lost`, async () => {
  const folder = await tempFolder();

  const counts = await Promise.all(
    Array.from({ length: sitesAtOnce }, (_, index) =>
      killAgainAndAgain(join(folder, `${index}`), kills / sitesAtOnce, seeded(1000 + index)),
    ),
  );

  for (const [index, count] of counts.entries()) {
    expect(count).toBeGreaterThan(kills / sitesAtOnce);
    const evidence = await readFile(evidencePath(join(folder, `${index}`, "killed.site.json")));
    expect(journals(systemClock, nodeCrypto()).inspect(evidence, 1)).toMatchObject({
      brokenAtLine: undefined,
      tornBytes: 0,
    });
  }
}, 300_000);
