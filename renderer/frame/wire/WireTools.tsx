import { useMemo } from "react";
import type { WireView } from "#contract/views.ts";
import { useItem } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { showNotice } from "../../parts/notices.tsx";
import { useWords } from "../../words/language.ts";
import { timeOfDay } from "../../words/numbers.ts";
import { capturesOf } from "./captures.ts";
import styles from "./WireDrawer.module.css";
import { asText, calledIn, unitsOf, type WireFilter, wireVerdicts } from "./wireFilter.ts";

/** What can be done with the frames: filter, pause, clear, copy, save. */
export function WireTools(props: {
  readonly rows: readonly WireView[];
  readonly shown: readonly WireView[];
  readonly filter: WireFilter;
  readonly onFilter: (filter: WireFilter) => void;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}) {
  const words = useWords().wire;
  const site = useItem("site", "site")?.head;
  const { filter, onFilter } = props;
  const called = useMemo(() => calledIn(props.rows), [props.rows]);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(asText(props.shown, timeOfDay));
    showNotice(words.copied(props.shown.length));
  }

  function save(): void {
    const captures = capturesOf(props.shown, site?.lines ?? [], site?.name ?? "");
    for (const capture of captures) keepFile(capture.name, capture.bytes);
    const serial = captures.some((capture) => capture.medium === "rtu");
    const frames = captures.reduce((sum, capture) => sum + capture.frames, 0);
    showNotice(serial ? `${words.savedPcap(frames)} ${words.pcapSerial}` : words.savedPcap(frames), serial);
  }

  return (
    <div className={styles.tools}>
      <select
        aria-label={words.medium}
        value={filter.medium}
        onChange={(event) =>
          onFilter({ ...filter, medium: event.currentTarget.value as WireFilter["medium"] })
        }
      >
        <option value="all">{words.all}</option>
        <option value="modbus">{words.modbus}</option>
        <option value="mqtt">{words.mqtt}</option>
      </select>
      <select
        aria-label={words.unit}
        value={filter.unit ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onFilter({ ...filter, unit: value === "" ? null : Number(value) });
        }}
      >
        <option value="">{words.allUnits}</option>
        {unitsOf(props.rows).map((unit) => (
          <option key={unit} value={unit}>
            {words.unitNumber(unit)}
          </option>
        ))}
      </select>
      <select
        aria-label={words.called}
        value={filter.called ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onFilter({ ...filter, called: value === "" ? null : Number(value) });
        }}
      >
        <option value="">{words.allCalled}</option>
        {called.map((code) => (
          <option key={code} value={code}>
            {words.calledNumber(code, words.functions[code] ?? "")}
          </option>
        ))}
      </select>
      <select
        aria-label={words.verdict}
        value={filter.verdict}
        onChange={(event) =>
          onFilter({ ...filter, verdict: event.currentTarget.value as WireFilter["verdict"] })
        }
      >
        {wireVerdicts.map((verdict) => (
          <option key={verdict} value={verdict}>
            {words.wireVerdicts[verdict]}
          </option>
        ))}
      </select>
      <input
        type="search"
        aria-label={words.text}
        placeholder={words.text}
        title={words.textHint}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <Button
        size="small"
        kind="quiet"
        icon={props.paused ? "play" : "pause"}
        onClick={() => props.onPause(!props.paused)}
      >
        {props.paused ? words.resume : words.pause}
      </Button>
      <Button
        size="small"
        kind="quiet"
        icon="trash"
        onClick={() => onFilter({ ...filter, after: props.rows.at(-1)?.seq ?? filter.after })}
      >
        {words.clear}
      </Button>
      <Button
        size="small"
        kind="quiet"
        icon="copy"
        disabled={props.shown.length === 0}
        onClick={() => void copy()}
      >
        {words.copyHex}
      </Button>
      <Button
        size="small"
        kind="quiet"
        icon="download"
        disabled={!props.shown.some((row) => row.medium === "modbus")}
        onClick={save}
      >
        {words.savePcap}
      </Button>
    </div>
  );
}

/** Hands bytes to the browser to keep under `name`. */
function keepFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/vnd.tcpdump.pcap" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser takes the bytes after this turn; the address is let go when it surely has.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
