/** Where the running training site answers. All addresses are on this machine. */
export interface TrainingPlace {
  /** path for SerialPorts.open */
  readonly serialPort: string;
  readonly plc: { readonly host: string; readonly port: number };
  readonly gatewayUrl: string;
  readonly broker: { readonly host: string; readonly port: number };
}

/** The simulated site inside the app. Starting twice gives the same place. */
export interface Training {
  start(): Promise<TrainingPlace>;
  stop(): Promise<void>;
}
