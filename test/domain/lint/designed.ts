import type { Finding, FindingId } from "#domain/lint/finding.ts";
import { type LintFacts, lintDesign } from "#domain/lint/lintDesign.ts";
import type { Group, Site } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { siteOfLine } from "../plan/polledLine.ts";

/** A tag about which nothing can be said. */
export function goodTag(more: Partial<Tag> = {}): Tag {
  return {
    line: "l",
    group: "g",
    name: "voltage",
    address: { unit: 1, area: "holding", offset: 0 },
    type: "float",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision: 2,
    unit: "V",
    description: "",
    ...more,
  };
}

/** A site on one serial line at 9600 baud, its groups read every second unless told. */
export function designed(tags: readonly Tag[], groups?: readonly Group[]): Site {
  const settings = { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 } as const;
  const names = [...new Set(tags.map((tag) => tag.group))];
  const usual = names.map((name) => ({ line: "l", name, intervalMs: 1000 }));
  return { ...siteOfLine({ settings, tags, intervals: {} }), groups: groups ?? usual };
}

export function findingsOf(tags: readonly Tag[], facts: LintFacts = {}): readonly Finding[] {
  return lintDesign(designed(tags), facts);
}

export function idsOf(findings: readonly Finding[]): readonly FindingId[] {
  return findings.map(({ id }) => id);
}
