import type { ProfileStore } from "#capabilities/profileStore.ts";
import type { Problem } from "#domain/problem.ts";
import { type FingerprintPlace, fingerprintPlaces } from "#domain/profile/fingerprint.ts";
import type { Profile } from "#domain/profile/profile.ts";
import { readProfile } from "#domain/profile/readProfile.ts";

/** The device profiles there are, by id, and what is wrong with those that cannot be read. */
export interface Shelf {
  readonly profiles: ReadonlyMap<string, { readonly profile: Profile; readonly shipped: boolean }>;
  readonly problems: readonly Problem[];
}

/** Read anew each time: a person corrects a file and looks again. */
export async function readShelf(store: ProfileStore): Promise<Shelf> {
  const profiles = new Map<string, { profile: Profile; shipped: boolean }>();
  const problems: Problem[] = [];
  for (const { name, text, shipped } of await store.list()) {
    const read = readProfile(text, name);
    if (!read.ok) problems.push(...read.problem);
    else if (profiles.has(read.value.id))
      problems.push({ code: "profile.duplicate", profile: read.value.id, file: name });
    else profiles.set(read.value.id, { profile: read.value, shipped });
  }
  return { profiles, problems };
}

/** The registers by which profiles know units that do not name themselves. */
export async function placesToRead(store: ProfileStore): Promise<readonly FingerprintPlace[]> {
  const { profiles } = await readShelf(store);
  return fingerprintPlaces([...profiles.values()].map(({ profile }) => profile));
}
