import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "#services/world.ts";
import { composeWorld } from "../compose.ts";
import { resourceFolder } from "./folders.ts";

/** The adapters alone, for verbs that need no site. */
export async function withWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), "lastmile-"));
  const world = await composeWorld({ host: "cli", dataFolder, resourceFolder });
  try {
    return await work(world);
  } finally {
    await world.training.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}
