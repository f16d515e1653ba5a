import { type Difference, diffConfigs } from "./diff.ts";
import type { NeuronConfig } from "./neuronConfig.ts";
import { withoutSecrets } from "./seal.ts";

/** One thing that is not the same everywhere. Texts are for people; empty where it is not. */
export interface ThreeWayRow {
  readonly kind: Difference["kind"];
  readonly node: string;
  /** group, `group/tag`, setting or app; empty for the node itself */
  readonly name: string;
  readonly designed: string;
  /** undefined without a bundle */
  readonly bundled: string | undefined;
  readonly running: string;
}

/**
 * What differs between the design, what a bundle holds of it, and what runs. Order, defaults and what Neuron fills
 * in by itself are no differences, so an export that comes back as it went shows nothing.
 *
 * @param designed what is to run, with what others have on the gateway
 * @param bundled  what the bundle holds; it has no passwords, so they are not compared with it
 */
export function compareThree(
  designed: NeuronConfig,
  bundled: NeuronConfig | undefined,
  running: NeuronConfig,
): readonly ThreeWayRow[] {
  const rows = new Map<string, ThreeWayRow>();
  const keyOf = ({ kind, node, name }: Difference) => [kind, node, name].join("\n");
  for (const one of diffConfigs(designed, running).differences) {
    const { kind, node, name, wanted } = one;
    const row = { kind, node, name, designed: wanted, running: one.running };
    rows.set(keyOf(one), { ...row, bundled: bundled && wanted });
  }
  if (bundled === undefined) return [...rows.values()];
  for (const one of diffConfigs(withoutSecrets(designed), bundled).differences) {
    const { kind, node, name, wanted } = one;
    const known = rows.get(keyOf(one));
    const row = known ?? { kind, node, name, designed: wanted, running: wanted };
    rows.set(keyOf(one), { ...row, bundled: one.running });
  }
  return [...rows.values()];
}
