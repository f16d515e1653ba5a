import { type ClipboardEvent, useEffect, useMemo, useState } from "react";
import { useAct, useItem, useItems, useReady, useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { showFailures, showNotice } from "../../parts/notices.tsx";
import { Step, StepHead } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { bytes, number } from "../../words/numbers.ts";
import { FileButton, FileDrop } from "../handover/FileDrop.tsx";
import { saveDownload } from "../handover/saveFile.ts";
import { useLastMinute } from "../verify/useLastMinute.ts";
import { ImportPanel, sheetTypes } from "./ImportPanel.tsx";
import { Listening } from "./Listening.tsx";
import { looksLikeSheet } from "./sheetText.ts";
import { type Chosen, TagInspector } from "./TagInspector.tsx";
import { TagTable } from "./TagTable.tsx";
import { TagToolbar } from "./TagToolbar.tsx";
import { filterTags, groupRows, orderTags, type TagOrder } from "./tagRows.ts";
import { kept } from "./ticks.ts";
import { largestSheetBytes, useImport } from "./useImport.ts";

/** Import, edit and watch the site's tags. */
export function TagsStep() {
  const words = useWords().tags;
  const language = useLanguage();
  const act = useAct();
  const workbench = useWorkbench();
  const site = useItem("site", "site");
  const tags = useItems("tags");
  const ready = useReady("tags");
  const reading = useItem("session", "session")?.reading ?? false;
  const minute = useLastMinute();
  const sheet = useImport();

  const [filter, setFilter] = useState("");
  const [group, setGroup] = useState<string>();
  const [order, setOrder] = useState<TagOrder>({ column: "place", falling: false });
  const [chosen, setChosen] = useState<Chosen>();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());

  const lines = site?.head.lines ?? [];
  const groups = useMemo(
    () => groupRows(site?.head.lines ?? [], site?.head.groups ?? [], tags),
    [site?.head.lines, site?.head.groups, tags],
  );
  const rows = useMemo(() => orderTags(filterTags(tags, filter, group), order), [tags, filter, group, order]);

  useEffect(() => {
    const keys = new Set(tags.map((row) => row.key));
    setTicked((before) => kept(before, (key) => keys.has(key)));
  }, [tags]);

  const firstLine = lines[0];
  if (!site || !firstLine) {
    return (
      <Step head={<StepHead title={words.title} says={words.purpose} />}>
        <EmptyState icon={site ? "serial" : "file"} says={site ? words.emptyNoLine : words.noSite}>
          <Button kind="primary" onClick={() => goTo(site ? "line" : "site")}>
            {site ? words.goToLine : words.goToSite}
          </Button>
        </EmptyState>
      </Step>
    );
  }
  if (!ready) return <Step head={<StepHead title={words.title} says={words.purpose} />}>{null}</Step>;

  const line = groups.find((other) => other.key === group)?.line ?? firstLine.id;

  function takeFile(file: File): void {
    if (file.size > largestSheetBytes) {
      showNotice(words.import.tooLarge(bytes(language, largestSheetBytes)));
      return;
    }
    void sheet.readFile(file, line);
  }

  function paste(event: ClipboardEvent): void {
    const into = event.target as HTMLElement;
    if (into.closest("input, textarea, select")) return;
    const text = event.clipboardData.getData("text/plain");
    if (!looksLikeSheet(text)) return;
    event.preventDefault();
    void sheet.readText("", text, line);
  }

  async function remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const done = await act("site.edit", { edit: { kind: "removeTags", keys: [...keys] } });
    if (done === undefined) return;
    setChosen(undefined);
    setTicked(new Set());
    showNotice(words.removed(keys.length));
  }

  async function exportCsv(): Promise<void> {
    const made = await act("tags.export", {});
    if (!made) return;
    await saveDownload(workbench, made.download, made.name).catch((error: unknown) =>
      showFailures(failuresIn(error)),
    );
  }

  const add = () => {
    const at = groups.find((other) => other.key === group) ?? groups.find((other) => other.line === line);
    setChosen({ kind: "new", line, group: at?.name ?? "data" });
  };
  const importing = sheet.state.at !== "none";
  const selectedKey = chosen?.kind === "tag" ? chosen.key : undefined;

  return (
    <div style={{ display: "contents" }} onPaste={paste}>
      <Step
        head={
          <StepHead title={words.title} says={words.purpose}>
            {!importing && (
              <>
                <Button icon="plus" onClick={add}>
                  {words.add}
                </Button>
                <FileButton
                  icon="upload"
                  kind={tags.length === 0 ? "primary" : "plain"}
                  accept={sheetTypes}
                  onFile={takeFile}
                >
                  {words.importTable}
                </FileButton>
                {tags.length > 0 && (
                  <Button
                    kind={reading ? "plain" : "primary"}
                    icon={reading ? "stop" : "play"}
                    onClick={() => void act(reading ? "live.stop" : "live.start", {})}
                  >
                    {reading ? words.stopLive : words.readLive}
                  </Button>
                )}
              </>
            )}
          </StepHead>
        }
        inspector={
          !importing &&
          chosen && (
            <TagInspector
              key={chosen.kind === "new" ? "new" : chosen.key}
              chosen={chosen}
              tags={tags}
              groups={groups}
              lines={lines}
              onChosen={setChosen}
              onRemove={(keys) => void remove(keys)}
            />
          )
        }
      >
        <FileDrop says={words.import.drop} onFile={takeFile} fills>
          {sheet.state.at !== "none" ? (
            <ImportPanel
              state={sheet.state}
              lines={lines}
              onLine={(other) =>
                sheet.state.at === "shown" && void sheet.readText(sheet.state.name, sheet.state.text, other)
              }
              onFile={takeFile}
              onTake={async (importId) => {
                const taken = await sheet.take(importId);
                if (taken !== undefined) showNotice(words.import.taken(number(language, taken)));
              }}
              onLeave={sheet.leave}
            />
          ) : tags.length === 0 ? (
            <EmptyState icon="file" says={words.emptySays}>
              <p className="dim">{words.import.hint}</p>
            </EmptyState>
          ) : (
            <>
              <Listening lines={lines} />
              <TagToolbar
                filter={filter}
                onFilter={setFilter}
                groups={groups}
                group={group}
                onGroup={(key) => {
                  setGroup(key);
                  setChosen(key === undefined ? undefined : { kind: "group", key });
                }}
                order={order}
                onOrder={setOrder}
                shown={rows.length}
                total={tags.length}
                ticked={ticked.size}
                onRemove={() => void remove([...ticked])}
                onTickAll={() => setTicked(new Set(rows.map((row) => row.key)))}
                onClear={() => setTicked(new Set())}
                canUndo={site.canUndo}
                canRedo={site.canRedo}
                onUndo={() => void act("site.undo", {})}
                onRedo={() => void act("site.redo", {})}
                onExport={() => void exportCsv()}
              />
              <TagTable
                rows={rows}
                selected={selectedKey}
                onSelect={(key) => setChosen({ kind: "tag", key })}
                ticked={ticked}
                onTick={setTicked}
                onRemove={() =>
                  void remove(ticked.size > 0 ? [...ticked] : selectedKey === undefined ? [] : [selectedKey])
                }
                reading={reading}
                minute={minute}
                empty={words.noMatch}
              />
            </>
          )}
        </FileDrop>
      </Step>
    </div>
  );
}
