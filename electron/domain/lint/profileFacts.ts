import type { DeviceLimits, Stretch } from "../plan/readPlan.ts";
import type { Area } from "../tag/address.ts";
import type { Access, TagType } from "../tag/tag.ts";

/** What the lint and the read plan want to know of a device; a device profile has all of it. */
export interface ProfileFacts {
  readonly points: readonly {
    readonly area: Area;
    readonly offset: number;
    readonly type: TagType;
    readonly length?: number;
    readonly access: readonly Access[];
    /** raw words, in hex, that mean something else than a value */
    readonly sentinels?: readonly { readonly words: readonly string[] }[];
  }[];
  readonly limits: {
    readonly maxRegisters: number;
    /** whether a read may run over registers that no point names */
    readonly gaps: "allowed" | "forbidden";
    readonly forbidden?: readonly Stretch[];
  };
}

export function deviceLimits({ limits }: ProfileFacts): DeviceLimits {
  const { maxRegisters, gaps, forbidden = [] } = limits;
  return { maxRegisters, gaps: gaps === "allowed", forbidden };
}
