import type { SiteView, TagView } from "#contract/views.ts";
import { useAct } from "../../client/hooks.ts";
import { showNotice } from "../../parts/notices.tsx";
import { useWords } from "../../words/language.ts";
import { BusTime } from "./bus/BusTime.tsx";
import { Listening } from "./Listening.tsx";
import { PickedTags } from "./PickedTags.tsx";
import { TagTable } from "./TagTable.tsx";
import { TagToolbar } from "./TagToolbar.tsx";
import type { TagWork } from "./useTagWork.ts";

/** The table with its toolbar, and the bus time above it while that is open. */
export function TagSheet(props: {
  readonly site: SiteView;
  readonly tags: readonly TagView[];
  readonly work: TagWork;
  readonly onProfiles: () => void;
}) {
  const words = useWords().tags;
  const act = useAct();
  const { site, work, tags } = props;
  const { rows, cells, ticked, setTicked, picked } = work;
  return (
    <>
      <Listening lines={site.head.lines} />
      <TagToolbar
        work={work}
        total={tags.length}
        canUndo={site.canUndo}
        canRedo={site.canRedo}
        onUndo={() => void act("site.undo", {})}
        onRedo={() => void act("site.redo", {})}
        onProfiles={props.onProfiles}
      />
      {work.panels.has("bus") && <BusTime onClose={() => work.toggle("bus")} />}
      <TagTable
        box={work.box}
        sheet={cells}
        rows={rows}
        columns={work.columns}
        marks={work.marks}
        ticked={ticked}
        onTick={setTicked}
        onRemove={() => void work.remove([...ticked])}
        onRow={(key) => work.choose({ kind: "tag", key })}
        onCut={(count) => showNotice(words.cutRows(count))}
        order={work.order}
        onOrder={work.setOrder}
        empty={words.noMatch}
      >
        <PickedTags
          count={picked.length}
          canFill={ticked.size === 0}
          onFill={(how) => void cells.fill(how)}
          onRepeat={() => void work.repeat(picked)}
          onRemove={() => void work.remove(picked)}
          onTickAll={() => setTicked(new Set(rows.map((row) => row.key)))}
          onClear={() => {
            setTicked(new Set());
            cells.select({ anchor: cells.range.focus, focus: cells.range.focus });
          }}
        />
      </TagTable>
    </>
  );
}
