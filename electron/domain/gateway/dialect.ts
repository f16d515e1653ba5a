/** How a gateway of one product and version is spoken to. Paths are behind the gateway's root. */
export interface GatewayDialect {
  readonly product: "Neuron" | "NeuronEX";
  readonly base: string;
  readonly login: string;
  /** the password's name in the login's body */
  readonly passwordField: "pass" | "password";
}

export const neuronDialect: GatewayDialect = {
  product: "Neuron",
  base: "/api/v2",
  login: "/api/v2/login",
  passwordField: "pass",
};

export const neuronExDialect: GatewayDialect = {
  product: "NeuronEX",
  base: "/api/neuron",
  login: "/api/login",
  passwordField: "password",
};

/** What a version can do, and what it does where nobody says otherwise. */
export interface GatewayAbilities {
  /** `GET /global/config` gives everything in one reply */
  readonly exportsWhole: boolean;
  readonly shortestIntervalMs: number;
  /** a subscription without a topic publishes under `/neuron/…` and not under `neuron/…` */
  readonly topicSlash: boolean;
  /** reads over MQTT are asked under `/neuron/…` and not under `neuron/…`, whatever the node's settings say */
  readonly requestSlash: boolean;
}

/**
 * The table of versions; one that cannot be read counts as the oldest.
 *
 * | | whole export | shortest interval | default topic | reads over MQTT |
 * |---|---|---|---|---|
 * | Neuron up to 2.3 | no | 100 ms | with slash | with slash |
 * | 2.4 to 2.11 | yes | 100 ms | with slash | with slash |
 * | 2.12 | yes | 100 ms | with slash | without |
 * | 2.13 and later | yes | 30 ms | with slash | without |
 * | NeuronEX up to 3.9.0 | no | 100 ms | with slash | with slash |
 * | NeuronEX from 3.9.1 | no | 30 ms | without | without |
 */
export function abilitiesOf(product: GatewayDialect["product"], version: string): GatewayAbilities {
  if (product === "NeuronEX") {
    const isNew = isAtLeast(version, [3, 9, 1]);
    return {
      exportsWhole: false,
      shortestIntervalMs: isNew ? 30 : 100,
      topicSlash: !isNew,
      requestSlash: !isNew,
    };
  }
  return {
    exportsWhole: isAtLeast(version, [2, 4]),
    shortestIntervalMs: isAtLeast(version, [2, 13]) ? 30 : 100,
    topicSlash: true,
    requestSlash: !isAtLeast(version, [2, 12]),
  };
}

/** A gateway that nobody asked: what every one of them takes. */
export const oldestGateway: GatewayAbilities = abilitiesOf("Neuron", "");

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split(".").map(Number) ?? [];
  for (const [index, part] of least.entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
