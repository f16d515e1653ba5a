import type { NeuronConfig } from "./neuronConfig.ts";

/** What stands where a secret was. */
export const sealed = "(sealed)";

/** Members of `params` that Neuron and its plugins hand out in clear. Certificates are public and stay. */
const secretNames =
  /pass(word|phrase|wd)?$|^key(pass)?$|secret|token|private|access[-_]?key|connection[-_]?string/i;

/** The same configuration with every password and key replaced by a marker, fit to be kept and shown. */
export function withoutSecrets(config: NeuronConfig): NeuronConfig {
  return {
    ...config,
    settings: config.settings.map((setting) => ({
      ...setting,
      params: sealMembers(setting.params),
    })),
  };
}

/**
 * A configuration that was kept without its secrets, with them again: those of nodes that nobody touched since are
 * what runs on the gateway.
 *
 * @returns the node whose secrets are not known as `lost`
 */
export function withSecretsFrom(
  kept: NeuronConfig,
  running: NeuronConfig,
  touched: ReadonlySet<string>,
): { readonly config: NeuronConfig; readonly lost?: string } {
  const now = new Map(running.settings.map((setting) => [setting.node, setting]));
  let lost: string | undefined;
  const settings = kept.settings.map((setting) => {
    if (!holdsMarker(setting.params)) return setting;
    const held = now.get(setting.node);
    if (held !== undefined && !touched.has(setting.node)) return held;
    lost ??= setting.node;
    return setting;
  });
  const config = { ...kept, settings };
  return lost === undefined ? { config } : { config, lost };
}

function holdsMarker(value: unknown): boolean {
  if (value === sealed) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsMarker);
}

export function isSecretName(name: string): boolean {
  return secretNames.test(name);
}

function sealMembers(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      isSecretName(name) ? seal(value) : sealInside(value),
    ]),
  );
}

/** Nothing to hide in an empty password, and its emptiness is worth seeing. */
function seal(value: unknown): unknown {
  return value === "" || value === null || value === undefined ? value : sealed;
}

function sealInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sealInside);
  if (typeof value === "object" && value !== null) return sealMembers(value as Record<string, unknown>);
  return value;
}
