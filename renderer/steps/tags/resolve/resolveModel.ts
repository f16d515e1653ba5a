import type { HypothesisView } from "#contract/tagViews.ts";
import type { JobView } from "#contract/views.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { type JobOf, newestJob } from "../../../client/hooks.ts";

export type ResolveJob = JobOf<"resolve">;

/**
 * The newest answer for a tag: of its own place, or the one that was begun here. A taken-over answer may have moved
 * the tag by a register, and is still about it.
 */
export function resolveOf(
  jobs: readonly JobView[],
  { line, address }: Pick<Tag, "line" | "address">,
  started: string | undefined,
): ResolveJob | undefined {
  const own = jobs.filter(
    ({ key, detail }) =>
      detail.kind === "resolve" &&
      (key === started ||
        (detail.line === line &&
          detail.unit === address.unit &&
          detail.area === address.area &&
          detail.offset === address.offset)),
  );
  return newestJob(own, "resolve");
}

/** What of the tag changes when an answer is taken over; the display's decimals become its own. */
export function changeOf(found: HypothesisView, tag: Tag, shown: string): Partial<Tag> {
  const decimals = /[.,](\d+)\s*$/.exec(shown.trim())?.[1]?.length ?? 0;
  const isReal = found.type === "float" || found.type === "double" || found.scale !== 1;
  return {
    address: found.address,
    type: found.type,
    scale: found.scale,
    bias: 0,
    ...(isReal && tag.precision === 0 && decimals > 0 && { precision: decimals }),
  };
}

/** Whether the tag is read this way already. */
export function isTaken({ address, type, scale }: HypothesisView, tag: Tag): boolean {
  return (
    printAddress(address) === printAddress(tag.address) &&
    type === tag.type &&
    scale === tag.scale &&
    tag.bias === 0
  );
}
