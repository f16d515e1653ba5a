import type { GatewayChange } from "#domain/gateway/gatewayChange.ts";
import type { GatewayMetric } from "#domain/gateway/metrics.ts";
import type { NeuronConfig, NeuronTag } from "#domain/gateway/neuronConfig.ts";
import type { GatewayWay } from "./gatewayWay.ts";

export interface GatewayNode {
  readonly node: string;
  /** 1 created, 2 ready, 3 running, 4 stopped */
  readonly running: number;
  readonly link: 0 | 1;
  /** ms; 9999 means never or failed */
  readonly rtt: number;
}

export interface GatewayValue {
  readonly name: string;
  /** the value exactly as printed in JSON, so that 64-bit integers and precision survive; absent with an error */
  readonly value?: number | bigint | string | readonly number[];
  readonly error?: number;
}

/**
 * A signed-in gateway. Faults: gateway.unreachable, gateway.refused (with the gateway's error number),
 * gateway.signedOut, gateway.unexpected (a reply that does not fit).
 */
export interface GatewaySession {
  readonly url: string;
  readonly product: "Neuron" | "NeuronEX";
  readonly version: string;
  /** gateway's clock minus ours, ms, from the token it issued; whole seconds only */
  readonly skewMs: number;
  readonly defaultPassword: boolean;
  plugins(signal: AbortSignal): Promise<readonly string[]>;
  states(signal: AbortSignal): Promise<readonly GatewayNode[]>;
  /** the whole configuration, passwords in clear as the gateway gives them: seal before keeping */
  config(signal: AbortSignal): Promise<NeuronConfig>;
  /** makes one change; a refused one changes nothing, save `removeTags` */
  change(change: GatewayChange, signal: AbortSignal): Promise<void>;
  /** of the user who is signed in; the session goes on with it */
  setPassword(password: string, signal: AbortSignal): Promise<void>;
  read(node: string, group: string, signal: AbortSignal): Promise<readonly GatewayValue[]>;
  /** reads one address without keeping it; Neuron does so for Modbus TCP alone, and wants to hear of a group */
  test(node: string, group: string, tag: NeuronTag, signal: AbortSignal): Promise<GatewayValue>;
  /** counters and last errors of all nodes; none where the gateway has no such call */
  metrics(signal: AbortSignal): Promise<readonly GatewayMetric[]>;
  /** resolves when the gateway has sent it: whether the device took it shows only in what is read afterwards */
  write(write: GatewayWrite, signal: AbortSignal): Promise<void>;
}

export interface GatewayWrite {
  readonly node: string;
  readonly group: string;
  readonly tag: string;
  readonly value: number | bigint | string | readonly number[];
}

export interface Gateways {
  /**
   * gateway.loginRefused for wrong credentials; what the way throws before the password goes out
   *
   * @param to its address, or the way to it
   */
  signIn(
    to: string | GatewayWay,
    user: string,
    password: string,
    signal: AbortSignal,
  ): Promise<GatewaySession>;
}
