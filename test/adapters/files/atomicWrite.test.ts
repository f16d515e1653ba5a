import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atomicWrite } from "#adapters/files/atomicWrite.ts";
import { canMount, smallDisk, tempFolder } from "#test/support/tempFolder.ts";

describe("writing a file whole", () => {
  test("the previous content stays beside the new one, and only the last previous", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.json");

    for (const text of ["one", "two", "three"]) await atomicWrite(path, text, { keepPrevious: true });

    expect(await readFile(path, "utf8")).toBe("three");
    expect(await readFile(`${path}.previous`, "utf8")).toBe("two");
    expect((await readdir(folder)).sort()).toEqual(["a.json", "a.json.previous"]);
  });

  test("a link stays a link and its target is written", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "real.json"), "old");
    await symlink(join(folder, "real.json"), join(folder, "link.json"));

    await atomicWrite(join(folder, "link.json"), "new");

    expect(await readFile(join(folder, "real.json"), "utf8")).toBe("new");
  });

  test("a folder that does not exist is named as missing", async () => {
    const folder = await tempFolder();

    const writing = atomicWrite(join(folder, "nowhere", "a.json"), "x");

    await expect(writing).rejects.toMatchObject({ fault: { code: "file.unwritable", reason: "missing" } });
  });

  test.skipIf(!canMount)("a full disk leaves the old file and no litter", async () => {
    const disk = await smallDisk(64);
    const path = join(disk.folder, "a.json");
    await atomicWrite(path, "old", { keepPrevious: true });

    const writing = atomicWrite(path, "x".repeat(200_000), { keepPrevious: true });

    await expect(writing).rejects.toMatchObject({
      fault: { code: "file.unwritable", path, reason: "diskFull" },
    });
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(disk.folder)).toEqual(["a.json"]);
  });

  test.skipIf(!canMount)("a write-protected disk is named as such", async () => {
    const disk = await smallDisk(64);
    disk.lock();

    const writing = atomicWrite(join(disk.folder, "a.json"), "x");

    await expect(writing).rejects.toMatchObject({ fault: { reason: "readOnly" } });
  });

  test("a folder without permission is named as such", async () => {
    const folder = join(await tempFolder(), "closed");
    await mkdir(folder);
    await chmod(folder, 0o555);
    // Permissions do not bind root: for this one write it is nobody.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);

    const writing = atomicWrite(join(folder, "a.json"), "x");

    await expect(writing)
      .rejects.toMatchObject({ fault: { reason: "noPermission" } })
      .finally(() => isRoot && process.seteuid?.(0));
  });
});
