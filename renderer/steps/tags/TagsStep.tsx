import { type ClipboardEvent, useState } from "react";
import { useAct, useItem, useItems, useReady } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { FileButton, FileDrop } from "../../parts/FileDrop.tsx";
import { showNotice } from "../../parts/notices.tsx";
import { Step, StepHead } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { bytes, number } from "../../words/numbers.ts";
import { ImportPanel, sheetTypes } from "./ImportPanel.tsx";
import { ProfilePanel } from "./ProfilePanel.tsx";
import { forgetChoice, waitingChoice } from "./profileChoice.ts";
import { looksLikeSheet } from "./sheetText.ts";
import { TagSheet } from "./TagSheet.tsx";
import { TagSide } from "./TagSide.tsx";
import { largestSheetBytes, useImport } from "./useImport.ts";
import { useTagWork } from "./useTagWork.ts";

/** Import, edit and watch the site's tags. */
export function TagsStep() {
  const words = useWords().tags;
  const language = useLanguage();
  const act = useAct();
  const site = useItem("site", "site");
  const tags = useItems("tags");
  const ready = useReady("tags");
  const reading = useItem("session", "session")?.reading ?? false;
  const sheet = useImport();
  const work = useTagWork(site, tags, reading);
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

  const { groups, group } = work;
  const line = groups.find((other) => other.key === group)?.line ?? firstLine.id;
  const importing = sheet.state.at !== "none" || choosing;

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

  const add = () => {
    const at = groups.find((other) => other.key === group) ?? groups.find((other) => other.line === line);
    work.choose({ kind: "new", line, group: at?.name ?? "data" });
  };
  const leaveProfiles = () => {
    forgetChoice();
    setChoosing(false);
  };

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
        inspector={!importing && <TagSide work={work} tags={tags} lines={lines} />}
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
            <TagSheet site={site} tags={tags} work={work} onProfiles={() => setChoosing(true)} />
          )}
        </FileDrop>
      </Step>
    </div>
  );
}
