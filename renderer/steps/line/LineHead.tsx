import { settingsText } from "#domain/site/settingsText.ts";
import type { Line } from "#domain/site/site.ts";
import { isActive, useAct } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { StepHead } from "../../parts/Step.tsx";
import { useWords } from "../../words/language.ts";
import { goesOnFrom, type ScanJob } from "./unitRows.ts";

/** The line's name and settings, and what can be done with all of it: edit, detect, scan. */
export function LineHead(props: {
  readonly line: Line;
  readonly scan: ScanJob | undefined;
  /** the line is at work */
  readonly busy: boolean;
  /** another action of the screen is the next one, so the scan steps back */
  readonly quiet: boolean;
  readonly onEdit: () => void;
  readonly onDetect: () => void;
  readonly onScan: () => void;
  /** goes on with the scan of this id, which was stopped */
  readonly onGoOn: (jobId: string) => void;
}) {
  const { line, scan, busy } = props;
  const words = useWords().line;
  const act = useAct();
  const scanning = isActive(scan);
  const next = goesOnFrom(scan);
  return (
    <StepHead title={words.title} says={<LineSays line={line} />}>
      <Button icon="pencil" disabled={busy} onClick={props.onEdit}>
        {words.edit}
      </Button>
      {line.kind === "serial" && (
        <Button icon="heard" disabled={busy} onClick={props.onDetect}>
          {words.detect.start}
        </Button>
      )}
      {scanning ? (
        <Button
          kind="primary"
          icon="stop"
          disabled={scan?.state === "stopping"}
          onClick={() => scan && void act("job.cancel", { jobId: scan.key })}
        >
          {scan?.state === "stopping" ? words.stoppingScan : words.stopScan}
        </Button>
      ) : (
        <>
          <Button
            kind={props.quiet || next !== undefined ? "plain" : "primary"}
            icon={next === undefined ? "play" : "refresh"}
            disabled={busy}
            onClick={props.onScan}
          >
            {scan ? words.scanAgain : words.scan}
          </Button>
          {scan && next !== undefined && (
            <Button
              kind={props.quiet ? "plain" : "primary"}
              icon="play"
              disabled={busy}
              onClick={() => props.onGoOn(scan.key)}
            >
              {words.goOnFrom(next)}
            </Button>
          )}
        </>
      )}
    </StepHead>
  );
}

function LineSays({ line }: { readonly line: Line }) {
  return line.kind === "serial" ? (
    <>
      {line.name} · <b>{line.port}</b> · {settingsText(line.settings)}
    </>
  ) : (
    <>
      {line.name} · Modbus TCP · <b>{`${line.host}:${line.port}`}</b>
    </>
  );
}
