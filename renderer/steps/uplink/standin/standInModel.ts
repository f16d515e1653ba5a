import type { StandInChoice, StandInDetail } from "#contract/standInViews.ts";
import { isActive, type JobOf } from "../../../client/hooks.ts";
import type { State } from "../../../parts/Chip.tsx";

export type DropKind = keyof StandInDetail["dropped"];

const dropKinds: readonly DropKind[] = ["full", "old", "damaged", "large", "unkept"];

/** What was given up, by reason; reasons without any are left out. */
export function dropsOf(
  detail: StandInDetail,
): readonly { readonly kind: DropKind; readonly count: number }[] {
  return dropKinds.flatMap((kind) => {
    const count = detail.dropped[kind];
    return count > 0 ? [{ kind, count }] : [];
  });
}

/** How full the queue is, from 0 to 1. */
export function fullness({ bytes, choice }: StandInDetail): number {
  return Math.min(1, bytes / (choice.maxMegabytes * 1024 * 1024));
}

/** How the stand-in is: the state beside its word, and which word. */
export function standInState(
  job: JobOf<"standin">,
): readonly [State, StandInDetail["link"] | "stopped" | "failed" | "interrupted" | "stopping"] {
  if (job.state === "stopping") return ["busy", "stopping"];
  if (isActive(job)) {
    const { link } = job.detail;
    return [link === "online" ? "ok" : link === "waiting" ? "warn" : "busy", link];
  }
  if (job.state === "failed") return ["bad", "failed"];
  return job.state === "interrupted" ? ["warn", "interrupted"] : ["idle", "stopped"];
}

/** The texts of the settings' fields, from what was chosen and back. */
export type PayloadChoice = "site" | "values" | "tags" | "ecp" | "custom";

export function payloadOf({ format }: StandInChoice): PayloadChoice {
  return format ?? "site";
}

export function withPayload(choice: StandInChoice, payload: PayloadChoice): StandInChoice {
  return { ...choice, format: payload === "site" ? null : payload };
}
