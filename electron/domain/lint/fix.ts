import type { SiteEdit } from "../site/edit.ts";
import type { Access, Tag } from "../tag/tag.ts";
import type { Finding } from "./finding.ts";

const usualPrecision = 3;

/**
 * The one edit that puts a finding right, where there is one that nobody has to think about.
 *
 * @param tag the tag that the finding names, as it is now
 */
export function fixOf(finding: Finding, tag: Tag | undefined): SiteEdit | undefined {
  const { id, facts, line = "", group = "" } = finding;
  if (id.startsWith("group.interval.")) {
    const intervalMs = Number(facts.leastMs);
    return intervalMs > 0 ? { kind: "setInterval", line, group, intervalMs } : undefined;
  }
  if (id === "group.unknown") {
    return { kind: "putTags", tags: [], groups: [{ line, name: group, intervalMs: 1000 }] };
  }
  const change = tag && changeOf(finding, tag);
  return change && { kind: "changeTags", changes: [{ keys: [finding.tag ?? ""], to: change }] };
}

function changeOf({ id }: Finding, tag: Tag): Partial<Tag> | undefined {
  const without = (access: Access) => tag.access.filter((one) => one !== access);
  switch (id) {
    case "tag.precision.missing":
      return { precision: usualPrecision };
    case "tag.access.none":
      return { access: ["read"] };
    case "tag.access.readOnly":
    case "tag.bias.write":
      return { access: without("write").length > 0 ? without("write") : ["read"] };
    case "tag.access.writeOnly":
      return { access: ["write"] };
    case "tag.string.odd": {
      const { length = 1 } = tag.address;
      // 127 bytes is the longest text; its register more would not be taken.
      return { address: { ...tag.address, length: length < 127 ? length + 1 : 126 } };
    }
    default:
      return undefined;
  }
}
