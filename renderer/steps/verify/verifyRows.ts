import type { TagView, VerifyView } from "#contract/views.ts";

/** A tag beside what was proved of it. */
export interface VerifyRow {
  readonly key: string;
  readonly tag: TagView;
  readonly proof: VerifyView;
}

export type VerifyFilter = "all" | "bad" | "waiting";
export type Place = "wire" | "gateway" | "cloud";

export interface Coverage {
  readonly total: number;
  readonly same: number;
  readonly bad: number;
  readonly waiting: number;
}

export function isBad(proof: VerifyView): boolean {
  return proof.verdict === "differs" || proof.verdict === "stale" || proof.verdict === "failed";
}

/** Every tag of the site in its order; one that no proof has reached yet is waiting. */
export function verifyRows(
  tags: readonly TagView[],
  proofs: ReadonlyMap<string, VerifyView>,
): readonly VerifyRow[] {
  return tags.map((tag) => ({ key: tag.key, tag, proof: proofs.get(tag.key) ?? unproved(tag) }));
}

function unproved(tag: TagView): VerifyView {
  return {
    key: tag.key,
    index: tag.index,
    wire: null,
    gateway: null,
    cloud: null,
    words: "",
    wireBy: null,
    topic: "",
    latencyMs: null,
    verdict: "waiting",
    says: { code: "verdict.waiting", facts: {} },
    attempt: 0,
  };
}

export function coverageOf(rows: readonly VerifyRow[]): Coverage {
  let same = 0;
  let bad = 0;
  for (const { proof } of rows) {
    if (proof.verdict === "same") same += 1;
    else if (isBad(proof)) bad += 1;
  }
  return { total: rows.length, same, bad, waiting: rows.length - same - bad };
}

/** Rows of one kind in which every word of `text` occurs in the name or the printed address. */
export function filterVerify(
  rows: readonly VerifyRow[],
  filter: VerifyFilter,
  text: string,
): readonly VerifyRow[] {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (filter === "all" && wanted.length === 0) return rows;
  return rows.filter(({ tag, proof }) => {
    if (filter === "bad" && !isBad(proof)) return false;
    if (filter === "waiting" && proof.verdict !== "waiting") return false;
    const hay = `${tag.tag.group}/${tag.tag.name} ${tag.printed}`.toLowerCase();
    return wanted.every((word) => hay.includes(word));
  });
}

/**
 * The cells that hold the fault: where the value first went wrong, and the cloud when it only shows what a wrong
 * gateway sent on.
 */
export function blamedPlaces(proof: VerifyView): readonly Place[] {
  if (!isBad(proof)) return [];
  if (proof.says.code === "verdict.wireSilent") return ["wire"];
  if (proof.says.facts.side !== "gateway") return ["cloud"];
  const sentOn = proof.gateway !== null && proof.cloud?.text === proof.gateway.text;
  return sentOn ? ["gateway", "cloud"] : ["gateway"];
}
