import { Failure } from "../../parts/Failure.tsx";
import { type Fact, Facts, InspectorPart } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { dayAndTime, number } from "../../words/numbers.ts";
import type { NodeCounts } from "./useCounts.ts";

/** Last errors that are shown of one node. */
const shownErrors = 3;

/** What one node did so far, and why reads of its groups failed the last time. */
export function NodeLive({ counts }: { readonly counts: NodeCounts }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const fact = (name: string, value: number | null): readonly Fact[] =>
    value === null ? [] : [{ name, value: number(language, value) }];
  const facts = [
    ...fact(words.counts.reads, counts.reads),
    ...fact(words.counts.readErrors, counts.readErrors),
    ...fact(words.counts.sent, counts.sent),
    ...fact(words.counts.sendErrors, counts.sendErrors),
    ...fact(words.counts.cached, counts.cached),
    ...fact(words.counts.disconnections, counts.disconnections),
  ];
  return (
    <>
      {facts.length > 0 && (
        <InspectorPart title={words.counts.title}>
          <Facts facts={facts} />
        </InspectorPart>
      )}
      {counts.errors.length > 0 && (
        <InspectorPart title={words.counts.errors}>
          {counts.errors.slice(0, shownErrors).map(({ group, failure, at }) => (
            <div key={group}>
              <p className="dim">{words.counts.errorAt(group, dayAndTime(language, at))}</p>
              <Failure failure={failure} plain />
            </div>
          ))}
        </InspectorPart>
      )}
    </>
  );
}
