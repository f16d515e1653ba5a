import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `resources` and `build/out`: found upwards from this program, wherever it was installed. */
export const productFolder = findProduct(dirname(fileURLToPath(import.meta.url)));

export const resourceFolder = join(productFolder, "resources");
export const pageFolder = join(productFolder, "build", "out", "page");

function findProduct(from: string): string {
  if (existsSync(join(from, "resources", "training-site"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("the product's resources are missing");
  return findProduct(parent);
}
