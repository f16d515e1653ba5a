import type { Site } from "#domain/site/site.ts";

/** Where the running training site answers. All addresses are on this machine. */
export interface TrainingPlace {
  /** path for SerialPorts.open */
  readonly serialPort: string;
  readonly plc: { readonly host: string; readonly port: number };
  readonly gatewayUrl: string;
  readonly broker: { readonly host: string; readonly port: number };
  /** the APIs of the programs beside Neuron */
  readonly beside?: { readonly nanomq: string; readonly ekuiper: string };
}

/** The simulated site inside the app. Starting twice gives the same place. */
export interface Training {
  start(): Promise<TrainingPlace>;
  stop(): Promise<void>;
}

/** What ships with it: the site as it is planned, without tags, and the tag table to import. */
export interface TrainingMaterial {
  plan(place: TrainingPlace): Site;
  tagTable(): Promise<string>;
}
