/** The programs that run on a gateway beside Neuron. */
export const programs = ["nanomq", "ekuiper"] as const;
export type Program = (typeof programs)[number];

/** What differs in such a program; texts for people, secrets never in them, empty where a thing is not. */
export interface ProgramDifference {
  readonly kind: "bridge" | "setting" | "forward" | "subscription" | "file" | "stream" | "rule";
  readonly change: "add" | "change" | "remove";
  /** name of the bridge, stream or rule */
  readonly item: string;
  /** setting or topic that it is about; empty for the whole */
  readonly field: string;
  readonly wanted: string;
  readonly running: string;
}
