import { Modal } from "@mantine/core";
import { useState } from "react";
import type { FailureView } from "#contract/views.ts";
import type { Line, SerialSettings } from "#domain/site/site.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { FieldRow, Form, NumberField, SelectField, TextField } from "../../parts/Fields.tsx";
import { useWords } from "../../words/language.ts";
import { draftOf, draftProblems, emptyLine, type LineDraft, lineOf } from "./lineDraft.ts";
import { NetworkSearch } from "./NetworkSearch.tsx";
import { PortCards } from "./PortCards.tsx";

const baudRates = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] as const;

/** Adds a line or changes one: where it is plugged in and what it is set to. */
export function LineForm(props: {
  /** undefined: a new line */
  readonly line: Line | undefined;
  readonly lines: readonly Line[];
  /** called with the line's id when it was kept */
  readonly onDone: (id?: string) => void;
}) {
  const { line: words, parts } = useWords();
  const workbench = useWorkbench();
  const [draft, setDraft] = useState<LineDraft>(
    props.line ? draftOf(props.line) : emptyLine(props.lines.length),
  );
  const [tried, setTried] = useState(false);
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const problems = draftProblems(draft);
  const set = (change: Partial<LineDraft>) => setDraft((before) => ({ ...before, ...change }));
  const told = (field: keyof typeof problems) => {
    const problem = problems[field];
    return tried && problem ? words[problem] : undefined;
  };

  async function keep(): Promise<void> {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const line = lineOf(draft, props.line, props.lines);
    try {
      await workbench.call("site.edit", {
        edit: { kind: "putLine", line: { ...line, units: [...line.units] } },
      });
      props.onDone(line.id);
    } catch (error) {
      setFailures(failuresIn(error));
    }
  }

  return (
    <Modal
      opened
      onClose={() => props.onDone()}
      size={620}
      title={props.line ? words.editTitle : words.addTitle}
      closeButtonProps={{ "aria-label": parts.close }}
      transitionProps={{ duration: 0 }}
    >
      <Form label={props.line ? words.editTitle : words.addTitle} onSubmit={() => void keep()}>
        <FieldRow>
          <TextField
            label={words.name}
            hint={words.nameHint}
            value={draft.name}
            onChange={(name) => set({ name })}
            problem={told("name")}
            longest={127}
          />
          <SelectField
            label={words.kind}
            value={draft.kind}
            onChange={(kind) => set({ kind })}
            options={[
              { value: "serial", label: words.kinds.serial },
              { value: "tcp", label: words.kinds.tcp },
            ]}
          />
        </FieldRow>
        {draft.kind === "serial" ? (
          <>
            <PortCards
              path={draft.serialPort}
              onPath={(serialPort) => set({ serialPort })}
              problem={told("port")}
            />
            <Settings settings={draft.settings} onSettings={(settings) => set({ settings })} />
            <FieldRow>
              <TextField
                label={words.gatewayPort}
                hint={words.gatewayPortHint}
                value={draft.gatewayPort}
                onChange={(gatewayPort) => set({ gatewayPort })}
                mono
                longest={30}
              />
              <Timeout draft={draft} set={set} />
            </FieldRow>
          </>
        ) : (
          <FieldRow>
            <TextField
              label={words.host}
              placeholder={words.hostPlaceholder}
              value={draft.host}
              onChange={(host) => set({ host })}
              problem={told("host")}
              mono
              longest={255}
            />
            <NumberField
              label={words.tcpPort}
              value={draft.tcpPort}
              onChange={(tcpPort) => set({ tcpPort })}
              min={1}
              max={65535}
            />
            <Timeout draft={draft} set={set} />
          </FieldRow>
        )}
        {draft.kind === "tcp" && !props.line && (
          <NetworkSearch port={draft.tcpPort} onUse={({ host, port }) => set({ host, tcpPort: port })} />
        )}
        <Failures failures={failures} />
        <div style={{ display: "flex", gap: 8, justifyContent: "flex-end" }}>
          <Button onClick={() => props.onDone()}>{parts.cancel}</Button>
          <Button kind="primary" type="submit">
            {words.save}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

function Timeout({
  draft,
  set,
}: {
  readonly draft: LineDraft;
  readonly set: (change: Partial<LineDraft>) => void;
}) {
  return (
    <NumberField
      label={useWords().line.timeout}
      value={draft.timeoutMs}
      onChange={(timeoutMs) => set({ timeoutMs })}
      min={10}
      max={30_000}
      unit="ms"
    />
  );
}

function Settings(props: {
  readonly settings: SerialSettings;
  readonly onSettings: (settings: SerialSettings) => void;
}) {
  const words = useWords().line;
  const { settings } = props;
  const set = (change: Partial<SerialSettings>) => props.onSettings({ ...settings, ...change });
  const rates = [...new Set<number>([...baudRates, settings.baudRate])].sort((a, b) => a - b);
  return (
    <FieldRow>
      <SelectField
        label={words.baudRate}
        value={String(settings.baudRate)}
        onChange={(rate) => set({ baudRate: Number(rate) })}
        options={rates.map((rate) => ({ value: String(rate), label: String(rate) }))}
      />
      <SelectField
        label={words.parity}
        value={settings.parity}
        onChange={(parity) => set({ parity })}
        options={(["none", "even", "odd"] as const).map((value) => ({ value, label: words.parities[value] }))}
      />
      <SelectField
        label={words.dataBits}
        value={settings.dataBits === 7 ? "7" : "8"}
        onChange={(bits) => set({ dataBits: bits === "7" ? 7 : 8 })}
        options={(["8", "7"] as const).map((value) => ({ value, label: value }))}
      />
      <SelectField
        label={words.stopBits}
        value={settings.stopBits === 2 ? "2" : "1"}
        onChange={(bits) => set({ stopBits: bits === "2" ? 2 : 1 })}
        options={(["1", "2"] as const).map((value) => ({ value, label: value }))}
      />
      <SelectField
        label={words.mode}
        value={settings.mode ?? "rtu"}
        onChange={(mode) => set({ mode: mode === "ascii" ? "ascii" : undefined })}
        options={(["rtu", "ascii"] as const).map((value) => ({ value, label: words.modes[value] }))}
      />
    </FieldRow>
  );
}
