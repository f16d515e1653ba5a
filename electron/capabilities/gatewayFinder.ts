export const gatewayKinds = ["Neuron", "NeuronEX", "eKuiper", "NanoMQ"] as const;

/** A program of the gateway's stack that answers somewhere. */
export interface FoundGateway {
  readonly kind: (typeof gatewayKinds)[number];
  /** `http://192.168.1.10:7000` */
  readonly url: string;
  /** empty where it tells nobody who is not signed in */
  readonly version: string;
  /** from the question to its answer */
  readonly latencyMs: number;
}

/** Asks hosts whether they are gateways, without signing in. Never fails: a host that is none is found to be none. */
export interface GatewayFinder {
  ask(host: string, signal: AbortSignal): Promise<readonly FoundGateway[]>;
}
