import type { TagView } from "#contract/views.ts";
import type { Line } from "#domain/site/site.ts";
import { useItem } from "../../client/hooks.ts";
import { Failure } from "../../parts/Failure.tsx";
import { Facts, Inspector, InspectorPart } from "../../parts/Inspector.tsx";
import { fullName } from "../../parts/TagName.tsx";
import { useWords } from "../../words/language.ts";
import { timeOfDay } from "../../words/numbers.ts";
import { GroupEditor } from "./GroupEditor.tsx";
import { ResolvePart } from "./resolve/ResolvePart.tsx";
import { TagEditor } from "./TagEditor.tsx";
import { draftOfTag, newDraft } from "./tagDraft.ts";
import { freeName, type GroupRow, groupKey } from "./tagRows.ts";
import { WritePart } from "./WritePart.tsx";

/** What the inspector shows: a tag, a group, or a tag that does not exist yet. */
export type Chosen =
  | { readonly kind: "tag"; readonly key: string }
  | { readonly kind: "group"; readonly key: string }
  | { readonly kind: "new"; readonly group: string; readonly line: string };

/** The right column of Tags: change a tag, a group's interval, or make a tag. */
export function TagInspector(props: {
  readonly chosen: Chosen;
  readonly tags: readonly TagView[];
  readonly groups: readonly GroupRow[];
  readonly lines: readonly Line[];
  readonly onChosen: (chosen: Chosen | undefined) => void;
  readonly onRemove: (keys: readonly string[]) => void;
}) {
  const words = useWords().tags;
  const { chosen, tags, lines } = props;

  if (chosen.kind === "group") {
    const group = props.groups.find((other) => other.key === chosen.key);
    if (!group) return null;
    return (
      <Inspector title={words.groupEdit.open(group.name)}>
        <GroupEditor key={`${group.key} ${group.intervalMs}`} group={group} />
      </Inspector>
    );
  }

  if (chosen.kind === "new") {
    const line = lines.find((other) => other.id === chosen.line);
    const name = freeName(tags, groupKey(chosen));
    return (
      <Inspector title={words.edit.newTitle}>
        <TagEditor
          start={newDraft(chosen.line, chosen.group, name, line?.units[0]?.number ?? 1)}
          replaces={undefined}
          lines={lines}
          tags={tags}
          onSaved={(key) => props.onChosen({ kind: "tag", key })}
          onDiscard={() => props.onChosen(undefined)}
        />
      </Inspector>
    );
  }

  const row = tags.find((other) => other.key === chosen.key);
  if (!row) return null;
  return (
    <Inspector title={fullName(row.tag)}>
      <LiveFacts of={row.key} unit={row.tag.unit} />
      <WritePart key={row.key} tag={row.tag} line={lines.find((line) => line.id === row.tag.line)} />
      <ResolvePart key={`resolve ${row.key}`} tag={row.tag} />
      <TagEditor
        // What was typed belongs to the tag as it was; an undo elsewhere starts the form anew.
        key={`${row.key} ${JSON.stringify(row.tag)}`}
        start={draftOfTag(row.tag)}
        replaces={row.key}
        lines={lines}
        tags={tags}
        onSaved={(key) => props.onChosen({ kind: "tag", key })}
        onDiscard={() => {}}
        onRemove={() => props.onRemove([row.key])}
      />
    </Inspector>
  );
}

function LiveFacts({ of, unit }: { readonly of: string; readonly unit: string }) {
  const words = useWords().tags.edit;
  const live = useItem("live", of);
  if (!live) return null;
  return (
    <InspectorPart>
      {live.failure && <Failure failure={live.failure} plain />}
      <Facts
        facts={[
          { name: words.valueNow, value: live.text === "" ? "–" : `${live.text} ${unit}`.trim() },
          { name: words.rawWords, value: live.words === "" ? "–" : live.words, mono: true },
          { name: words.readAt, value: timeOfDay(live.at) },
        ]}
      />
    </InspectorPart>
  );
}
