import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A page to try a host with before there is a real one: `files` by path beside an index.html. */
export async function makePageFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "lastmile-page-"));
  const all: Record<string, string> = {
    "index.html": `<!doctype html><meta name="style-nonce" content="__NONCE__"><title>A page</title><p>Here.</p>`,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(join(path, name, ".."), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
