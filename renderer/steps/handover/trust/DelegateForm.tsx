import { useState } from "react";
import { publicKey } from "#contract/trustViews.ts";
import { Button } from "../../../parts/Button.tsx";
import { FieldRow, Form, TextField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./TrustPanel.module.css";
import type { Trust } from "./useTrust.ts";

/** Lets somebody's key act: an organisation's, by the owner, or a technician's, by the organisation. */
export function DelegateForm(props: { readonly trust: Trust; readonly to: "organisation" | "technician" }) {
  const words = useWords().trust;
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [sites, setSites] = useState("*");
  const [until, setUntil] = useState(inAYear);
  const isKey = publicKey.safeParse(key.trim()).success;
  const isDay = !Number.isNaN(Date.parse(until)) && /^\d{4}-\d{2}-\d{2}$/.test(until);
  const ids = sites.split(/[\s,;]+/).filter((part) => part !== "");

  function make(): void {
    const order = { role: props.to, name, key: key.trim(), sites: ids, actions: ["apply:neuron"], until };
    void props.trust.make("trust.delegate", order);
  }

  return (
    <Form label={words.delegateTo[props.to]} onSubmit={make}>
      <h4>{words.delegateTo[props.to]}</h4>
      <FieldRow>
        <TextField label={words.name} value={name} longest={127} onChange={setName} />
        <TextField
          label={words.until_}
          hint={words.untilHint}
          problem={isDay ? undefined : words.noDay}
          value={until}
          onChange={setUntil}
        />
      </FieldRow>
      <TextField
        label={words.theirKey}
        hint={words.theirKeyHint}
        problem={key === "" || isKey ? undefined : words.noKey}
        value={key}
        mono
        onChange={setKey}
      />
      <TextField label={words.forSites} hint={words.forSitesHint} value={sites} onChange={setSites} />
      <div className={styles.buttons}>
        <Button type="submit" disabled={!isKey || !isDay || name.trim() === "" || ids.length === 0}>
          {words.delegate}
        </Button>
      </div>
    </Form>
  );
}

/** Long enough to work, short enough that a lost key ends by itself. */
function inAYear(): string {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() + 1);
  return day.toISOString().slice(0, 10);
}
