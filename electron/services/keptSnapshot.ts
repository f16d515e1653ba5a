import { FaultError } from "#domain/fault.ts";
import { configSchema } from "#domain/gateway/configSchema.ts";
import { parseExactJson, printExactJson } from "#domain/gateway/exactJson.ts";
import { mergeConfig } from "#domain/gateway/merge.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import type { ApplyIntent } from "#domain/gateway/openIntent.ts";
import { withoutSecrets, withSecretsFrom } from "#domain/gateway/seal.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { World } from "./world.ts";

/**
 * Keeps a configuration so that it can be put back: whole among the secrets, and without them in the evidence, for
 * programs whose secrets end with them.
 */
export async function keepSnapshot(
  world: World,
  record: (step: string, body: Readonly<Record<string, unknown>>) => Promise<void>,
  snapshot: { readonly url: string; readonly digest: string; readonly config: NeuronConfig },
): Promise<void> {
  const { url, digest, config } = snapshot;
  await world.secrets.set(secretName(digest), printExactJson(config));
  await record("snapshot", { url, digest, config: printExactJson(withoutSecrets(config)) });
}

/**
 * The configuration that ran before `intent`, with what others have added to the gateway since.
 *
 * @throws FaultError gateway.snapshotLost when it holds a password that nobody knows any more
 */
export async function keptSnapshot(
  world: World,
  desk: SiteDesk,
  place: { readonly url: string; readonly intent: ApplyIntent; readonly running: NeuronConfig },
): Promise<NeuronConfig> {
  const { url, intent, running } = place;
  const withOthers = (before: NeuronConfig) => {
    const names = new Set(before.nodes.map((node) => node.name));
    return mergeConfig(
      before,
      running,
      intent.nodes.filter((node) => !names.has(node)),
    );
  };
  const whole = parsed(await world.secrets.get(secretName(intent.from)));
  if (whole) return withOthers(whole);
  const line = desk.evidence().findLast(({ kind, body }) => {
    return kind === "job.snapshot" && body.url === url && body.digest === intent.from && "config" in body;
  });
  const kept = parsed(line?.body.config);
  if (!kept) throw new FaultError({ code: "gateway.snapshotLost", url, node: "" });
  const { config, lost } = withSecretsFrom(kept, running, new Set(intent.touched));
  if (lost !== undefined) throw new FaultError({ code: "gateway.snapshotLost", url, node: lost });
  return withOthers(config);
}

function secretName(digest: string): string {
  return `snapshot:${digest}`;
}

function parsed(text: unknown): NeuronConfig | undefined {
  const json = typeof text === "string" ? parseExactJson(text) : undefined;
  return json?.ok ? configSchema.safeParse(json.value).data : undefined;
}
