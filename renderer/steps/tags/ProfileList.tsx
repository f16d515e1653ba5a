import { useState } from "react";
import type { ProfileView } from "#contract/profileViews.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { FilterBox, Toolbar } from "../../parts/Toolbar.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./ProfilePanel.module.css";

/** The device profiles, found by maker, model or what they are. */
export function ProfileList(props: {
  readonly profiles: readonly ProfileView[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const words = useWords().tags.profile;
  const language = useLanguage();
  const [wanted, setWanted] = useState("");
  const found = props.profiles.filter((one) =>
    wanted
      .toLowerCase()
      .split(/\s+/)
      .every((word) => textOf(one, words.kinds).includes(word)),
  );
  const columns: readonly Column<ProfileView>[] = [
    {
      key: "device",
      title: words.device,
      width: "minmax(140px, 1fr)",
      cell: (one) => (
        <span className={styles.device} title={one.says[language]}>
          {one.vendor} <strong>{one.model}</strong>
        </span>
      ),
    },
    {
      key: "kind",
      title: words.kind,
      width: "88px",
      dim: true,
      cell: (one) => words.kinds[one.kind] ?? one.kind,
    },
  ];
  return (
    <div className={styles.list}>
      <Toolbar label={words.profiles}>
        <FilterBox label={words.find} value={wanted} onChange={setWanted} />
      </Toolbar>
      <DataTable
        label={words.profiles}
        rows={found}
        columns={columns}
        rowKey={(one) => one.id}
        selected={props.chosen}
        onSelect={(one) => props.onChoose(one.id)}
        empty={words.noneFound}
        fills
      />
    </div>
  );
}

function textOf(one: ProfileView, kinds: Readonly<Record<string, string>>): string {
  return [one.vendor, one.model, one.kind, kinds[one.kind] ?? "", one.says.en, one.says.zh]
    .join(" ")
    .toLowerCase();
}
