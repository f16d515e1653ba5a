import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "#domain/profile/profile.ts";
import { readProfile } from "#domain/profile/readProfile.ts";
import { resourceFolder } from "#hosts/cli/folders.ts";

export const profileFolder = join(resourceFolder, "device-profiles");
export const profileFiles = readdirSync(profileFolder).filter(
  (name) => name.endsWith(".json") && name !== "profile.schema.json",
);

export function profileText(file: string): string {
  return readFileSync(join(profileFolder, file), "utf8");
}

/** The profiles that ship; throws on a bad one. */
export function shippedProfiles(): readonly Profile[] {
  return profileFiles.map((file) => {
    const read = readProfile(profileText(file), file);
    if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.problem)}`);
    return read.value;
  });
}
