import type { TagView } from "#contract/views.ts";
import type { Line } from "#domain/site/site.ts";
import { FindingsPanel } from "./findings/FindingsPanel.tsx";
import { ManyEditor } from "./ManyEditor.tsx";
import { TagInspector } from "./TagInspector.tsx";
import type { TagWork } from "./useTagWork.ts";

/** The right column: the findings while they are open, else what is chosen, one or many. */
export function TagSide(props: {
  readonly work: TagWork;
  readonly tags: readonly TagView[];
  readonly lines: readonly Line[];
}) {
  const { work, tags, lines } = props;
  const { chosen, picked, cells, view, ticked, lint } = work;
  const isOtherThanTag = chosen !== undefined && chosen.kind !== "tag";
  if (work.panels.has("findings") && lint && !isOtherThanTag) {
    return <FindingsPanel lint={lint} onGo={work.goTo} onClose={() => work.toggle("findings")} />;
  }
  if (picked.length > 1 && (view === "live" || ticked.size > 0)) {
    const many = new Set(picked);
    return (
      <ManyEditor
        key={picked.join("\n")}
        tags={tags.flatMap((row) => (many.has(row.key) ? row.tag : []))}
        onChange={(texts) => cells.change(picked.flatMap((key) => texts.map((text) => ({ key, ...text }))))}
      />
    );
  }
  if (!chosen || (view === "fields" && chosen.kind === "tag")) return null;
  return (
    <TagInspector
      key={chosen.kind === "new" ? "new" : chosen.key}
      chosen={chosen}
      tags={tags}
      groups={work.groups}
      lines={lines}
      onChosen={work.choose}
      onRemove={(keys) => void work.remove(keys)}
    />
  );
}
