import type { SiteView } from "#contract/views.ts";
import { type Fact, Facts, Inspector, InspectorPart } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { bytes, number } from "../../words/numbers.ts";

/** The evidence of the site and where its file is. */
export function EvidenceInspector({ site }: { readonly site: SiteView }) {
  const words = useWords().site;
  const language = useLanguage();
  const { evidence } = site;
  const facts: readonly Fact[] = [
    { name: words.evidenceLines, value: number(language, evidence.lines) },
    {
      name: words.evidenceHead,
      value: <span title={evidence.head}>{evidence.head.slice(0, 12)}</span>,
      mono: true,
    },
    ...(evidence.cutBytes > 0
      ? [{ name: words.evidenceCut, value: bytes(language, evidence.cutBytes) }]
      : []),
  ];
  return (
    <Inspector title={words.inspector}>
      <InspectorPart>
        <p className="dim">{words.evidenceSays}</p>
      </InspectorPart>
      <Facts facts={facts} />
      {evidence.cutBytes > 0 && (
        <InspectorPart title={words.found}>
          <p>{words.evidenceCutSays(evidence.cutBytes)}</p>
        </InspectorPart>
      )}
      <InspectorPart title={words.file}>
        <Facts
          facts={[
            { name: words.savedState, value: words[site.saved] },
            { name: words.file, value: site.path, mono: true },
          ]}
        />
      </InspectorPart>
    </Inspector>
  );
}
