/**
 * What the lint can find, and how bad it is. error: the gateway refuses it, reads it wrong or cannot keep up · warning:
 * it works today and will mislead somebody · notice: worth a look. The names are stable: people filter and quote them.
 */
export const findingSeverities = {
  "tag.address.alias": "warning",
  "tag.address.unit": "error",
  "tag.address.junk": "error",
  "tag.address.unfit": "error",
  "tag.address.twoTypes": "warning",
  "tag.address.overlap": "warning",
  "tag.type.misread": "error",
  "tag.access.readOnly": "error",
  "tag.access.none": "error",
  "tag.access.unknown": "error",
  "tag.access.writeOnly": "error",
  "tag.string.odd": "warning",
  "tag.value.past53": "warning",
  "tag.precision.missing": "notice",
  "tag.scale.noUnit": "notice",
  "tag.bias.write": "warning",
  "tag.number.invalid": "error",
  "tag.name.duplicate": "error",
  "tag.name.missing": "error",
  "tag.name.long": "error",
  "tag.description.long": "error",
  "tag.unit.long": "error",
  "tag.profile.outside": "warning",
  "tag.sentinel.undeclared": "notice",
  "read.block.twice": "warning",
  "read.gap.forbidden": "warning",
  "group.unknown": "error",
  "group.name.long": "error",
  "group.interval.infeasible": "error",
  "group.interval.late": "warning",
  "group.interval.minimum": "error",
  "line.groups.limit": "error",
} as const satisfies Readonly<Record<string, Severity>>;

export type Severity = "error" | "warning" | "notice";
export type FindingId = keyof typeof findingSeverities;

/** One thing that the lint found. Its words stand in contract/words, by id and facts. */
export interface Finding {
  readonly id: FindingId;
  readonly facts: Readonly<Record<string, string | number>>;
  /** where: a tag's key, or the line and group it is about */
  readonly tag?: string;
  readonly line?: string;
  readonly group?: string;
  /** the member of the tag or group that is to be changed */
  readonly field?: string;
}

export type Report = (finding: Finding) => void;
