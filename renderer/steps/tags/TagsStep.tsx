import { useElementSize } from "@mantine/hooks";
import { type ClipboardEvent, useState } from "react";
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
import { ManyEditor } from "./ManyEditor.tsx";
import { PickedTags } from "./PickedTags.tsx";
import { ProfilePanel } from "./ProfilePanel.tsx";
import { forgetChoice, waitingChoice } from "./profileChoice.ts";
import { repeated } from "./sheet/series.ts";
import { useSheet } from "./sheet/useSheet.ts";
import { looksLikeSheet } from "./sheetText.ts";
import { rememberedView, rememberView } from "./sheetView.ts";
import { type Chosen, TagInspector } from "./TagInspector.tsx";
import { TagTable, useTagColumns } from "./TagTable.tsx";
import { TagToolbar } from "./TagToolbar.tsx";
import { largestSheetBytes, useImport } from "./useImport.ts";
import { useTagRows } from "./useTagRows.ts";

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

  const shown = useTagRows(site, tags);
  const [chosen, setChosen] = useState<Chosen>();
  const [view, setView] = useState(rememberedView);
  const { ref: box, width } = useElementSize<HTMLDivElement>();
  const columns = useTagColumns(view, minute, reading, width);
  const cells = useSheet(shown.rows, tags, columns);
  const { rows, group, groups, ticked, setTicked } = shown;
  const [choosing, setChoosing] = useState(waitingChoice() !== undefined);
  const lines = site?.head.lines ?? [];

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

  async function repeat(keys: readonly string[]): Promise<void> {
    const wanted = new Set(keys);
    const taken = new Set(tags.map((row) => row.key));
    const copies = repeated(
      tags.flatMap((row) => (wanted.has(row.key) ? row.tag : [])),
      taken,
    );
    const edit = { kind: "putTags" as const, tags: [...copies] as never, groups: [] };
    if ((await act("site.edit", { edit })) !== undefined) showNotice(words.repeated(copies.length));
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
  const importing = sheet.state.at !== "none" || choosing;
  const leaveProfiles = () => {
    forgetChoice();
    setChoosing(false);
  };
  const picked = ticked.size > 0 ? [...ticked] : cells.keys;
  const many = picked.length > 1 ? new Set(picked) : undefined;

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
          (many && (view === "live" || ticked.size > 0) ? (
            <ManyEditor
              key={picked.join("\n")}
              tags={tags.flatMap((row) => (many.has(row.key) ? row.tag : []))}
              onChange={(texts) =>
                cells.change(picked.flatMap((key) => texts.map((text) => ({ key, ...text }))))
              }
            />
          ) : chosen && !(view === "fields" && chosen.kind === "tag") ? (
            <TagInspector
              key={chosen.kind === "new" ? "new" : chosen.key}
              chosen={chosen}
              tags={tags}
              groups={groups}
              lines={lines}
              onChosen={setChosen}
              onRemove={(keys) => void remove(keys)}
            />
          ) : null)
        }
      >
        <FileDrop says={words.import.drop} onFile={takeFile} fills>
          {sheet.state.at !== "none" ? (
            <ImportPanel
              state={sheet.state}
              lines={lines}
              onLine={(other) =>
                sheet.state.at === "shown" && void sheet.look(sheet.state.upload, other, sheet.state.choice)
              }
              onChoice={(choice) =>
                sheet.state.at === "shown" && void sheet.look(sheet.state.upload, sheet.state.line, choice)
              }
              onFile={takeFile}
              onTake={async (importId, removeMissing) => {
                const done = await sheet.take(importId, removeMissing);
                if (!done) return;
                const { taken, removed } = done;
                showNotice(words.import.taken(number(language, taken)));
                if (removed > 0) showNotice(words.removed(removed));
              }}
              onLeave={sheet.leave}
            />
          ) : choosing ? (
            <ProfilePanel lines={lines} start={{ line, ...waitingChoice() }} onLeave={leaveProfiles} />
          ) : tags.length === 0 ? (
            <EmptyState icon="file" says={words.emptySays}>
              <Button icon="jobs" onClick={() => setChoosing(true)}>
                {words.profile.open}
              </Button>
              <p className="dim">{words.import.hint}</p>
            </EmptyState>
          ) : (
            <>
              <Listening lines={lines} />
              <TagToolbar
                filter={shown.filter}
                onFilter={shown.setFilter}
                groups={groups}
                group={group}
                onGroup={(key) => {
                  shown.setGroup(key);
                  setChosen(key === undefined ? undefined : { kind: "group", key });
                }}
                view={view}
                onView={(next) => {
                  rememberView(next);
                  setView(next);
                }}
                shown={rows.length}
                total={tags.length}
                canUndo={site.canUndo}
                canRedo={site.canRedo}
                onUndo={() => void act("site.undo", {})}
                onRedo={() => void act("site.redo", {})}
                onExport={() => void exportCsv()}
                onProfiles={() => setChoosing(true)}
              />
              <TagTable
                box={box}
                sheet={cells}
                rows={rows}
                columns={columns}
                ticked={ticked}
                onTick={setTicked}
                onRemove={() => void remove([...ticked])}
                onRow={(key) => setChosen({ kind: "tag", key })}
                onCut={(count) => showNotice(words.cutRows(count))}
                order={shown.order}
                onOrder={shown.setOrder}
                empty={words.noMatch}
              >
                <PickedTags
                  count={picked.length}
                  canFill={ticked.size === 0}
                  onFill={(how) => void cells.fill(how)}
                  onRepeat={() => void repeat(picked)}
                  onRemove={() => void remove(picked)}
                  onTickAll={() => setTicked(new Set(rows.map((row) => row.key)))}
                  onClear={() => {
                    setTicked(new Set());
                    cells.select({ anchor: cells.range.focus, focus: cells.range.focus });
                  }}
                />
              </TagTable>
            </>
          )}
        </FileDrop>
      </Step>
    </div>
  );
}
