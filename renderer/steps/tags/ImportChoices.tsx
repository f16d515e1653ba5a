import type { ReactNode } from "react";
import { importFormats } from "#domain/tables/formats.ts";
import { orderLetters } from "#domain/tag/orderWord.ts";
import { Choice } from "../../parts/Toolbar.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./ImportColumns.module.css";
import { NumberBox } from "./NumberBox.tsx";
import type { ImportChoice, ImportPreview } from "./useImport.ts";

/** What a file does not say of itself: format and sheet where the guess was wrong, unit, area, counting, byte order. */
export function ImportChoices(props: {
  readonly preview: ImportPreview;
  readonly choice: ImportChoice;
  readonly onChoice: (choice: ImportChoice) => void;
}) {
  const { tags, tagWork } = useWords();
  const words = tags.import.mapping;
  const { preview, choice, onChoice } = props;
  const { addresses } = preview;

  function pick(name: keyof ImportChoice, value: string | number): void {
    const { [name]: _, ...others } = choice;
    onChoice(value === "" ? others : ({ ...others, [name]: value } as ImportChoice));
  }

  const formats = importFormats.filter((format) => (format === "xlsx") === (preview.format === "xlsx"));
  const areas = ["holding", "input", "discrete", "coil"] as const;
  return (
    <div className={styles.choices}>
      {formats.length > 1 && (
        <Labelled says={words.format}>
          <Choice
            label={words.format}
            value={preview.format}
            options={formats.map((value) => ({ value, label: words.formats[value] }))}
            onChange={(value) => pick("format", value)}
          />
        </Labelled>
      )}
      {preview.sheets.length > 1 && (
        <Labelled says={words.sheet}>
          <Choice
            label={words.sheet}
            value={preview.sheet}
            options={preview.sheets.map((value) => ({ value, label: value }))}
            onChange={(value) => pick("sheet", value)}
          />
        </Labelled>
      )}
      {preview.encoding !== "" && (
        <Labelled says={tagWork.encoding}>
          <Choice
            label={tagWork.encoding}
            value={preview.encoding}
            options={Object.entries(tagWork.encodings).map(([value, label]) => ({ value, label }))}
            onChange={(value) => pick("encoding", value)}
          />
        </Labelled>
      )}
      <Labelled says={words.unitNumber}>
        <NumberBox
          label={words.unitNumber}
          value={choice.unitNumber ?? addresses.unitNumber ?? undefined}
          from={1}
          to={247}
          onNumber={(value) => pick("unitNumber", value ?? "")}
        />
      </Labelled>
      {preview.header && (
        <>
          <Labelled says={words.area}>
            <Choice
              label={words.area}
              value={choice.area ?? addresses.area ?? ""}
              options={[
                { value: "", label: words.inFile },
                ...areas.map((value) => ({ value, label: words.areas[value] })),
              ]}
              onChange={(value) => pick("area", value)}
            />
          </Labelled>
          <Labelled says={words.base}>
            <Choice
              label={words.base}
              value={String(choice.base ?? addresses.base ?? "")}
              options={[
                { value: "", label: words.unknown },
                { value: "0", label: "0" },
                { value: "1", label: "1" },
              ]}
              onChange={(value) => pick("base", value === "" ? "" : Number(value))}
            />
          </Labelled>
          <Labelled says={words.numbers}>
            <Choice
              label={words.numbers}
              value={choice.numbers ?? ""}
              options={[
                { value: "", label: words.byLook },
                { value: "digit", label: words.digit },
                { value: "plain", label: words.plain },
              ]}
              onChange={(value) => pick("numbers", value)}
            />
          </Labelled>
        </>
      )}
      <Labelled says={words.order}>
        <Choice
          label={words.order}
          value={choice.order ?? addresses.order ?? ""}
          options={[
            { value: "", label: words.inFile },
            ...orderLetters.map((value) => ({ value, label: value })),
          ]}
          onChange={(value) => pick("order", value)}
        />
      </Labelled>
    </div>
  );
}

function Labelled({ says, children }: { readonly says: string; readonly children: ReactNode }) {
  return (
    <span className={styles.labelled}>
      {says}
      {children}
    </span>
  );
}
