import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { profileStore } from "#adapters/files/profileStore.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { thrown } from "#test/support/thrown.ts";

test("own profiles come after the shipped ones; the schema and other files are no profiles", async () => {
  const folder = await tempFolder();
  const [shipped, own] = [join(folder, "shipped"), join(folder, "own")];
  await mkdir(shipped);
  await mkdir(own);
  await writeFile(join(shipped, "b.json"), "B");
  await writeFile(join(shipped, "a.json"), "A");
  await writeFile(join(shipped, "profile.schema.json"), "{}");
  await writeFile(join(shipped, "notes.txt"), "");
  await writeFile(join(own, "mine.json"), "{}");

  expect(await profileStore(shipped, own).list()).toEqual([
    { name: "a.json", text: "A", shipped: true },
    { name: "b.json", text: "B", shipped: true },
    { name: "mine.json", text: "{}", shipped: false },
  ]);
});

test("nobody needs a folder of own profiles; what is there and cannot be read is told", async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, "odd.json"));

  expect(await profileStore(join(folder, "none"), join(folder, "neither")).list()).toEqual([]);
  const error = await thrown(profileStore(folder, join(folder, "none")).list());
  expect(error).toMatchObject({ code: "file.unreadable" });
});
