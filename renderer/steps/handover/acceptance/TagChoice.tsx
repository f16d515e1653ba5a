import { Autocomplete } from "@mantine/core";
import { useMemo } from "react";
import { useItems } from "../../../client/hooks.ts";
import { useWords } from "../../../words/language.ts";

/** A point of the site by its name, with what fits while one types. */
export function TagChoice(props: { readonly value: string; readonly onChange: (tag: string) => void }) {
  const words = useWords().acceptance;
  const tags = useItems("tags");
  const names = useMemo(() => tags.map(({ key }) => key), [tags]);
  return (
    <Autocomplete
      label={words.tag}
      value={props.value}
      data={names}
      limit={20}
      maxDropdownHeight={220}
      onChange={props.onChange}
    />
  );
}
