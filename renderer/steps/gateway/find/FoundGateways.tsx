import type { FoundGatewayView } from "#contract/lineViews.ts";
import { Button } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./GatewaySearch.module.css";

/** What answered and where; a click takes the address into the sign-in. */
export function FoundGateways(props: {
  readonly found: readonly FoundGatewayView[];
  readonly onUse: (found: FoundGatewayView) => void;
}) {
  const words = useWords().gatewayFind;
  return (
    <ul className={styles.found} aria-label={words.found}>
      {props.found.map((one) => (
        <li key={`${one.kind} ${one.url}`}>
          <StateIcon state={isNeuron(one) ? "ok" : "idle"} />
          <div className={styles.who}>
            <p>
              <b>{`${one.kind} ${one.version}`.trim()}</b>
              <span className="mono">
                {one.kind === "SSH" ? one.host : one.url.replace(/^http:\/\//, "")}
              </span>
            </p>
            <p className={styles.says}>{saysOf(one, words)}</p>
          </div>
          {(isNeuron(one) || one.kind === "SSH") && (
            <Button
              label={one.kind === "SSH" ? words.sshTo(one.host) : words.use(one.url)}
              onClick={() => props.onUse(one)}
            >
              {one.kind === "SSH" ? words.useSsh : words.useShort}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function isNeuron({ kind }: FoundGatewayView): boolean {
  return kind === "Neuron" || kind === "NeuronEX";
}

function saysOf(one: FoundGatewayView, words: ReturnType<typeof useWords>["gatewayFind"]): string {
  return [
    one.name,
    one.mac,
    one.latencyMs === null ? "" : words.latency(Math.max(1, one.latencyMs).toFixed(0)),
    one.kind === "SSH" ? words.onlySsh : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
