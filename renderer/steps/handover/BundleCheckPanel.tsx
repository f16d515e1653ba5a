import { StateIcon } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failure, Failures } from "../../parts/Failure.tsx";
import { FileButton, FileDrop } from "../../parts/FileDrop.tsx";
import { Facts } from "../../parts/Inspector.tsx";
import { showNotice } from "../../parts/notices.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { bytes, day, dayAndTime, number } from "../../words/numbers.ts";
import styles from "./BundlePanel.module.css";
import { Digest } from "./Digest.tsx";
import { shortHash } from "./digest.ts";
import { type BundleCheck, largestBundleBytes, useBundleCheck } from "./useBundleCheck.ts";

/** Checks any bundle: whole or not, by whom and when, and every file with its hash. */
export function BundleCheckPanel() {
  const words = useWords().handover.check;
  const language = useLanguage();
  const { state, check } = useBundleCheck();

  function take(file: File): void {
    if (file.size > largestBundleBytes) showNotice(words.tooLarge(bytes(language, largestBundleBytes)));
    else void check(file);
  }

  return (
    <FileDrop says={words.drop} onFile={take}>
      <Section title={words.title} says={state.at === "none" ? undefined : state.name}>
        <div className={styles.panel}>
          {state.at === "none" && <p className="dim">{words.says}</p>}
          <div className={styles.buttons}>
            <FileButton icon="file" accept="*" busy={state.at === "reading"} onFile={take}>
              {state.at === "none" ? words.choose : words.again}
            </FileButton>
          </div>
          {state.at === "refused" && <Failures failures={state.failures} />}
          {state.at === "checked" && <Checked check={state.check} />}
        </div>
      </Section>
    </FileDrop>
  );
}

function Checked({ check }: { readonly check: BundleCheck }) {
  const words = useWords().handover.check;
  const language = useLanguage();
  const issuedAt = Date.parse(check.issuedAt);
  const or = (text: string) => (text === "" ? words.unknown : text);
  return (
    <>
      <p className={styles.verdict} role="status">
        <StateIcon state={check.good ? "ok" : "bad"} size={18} />
        <strong className={check.good ? "ok" : "bad"}>{check.good ? words.good : words.bad}</strong>
      </p>
      {check.problems.length > 0 && (
        <ul className={styles.problems} aria-label={words.problems}>
          {check.problems.map((problem) => (
            <li key={JSON.stringify(problem)}>
              <Failure failure={problem} plain />
            </li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          { name: words.site, value: or(check.site) },
          { name: words.gateway, value: or(check.gateway), mono: true },
          {
            name: words.issuedAt,
            value: Number.isNaN(issuedAt) ? or(check.issuedAt) : dayAndTime(language, issuedAt),
          },
        ]}
      />
      {check.trust !== null && (
        <Facts
          facts={[
            { name: words.owner, value: check.trust.owner },
            { name: words.organisation, value: check.trust.organisation },
            {
              name: words.technician,
              value: words.until(check.trust.technician, day(language, Date.parse(check.trust.notAfter))),
            },
          ]}
        />
      )}
      {check.issuer !== "" && <Digest name={words.issuer} digest={check.issuer} />}
      {check.issuer !== "" && <p className={styles.note}>{words.issuerHint}</p>}
      {check.digest !== "" && <Digest name={words.digest} digest={check.digest} />}
      {check.files.length > 0 && (
        <Section title={words.files} says={number(language, check.files.length)}>
          <Files check={check} />
        </Section>
      )}
    </>
  );
}

type BundledFile = BundleCheck["files"][number];

function Files({ check }: { readonly check: BundleCheck }) {
  const words = useWords().handover.check;
  const language = useLanguage();
  const tampered = new Set(
    check.problems.map((problem) => problem.facts.file).filter((file) => file !== undefined),
  );
  const columns: readonly Column<BundledFile>[] = [
    {
      key: "path",
      title: words.columns.path,
      width: "minmax(150px, 1fr)",
      cell: (file) => (
        <span className={styles.value} title={file.path}>
          {file.path}
        </span>
      ),
    },
    {
      key: "size",
      title: words.columns.size,
      width: "86px",
      align: "right",
      cell: (file) => bytes(language, file.size),
    },
    {
      key: "sha256",
      title: words.columns.sha256,
      width: "156px",
      mono: true,
      dim: true,
      cell: (file) => <span title={file.sha256}>{shortHash(file.sha256)}</span>,
    },
  ];
  return (
    <DataTable
      label={words.table}
      rows={check.files}
      columns={columns}
      rowKey={(file) => file.path}
      rowState={(file) => (tampered.has(file.path) ? "bad" : "plain")}
    />
  );
}
