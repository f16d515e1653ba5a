import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "#services/world.ts";
import { composeWorld, usualDataFolder } from "../compose.ts";
import { resourceFolder } from "./folders.ts";

/**
 * The adapters alone, for verbs that need no site.
 *
 * @param options `lasting` for what must be found again when the program was cut off
 */
export async function withWorld<T>(
  work: (world: World) => Promise<T>,
  options: { readonly lasting?: boolean } = {},
): Promise<T> {
  const dataFolder = options.lasting ? usualDataFolder() : await mkdtemp(join(tmpdir(), "lastmile-"));
  const world = await composeWorld({ host: "cli", dataFolder, resourceFolder });
  try {
    return await work(world);
  } finally {
    await world.training.stop();
    if (!options.lasting) await rm(dataFolder, { recursive: true, force: true });
  }
}
