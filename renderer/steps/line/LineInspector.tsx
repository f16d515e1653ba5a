import { Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { LinkView } from "#contract/views.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { Line } from "#domain/site/site.ts";
import { useAct, useItems } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { type Fact, Facts, Inspector, InspectorPart } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";

/** The line itself: what it is set to, releasing and removing it. */
export function LineInspector(props: {
  readonly line: Line;
  readonly link: LinkView | undefined;
  /** shown first: what has no room beside the map */
  readonly above?: ReactNode;
  /** how well it reads */
  readonly quality: ReactNode;
}) {
  const { line, link } = props;
  const { line: words } = useWords();
  const act = useAct();
  const [removing, setRemoving] = useState(false);
  const isHeld = link !== undefined && link.says.code !== "link.closed";
  return (
    <Inspector title={words.about}>
      {props.above}
      {props.quality}
      <InspectorPart>
        <p className="dim">{words.aboutSays}</p>
      </InspectorPart>
      <Facts facts={factsOf(line, words)} />
      <div style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>
        {isHeld && (
          <Button size="small" onClick={() => void act("line.close", { line: line.id })}>
            {words.release}
          </Button>
        )}
        <Button size="small" kind="danger" icon="trash" onClick={() => setRemoving(true)}>
          {words.remove}
        </Button>
      </div>
      <RemoveLine line={line} open={removing} onClose={() => setRemoving(false)} />
    </Inspector>
  );
}

function factsOf(line: Line, words: ReturnType<typeof useWords>["line"]): readonly Fact[] {
  const end: readonly Fact[] = [
    { name: words.facts.timeout, value: `${line.timeoutMs} ms` },
    { name: words.facts.units, value: line.units.length },
  ];
  return line.kind === "serial"
    ? [
        { name: words.facts.port, value: line.port, mono: true },
        { name: words.facts.settings, value: settingsText(line.settings) },
        { name: words.facts.gatewayPort, value: line.gatewayPort, mono: true },
        ...end,
      ]
    : [{ name: words.facts.address, value: `${line.host}:${line.port}`, mono: true }, ...end];
}

function RemoveLine(props: { readonly line: Line; readonly open: boolean; readonly onClose: () => void }) {
  const { line: words, parts } = useWords();
  const language = useLanguage();
  const act = useAct();
  const tags = useItems("tags").filter((row) => row.tag.line === props.line.id).length;
  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      title={words.removeTitle(props.line.name)}
      closeButtonProps={{ "aria-label": parts.close }}
    >
      <p>{words.removeSays(number(language, tags))}</p>
      <div style={{ display: "flex", gap: 8, justifyContent: "flex-end", marginTop: 20 }}>
        <Button onClick={props.onClose}>{parts.cancel}</Button>
        <Button
          kind="danger"
          onClick={() => {
            props.onClose();
            void act("site.edit", { edit: { kind: "removeLine", id: props.line.id } });
          }}
        >
          {words.remove}
        </Button>
      </div>
    </Modal>
  );
}
