import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { checklistStore } from "#adapters/files/checklistStore.ts";
import { journals } from "#adapters/files/journal.ts";
import { photoStore } from "#adapters/files/photoStore.ts";
import { siteStore } from "#adapters/files/siteStore.ts";
import { memorySecrets } from "#adapters/secrets/memorySecrets.ts";
import type { Act } from "#domain/acceptance/act.ts";
import { itemsOf } from "#domain/acceptance/checklist.ts";
import { acceptanceDesk } from "#services/acceptance/acceptanceDesk.ts";
import { keepPhoto } from "#services/acceptance/photos.ts";
import { siteDesk } from "#services/siteDesk.ts";
import { createTables } from "#services/tables.ts";
import type { World } from "#services/world.ts";
import { png } from "#test/domain/photo/pictures.ts";

// A process of its own that goes on with the acceptance test of a site where it stands, until it is killed. It prints
// each act that was acknowledged as a line of JSON.
const [folder = "", path = "", checklists = ""] = process.argv.slice(2);
const crypto = nodeCrypto();
const world = {
  clock: systemClock,
  crypto,
  sites: siteStore(folder),
  journals: journals(systemClock, crypto),
  checklists: checklistStore(checklists, folder),
  photos: photoStore(),
  secrets: memorySecrets(),
} as unknown as World;
const tables = createTables();
const desk = siteDesk(world, tables);
const acceptance = acceptanceDesk(world, tables, desk);
const tell = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

await desk.open(path);
if (acceptance.state().plannedAt === null) await acceptance.plan(["site-acceptance"]);
const items = itemsOf(acceptance.state().checklists);
const tag = "rtu/fast/tag0";
const by = "Li Wei";

/**
 * What to do next follows from where the test stands at that moment: each process goes on where the last one was
 * killed, and a retest may have closed what a failed check opened.
 */
const steps: readonly ((round: number) => Act | undefined)[] = [
  (round) => check(round, "nok"),
  (round) => check(round, "ok"),
  (round) =>
    acceptance.state().forced.some(({ released }) => released === null)
      ? { act: "release", tag, found: "1", by }
      : { act: "force", tag, value: `${round}`, before: "1", by },
  (round) => ({
    act: "defect",
    says: `round ${round}`,
    severity: "minor",
    owner: "",
    due: "",
    photos: [],
    by,
  }),
  () => {
    const open = acceptance.state().defects.find(({ closed }) => closed === null);
    return open && { act: "close", defect: open.number, note: "done", photos: [], by };
  },
];

function check(round: number, result: "ok" | "nok"): Act {
  const item = items[round % items.length]?.key ?? "";
  return { act: "check", item, result, note: `round ${round}`, photos: [], by };
}

tell({ ready: true });
for (let round = desk.evidence().length; ; round += 1) {
  for (const step of steps) {
    const act = step(round);
    if (act === undefined) continue;
    await acceptance.record(act);
    tell({ act });
  }
  if (round % 7 === 0) tell({ photo: await keepPhoto(world, desk, png(1 + (round % 8))) });
}
