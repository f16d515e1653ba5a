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
 * The configuration's text with a marker for each secret, and the secrets in the order of their markers, each as the
 * JSON that belongs in its place.
 *
 * @param print how a configuration becomes text, see printConfig
 */
export function apartFromSecrets(
  config: NeuronConfig,
  print: (config: NeuronConfig) => string,
): { readonly text: string; readonly secrets: readonly string[] } {
  const found: string[] = [];
  // Told apart until the order of the text is known, and unlike whatever else is in it.
  const plain = print(withoutSecrets(config));
  let word = "sealed";
  while (plain.includes(`(${word} `)) word += "-";
  const mark = (value: unknown) => `(${word} ${found.push(JSON.stringify(value)) - 1})`;
  const settings = config.settings.map((setting) => ({
    ...setting,
    params: sealMembers(setting.params, mark),
  }));
  const secrets: string[] = [];
  const text = print({ ...config, settings }).replace(
    new RegExp(`"\\(${word} (\\d+)\\)"`, "g"),
    (_, index: string) => {
      secrets.push(found[Number(index)] ?? '""');
      return JSON.stringify(sealed);
    },
  );
  return { text, secrets };
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

type Mark = (secret: unknown) => string;

/** The same members with every password and key, however deep, replaced by the marker. */
export function sealMembers(
  members: Readonly<Record<string, unknown>>,
  mark: Mark = () => sealed,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      isSecretName(name) ? seal(value, mark) : sealInside(value, mark),
    ]),
  );
}

/** Nothing to hide in an empty password, and its emptiness is worth seeing. */
function seal(value: unknown, mark: Mark): unknown {
  return value === "" || value === null || value === undefined ? value : mark(value);
}

function sealInside(value: unknown, mark: Mark): unknown {
  if (Array.isArray(value)) return value.map((item) => sealInside(item, mark));
  if (typeof value === "object" && value !== null) return sealMembers(value as Record<string, unknown>, mark);
  return value;
}
