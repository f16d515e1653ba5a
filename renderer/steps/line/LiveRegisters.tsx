import { useState } from "react";
import type { Line } from "#domain/site/site.ts";
import { Button } from "../../parts/Button.tsx";
import { classes } from "../../parts/classes.ts";
import { Failures } from "../../parts/Failure.tsx";
import { FieldRow, NumberField, SelectField } from "../../parts/Fields.tsx";
import { InspectorPart } from "../../parts/Inspector.tsx";
import { useWay, WayChoice } from "../../parts/WayChoice.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./LiveRegisters.module.css";
import { useRegisters } from "./useRegisters.ts";

const count = 10;

/** Ten registers of a unit, read once a second while a person looks. */
export function LiveRegisters(props: {
  readonly line: Line;
  readonly unit: number;
  /** the line is at other work */
  readonly busy: boolean;
}) {
  const words = useWords().line.registers;
  const [area, setArea] = useState<"holding" | "input">("holding");
  const [offset, setOffset] = useState(0);
  const [wanted, setWanted] = useState(false);
  const way = useWay(props.line);
  // What keeps our own wire busy does not keep the gateway from reading.
  const busy = props.busy && way.way === "wire";
  const watching = wanted && !busy;
  // A number that is still being typed may be beyond what there is.
  const from = Math.min(65_535, Math.max(0, offset));
  const length = Math.min(count, 65_536 - from);
  const { rows, failures } = useRegisters(
    watching
      ? {
          line: props.line.id,
          unit: props.unit,
          area,
          offset: from,
          count: length,
          ...(way.way === "gateway" && { through: "gateway" as const }),
        }
      : undefined,
  );
  return (
    <InspectorPart title={words.title}>
      <div className={styles.way}>
        <WayChoice {...way} />
      </div>
      <FieldRow>
        <SelectField
          label={words.area}
          value={area}
          onChange={setArea}
          options={[
            { value: "holding", label: words.holding },
            { value: "input", label: words.input },
          ]}
        />
        <NumberField label={words.offset} value={offset} onChange={setOffset} min={0} max={65_535} />
      </FieldRow>
      <div className={styles.watch}>
        <Button
          size="small"
          icon={watching ? "pause" : "play"}
          pressed={watching}
          disabled={busy}
          onClick={() => setWanted(!watching)}
        >
          {watching ? words.stop : words.start}
        </Button>
      </div>
      <Failures failures={failures} />
      {rows.length > 0 && (
        <table className={styles.registers} aria-label={words.title}>
          <thead>
            <tr>
              <th scope="col">{words.columns.printed}</th>
              <th scope="col">{words.columns.offset}</th>
              <th scope="col">{words.columns.hex}</th>
              <th scope="col">{words.columns.value}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.offset}>
                <td>{row.printed}</td>
                <td className="dim">{row.offset}</td>
                <td className="mono">{row.hex}</td>
                <td className={classes(row.changed && styles.changed)}>
                  {row.unsigned}
                  {row.signed !== null && <small>{row.signed}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </InspectorPart>
  );
}
