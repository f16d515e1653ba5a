import { useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import { Chip } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { TagName } from "../../parts/TagName.tsx";
import { useWords } from "../../words/language.ts";

type Row = CallOutput<"tags.preview">["tags"][number];

const states = { added: "ok", changed: "warn", same: "idle" } as const;

/** The good rows of a table as they would stand in the site, to see whether its columns were understood. */
export function ImportRows({ tags }: { readonly tags: readonly Row[] }) {
  const words = useWords().tags;
  const [selected, select] = useState<string>();
  const names: Readonly<Record<string, string>> = words.columns;
  const columns: readonly Column<Row>[] = [
    {
      key: "name",
      title: words.columns.name,
      width: "minmax(150px, 1fr)",
      cell: ({ tag }) => <TagName group={tag.group} name={tag.name} />,
    },
    { key: "address", title: words.columns.address, width: "140px", mono: true, cell: (row) => row.printed },
    { key: "type", title: words.columns.type, width: "84px", dim: true, cell: ({ tag }) => tag.type },
    {
      key: "scale",
      title: words.edit.scale,
      width: "84px",
      align: "right",
      cell: ({ tag }) => (tag.scale === 1 ? "" : `× ${tag.scale}`),
    },
    { key: "unit", title: words.columns.unit, width: "72px", dim: true, cell: ({ tag }) => tag.unit },
    {
      key: "description",
      title: words.edit.description,
      width: "minmax(160px, 1fr)",
      dim: true,
      cell: ({ tag }) => tag.description,
    },
    {
      key: "change",
      title: words.import.change,
      width: "120px",
      cell: ({ change, fields }) => (
        <span title={fields.map((field) => names[field] ?? field).join(", ")}>
          <Chip state={states[change]}>{words.import[change]}</Chip>
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={words.import.goodRows}
      rows={tags}
      columns={columns}
      rowKey={(row) => row.key}
      selected={selected}
      onSelect={(row) => select(row.key)}
      fills
    />
  );
}
