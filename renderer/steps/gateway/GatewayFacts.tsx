import type { ReactNode } from "react";
import type { GatewayView } from "#contract/views.ts";
import { Chip } from "../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { duration } from "../../words/numbers.ts";
import { clockSays } from "./clockSays.ts";
import styles from "./GatewayFacts.module.css";

/** Version, clock, password: what must be right before anything is proved. */
export function GatewayFacts({ gateway }: { readonly gateway: GatewayView }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const clock = clockSays(gateway.skewMs);
  return (
    <div className={styles.facts}>
      <Big name={words.version} value={gateway.version} says={gateway.url} />
      <Big
        name={words.clock}
        value={
          clock === "right"
            ? words.clockRight
            : clock === "ahead"
              ? words.clockAhead(duration(language, gateway.skewMs))
              : words.clockBehind(duration(language, -gateway.skewMs))
        }
        says={clock === "right" ? "" : words.clockTry}
        chip={clock !== "right"}
      />
      <Big
        name={words.passwordState}
        value={gateway.defaultPassword ? words.passwordFactory : words.passwordOwn}
        says={gateway.defaultPassword ? `${words.passwordSays} ${words.passwordTry}` : ""}
        chip={gateway.defaultPassword}
      />
    </div>
  );
}

function Big(props: {
  readonly name: string;
  readonly value: string;
  readonly says: ReactNode;
  readonly chip?: boolean;
}) {
  return (
    <div className={styles.fact}>
      <p className={styles.name}>{props.name}</p>
      <p className={styles.value}>{props.chip ? <Chip state="warn">{props.value}</Chip> : props.value}</p>
      {props.says !== "" && <p className={styles.says}>{props.says}</p>}
    </div>
  );
}
