import { sayPhrase } from "#contract/words/say.ts";
import { useItem } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { classes } from "../../parts/classes.ts";
import { type Fact, Facts, Inspector, InspectorPart } from "../../parts/Inspector.tsx";
import { fullName } from "../../parts/TagName.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number, timeOfDay } from "../../words/numbers.ts";
import { StimulusPart } from "./StimulusPart.tsx";
import styles from "./VerifyInspector.module.css";
import { isBad, type VerifyRow } from "./verifyRows.ts";

/** One tag's proof: the sentence that names the fault, then the evidence behind it. */
export function VerifyInspector(props: {
  readonly row: VerifyRow;
  readonly busy: boolean;
  readonly onRetest: () => void;
}) {
  const words = useWords().verify;
  const language = useLanguage();
  const gateway = useItem("gateway", "gateway");
  const { tag, proof } = props.row;
  const time = (reading: { readonly at: number } | null) => (reading === null ? "–" : timeOfDay(reading.at));
  const facts: readonly Fact[] = [
    { name: words.address, value: tag.printed, mono: true },
    { name: words.onWire, value: `${tag.tag.address.unit} · ${tag.tag.address.offset}`, mono: true },
    { name: words.rawWords, value: proof.words === "" ? "–" : proof.words, mono: true },
    { name: words.readAt, value: time(proof.wire) },
    ...(proof.wireBy === null || proof.wireBy === "read"
      ? []
      : [{ name: words.wireBy, value: words.wireTruths[proof.wireBy] }]),
    { name: words.gatewayAt, value: time(proof.gateway) },
    { name: words.topic, value: proof.topic === "" ? "–" : proof.topic, mono: true },
    { name: words.receivedAt, value: time(proof.cloud) },
    {
      name: words.latency,
      value: proof.latencyMs === null ? "–" : `${number(language, proof.latencyMs)} ${words.milliseconds}`,
    },
    ...(gateway
      ? [{ name: words.skew, value: `${number(language, gateway.skewMs / 1000, 1)} ${words.seconds}` }]
      : []),
    { name: words.attempt, value: proof.attempt === 0 ? "–" : number(language, proof.attempt) },
  ];
  return (
    <Inspector title={fullName(tag.tag)}>
      <p
        className={classes(
          styles.sentence,
          isBad(proof) && styles.bad,
          proof.verdict === "same" && styles.same,
        )}
      >
        {sayPhrase(language, proof.says)}
      </p>
      <InspectorPart>
        <Facts facts={facts} />
      </InspectorPart>
      <StimulusPart key={props.row.key} tag={tag.tag} busy={props.busy} />
      <div>
        <Button icon="refresh" disabled={props.busy} onClick={props.onRetest}>
          {words.retest}
        </Button>
      </div>
    </Inspector>
  );
}
