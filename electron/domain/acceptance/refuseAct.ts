import type { Problem } from "../problem.ts";
import type { Acceptance } from "./acceptance.ts";
import type { Act } from "./act.ts";
import { itemsOf } from "./checklist.ts";

/** Why an act cannot be taken as the test stands; undefined: it can. */
export function refuseAct(
  state: Acceptance,
  act: Act,
  hasTag: (key: string) => boolean,
): Problem | undefined {
  if (state.plannedAt === null) return { code: "acceptance.notPlanned" };
  if (act.act === "reopen") return undefined;
  if (state.signatures.length > 0) return { code: "acceptance.closed" };
  switch (act.act) {
    case "check":
      if (!itemsOf(state.checklists).some(({ key }) => key === act.item))
        return { code: "acceptance.itemUnknown", item: act.item };
      return act.result === "nok" && act.note.trim() === "" ? { code: "acceptance.noteMissing" } : undefined;
    case "point":
      if (!hasTag(act.tag)) return { code: "acceptance.tagUnknown", tag: act.tag };
      return (act.test.result === "fail" || act.test.result === "deferred") && act.note.trim() === ""
        ? { code: "acceptance.noteMissing" }
        : undefined;
    case "force":
      return hasTag(act.tag) ? undefined : { code: "acceptance.tagUnknown", tag: act.tag };
    case "release":
      return state.forced.some(({ tag, released }) => tag === act.tag && released === null)
        ? undefined
        : { code: "acceptance.tagUnknown", tag: act.tag };
    case "assign":
    case "close":
      return state.defects[act.defect - 1]?.closed === null
        ? undefined
        : { code: "acceptance.defectUnknown", defect: act.defect };
    default:
      return undefined;
  }
}

/** Why the test cannot be signed: a forced value would stay behind as if it were the process's own. */
export function refuseSignature(state: Acceptance, role: string, name: string): Problem | undefined {
  if (state.plannedAt === null) return { code: "acceptance.notPlanned" };
  if (name.trim() === "") return { code: "name.empty", what: "signer", at: { field: "name" } };
  if (state.signatures.some((one) => one.role === role)) return { code: "acceptance.closed" };
  const forced = state.forced.filter(({ released }) => released === null).map(({ tag }) => tag);
  return forced.length === 0
    ? undefined
    : { code: "acceptance.forcedLeft", tags: forced.slice(0, 5).join(", "), count: forced.length };
}
