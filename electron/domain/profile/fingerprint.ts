import type { SeenIdentity, SeenWords } from "../modbus/identity.ts";
import type { Words } from "../tag/tag.ts";
import type { Profile } from "./profile.ts";

/** Registers that tell some device from others, and that do no harm to be read. */
export interface FingerprintPlace extends Pick<SeenWords, "area" | "offset"> {
  readonly registers: number;
}

/** Where profiles have fingerprints, each place once. */
export function fingerprintPlaces(profiles: readonly Profile[]): readonly FingerprintPlace[] {
  const places = new Map<string, FingerprintPlace>();
  for (const rule of profiles.flatMap(({ identify }) => identify)) {
    if (rule.by !== "fingerprint") continue;
    const { area, offset, words } = rule;
    const key = `${area} ${offset}`;
    const registers = Math.max(words.length, places.get(key)?.registers ?? 0);
    places.set(key, { area, offset, registers });
  }
  return [...places.values()];
}

/** The words from `offset` on, where so many were seen there. */
export function wordsSeen(
  { registers: seen = [] }: SeenIdentity,
  area: SeenWords["area"],
  offset: number,
  registers: number,
): Words | undefined {
  const found = seen.find((one) => one.area === area && one.offset === offset);
  return found && found.words.length >= registers ? found.words.slice(0, registers) : undefined;
}
