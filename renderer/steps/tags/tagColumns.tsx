import type { LastMinute } from "../../client/lastMinute.ts";
import { TagName } from "../../parts/TagName.tsx";
import type { Words } from "../../words/language.ts";
import { AgeCell, ExtremesCell, QualityCell, SparkCell, ValueCell, WordsCell } from "./LiveCells.tsx";
import { cellText } from "./sheet/cellText.ts";
import type { SheetColumn } from "./sheet/SheetColumn.ts";

/** What the tag sheet shows: what is read now, or every field of the tags. */
export type TagSheetView = "live" | "fields";

/** The columns of a view, all of them; a narrow table leaves out those that yield. */
export function tagColumns(
  view: TagSheetView,
  words: Words["tags"],
  minute: LastMinute,
  reading: boolean,
): readonly SheetColumn[] {
  const { columns } = words;
  const address: SheetColumn = {
    key: "address",
    title: columns.address,
    width: "118px",
    yields: 0,
    mono: true,
    field: "address",
    order: "address",
    cell: (row) => row.printed,
  };
  const type: SheetColumn = {
    key: "type",
    title: columns.type,
    width: "70px",
    yields: view === "live" ? 2 : 0,
    dim: true,
    field: "type",
    order: "type",
    cell: ({ tag }) => tag.type,
  };
  const unit: SheetColumn = {
    key: "unit",
    title: columns.unit,
    width: "62px",
    yields: 1,
    dim: true,
    field: "unit",
    order: "unit",
    cell: ({ tag }) => tag.unit,
  };
  const wire: SheetColumn = {
    key: "wire",
    title: columns.wire,
    width: "62px",
    yields: 3,
    align: "right",
    cell: ({ tag }) => (
      <span className="dim" title={words.wireHint}>
        {tag.address.offset}
      </span>
    ),
  };
  const value: SheetColumn = {
    key: "value",
    title: columns.value,
    width: view === "live" ? "minmax(90px, 130px)" : "90px",
    yields: view === "live" ? 0 : 9,
    align: "right",
    cell: (row) => <ValueCell of={row.key} />,
  };
  if (view === "fields") {
    return [
      { ...textColumn("group", columns.group, "minmax(72px, 110px)"), order: "group" },
      { ...textColumn("name", columns.name, "minmax(150px, 1fr)"), order: "name" },
      address,
      type,
      textColumn("access", columns.access, "64px", 4),
      { ...textColumn("scale", columns.scale, "62px"), align: "right" },
      { ...textColumn("bias", columns.bias, "56px", 2), align: "right" },
      { ...textColumn("precision", columns.precision, "86px", 3), align: "right" },
      unit,
      textColumn("description", columns.description, "minmax(110px, 1fr)", 1),
      { ...wire, yields: 10 },
      value,
    ];
  }
  return [
    {
      key: "name",
      title: columns.name,
      width: "minmax(150px, 1fr)",
      yields: 0,
      field: "name",
      order: "name",
      cell: ({ tag }) => <TagName group={tag.group} name={tag.name} />,
    },
    address,
    wire,
    type,
    value,
    unit,
    {
      key: "quality",
      title: columns.quality,
      width: "86px",
      yields: 4,
      cell: (row) => <QualityCell of={row.key} />,
    },
    {
      key: "words",
      title: columns.words,
      width: "112px",
      yields: 7,
      mono: true,
      dim: true,
      cell: (row) => <WordsCell of={row.key} />,
    },
    {
      key: "age",
      title: columns.age,
      width: "62px",
      yields: 6,
      align: "right",
      dim: true,
      cell: (row) => <AgeCell of={row.key} counting={reading} />,
    },
    {
      key: "extremes",
      title: columns.extremes,
      width: "168px",
      yields: 8,
      dim: true,
      align: "right",
      cell: (row) => <ExtremesCell of={row.key} minute={minute} />,
    },
    {
      key: "spark",
      title: columns.spark,
      width: "106px",
      yields: 5,
      cell: (row) => <SparkCell of={row.key} minute={minute} />,
    },
  ];
}

function textColumn(
  field: NonNullable<SheetColumn["field"]>,
  title: string,
  width: string,
  yields = 0,
): SheetColumn {
  return { key: field, title, width, yields, field, cell: ({ tag }) => cellText(tag, field) };
}
