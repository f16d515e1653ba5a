import { type ReactNode, useState } from "react";
import { sayPhrase } from "#contract/words/say.ts";
import type { SeenIdentity } from "#domain/modbus/identity.ts";
import { phrase } from "#domain/phrase.ts";
import type { Line } from "#domain/site/site.ts";
import { useAct } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Form, TextField } from "../../parts/Fields.tsx";
import { type Fact, Facts, Inspector, InspectorPart } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { ProfileProposal } from "../tags/ProfileProposal.tsx";
import { canBeAdded, proposedName, slowMs, type UnitRow, withUnit } from "./unitRows.ts";

/** One unit: what it is, what to try, its name in the site. */
export function UnitInspector(props: {
  readonly line: Line;
  readonly row: UnitRow;
  /** shown first: what has no room beside the map */
  readonly above?: ReactNode;
  /** shown last: the figures behind what stands beside the map */
  readonly below?: ReactNode;
}) {
  const { line, row } = props;
  const { line: words, parts, tags } = useWords();
  const { profile } = tags;
  const language = useLanguage();
  const act = useAct();
  const [name, setName] = useState(proposedName(row));

  function keep(): void {
    void act("site.edit", {
      edit: { kind: "setUnits", line: line.id, units: [...withUnit(line, row, name)] },
    });
  }

  function remove(): void {
    const units = line.units.filter((unit) => unit.number !== row.number);
    void act("site.edit", { edit: { kind: "setUnits", line: line.id, units } });
  }

  return (
    <Inspector
      title={row.name ? `${words.unitTitle(row.number)} · ${row.name}` : words.unitTitle(row.number)}
    >
      {props.above}
      <InspectorPart title={parts.details}>
        <p className="dim">
          {row.suspicion
            ? sayPhrase(language, phrase(suspicions[row.suspicion], { unit: row.number }))
            : whatIsIt(row, words)}
        </p>
        {row.answer === "exception" && <p className="dim">{words.unitException}</p>}
      </InspectorPart>
      {row.suspicion && (
        <InspectorPart title={parts.tryThis}>
          <p>{words.unitDoubtfulTry}</p>
        </InspectorPart>
      )}
      {row.answer === "notHeard" && (
        <InspectorPart title={parts.tryThis}>
          <p>{words.unitSilentTry}</p>
        </InspectorPart>
      )}
      {row.latencyMs !== null && row.latencyMs > slowMs && (
        <InspectorPart title={parts.tryThis}>
          <p>{words.unitSlow}</p>
        </InspectorPart>
      )}
      {row.identity !== "" && (
        <InspectorPart title={profile.proposed}>
          <ProfileProposal seen={row.seen ?? told(row.identity)} line={line.id} unit={row.number} />
        </InspectorPart>
      )}
      {(row.inSite || canBeAdded(row)) && (
        <Form label={words.unitTitle(row.number)} onSubmit={keep}>
          <TextField
            label={words.unitName}
            placeholder={words.unitNamePlaceholder}
            value={name}
            onChange={setName}
            longest={127}
          />
          <div style={{ display: "flex", gap: 8 }}>
            <Button type="submit" size="small" disabled={row.inSite && name.trim() === row.name}>
              {row.inSite ? parts.save : words.addUnit}
            </Button>
            {row.inSite && (
              <Button size="small" kind="danger" onClick={remove}>
                {words.removeUnit}
              </Button>
            )}
          </div>
        </Form>
      )}
      <Facts
        facts={[
          { name: words.facts.identity, value: row.identity || "–" },
          ...(row.seen ? saidFacts(row.seen, words.facts) : []),
          {
            name: words.facts.latency,
            value: row.latencyMs === null ? "–" : `${number(language, row.latencyMs)} ms`,
          },
          { name: words.facts.answer, value: words.answers[row.answer] },
        ]}
      />
      {props.below}
    </Inspector>
  );
}

const suspicions = { garbled: "found.garbled", twice: "found.twice" } as const;

/** What the unit says of itself, field by field, as far as it does. */
function saidFacts(seen: SeenIdentity, names: ReturnType<typeof useWords>["line"]["facts"]): readonly Fact[] {
  return [
    { name: names.vendor, value: seen.vendor },
    { name: names.product, value: seen.product },
    { name: names.revision, value: seen.revision },
    { name: names.serial, value: seen.serial },
    { name: names.serverId, value: seen.serverId },
    { name: names.sunspecModels, value: seen.sunspecModels.join(", ") },
  ].filter(({ value }) => value !== "");
}

function whatIsIt(row: UnitRow, words: ReturnType<typeof useWords>["line"]): string {
  if (row.answer === "notHeard") return words.unitSilent;
  return row.inSite ? words.unitInSite : words.unitFound;
}

/** A scan keeps what a unit said as one text. */

/** What an earlier visit kept of a unit's identity: its text alone. */
function told(identity: string): SeenIdentity {
  return { vendor: "", product: "", revision: "", serial: "", serverId: identity, sunspecModels: [] };
}
