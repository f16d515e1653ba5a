import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { TextField } from "./Fields.tsx";
import styles from "./RangeField.module.css";

/** Addresses of a network to be searched: typed, or one of this computer's own networks. */
export function RangeField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (range: string) => void;
  readonly networks: readonly { readonly name: string; readonly range: string }[] | undefined;
  /** the button that searches, beside the field */
  readonly children: ReactNode;
}) {
  const { networks = [] } = props;
  return (
    <>
      <div className={styles.ask}>
        <TextField
          label={props.label}
          placeholder="192.168.1.0/24"
          value={props.value}
          onChange={props.onChange}
          mono
          longest={64}
        />
        {props.children}
      </div>
      {networks.length > 1 && (
        <div className={styles.networks}>
          {networks.map((network) => (
            <Button
              key={`${network.name} ${network.range}`}
              size="small"
              kind="quiet"
              pressed={network.range === props.value}
              onClick={() => props.onChange(network.range)}
            >
              {`${network.name} · ${network.range}`}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
