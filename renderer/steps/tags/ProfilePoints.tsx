import type { ProfileView } from "#contract/profileViews.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./TagTable.module.css";
import { toggled } from "./ticks.ts";

type Point = ProfileView["points"][number];

/** A profile's points: the address as the manual prints it beside the one on the wire; those ticked become tags. */
export function ProfilePoints(props: {
  readonly profile: ProfileView;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}) {
  const words = useWords().tags;
  const language = useLanguage();
  const { ticked, onTick } = props;
  const columns: readonly Column<Point>[] = [
    {
      key: "tick",
      title: "✓",
      width: "38px",
      cell: (point) => (
        <input
          type="checkbox"
          className={styles.tick}
          tabIndex={-1}
          aria-label={words.select(point.says[language])}
          checked={ticked.has(point.id)}
          onChange={() => onTick(toggled(ticked, point.id))}
          onClick={(event) => event.stopPropagation()}
        />
      ),
    },
    {
      key: "says",
      title: words.edit.description,
      width: "minmax(160px, 1fr)",
      cell: (point) => point.says[language],
    },
    {
      key: "printed",
      title: words.profile.printed,
      width: "minmax(104px, 150px)",
      mono: true,
      yields: 1,
      cell: (point) => point.printed,
    },
    {
      key: "wire",
      title: words.columns.wire,
      width: "70px",
      align: "right",
      cell: (point) => (
        <span className="dim" title={words.wireHint}>
          {point.offset}
        </span>
      ),
    },
    {
      key: "type",
      title: words.columns.type,
      width: "72px",
      dim: true,
      yields: 2,
      cell: (point) => point.type,
    },
    { key: "unit", title: words.columns.unit, width: "64px", dim: true, cell: (point) => point.unit },
  ];
  return (
    <DataTable
      label={words.profile.points}
      rows={props.profile.points}
      columns={columns}
      rowKey={(point) => point.id}
      onSelect={(point) => onTick(toggled(ticked, point.id))}
      fills
    />
  );
}
