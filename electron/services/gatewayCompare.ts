import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { openBundle } from "#domain/bundle/bundle.ts";
import { configSchema } from "#domain/gateway/configSchema.ts";
import { parseExactJson } from "#domain/gateway/exactJson.ts";
import { mergeConfig } from "#domain/gateway/merge.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { compareThree } from "#domain/gateway/threeWay.ts";
import { ProblemError } from "#domain/problem.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { World } from "./world.ts";

/** Rows that are shown; the rest is counted. */
const shownRows = 2000;

/**
 * Compares design, bundle and gateway.
 *
 * @param base64 of a bundle; undefined compares design and gateway
 * @throws ProblemError for a bundle that is none
 */
export async function compareGateway(
  world: World,
  desk: GatewayDesk,
  base64: string | undefined,
  signal: AbortSignal,
): Promise<CallOutput<"gateway.diff">> {
  const design = await desk.wanted();
  if (!design.ok) return { equal: false, total: 0, rows: [], problems: design.problem.map(problemView) };
  const bundled = base64 === undefined ? undefined : configInBundle(world, base64);
  const running = await desk.session().config(signal);
  const target = desk.target(design.value, running);
  // What others have on the gateway is in no bundle of this site.
  const rows = compareThree(target, bundled && mergeConfig(bundled, without(target, design.value)), running);
  return {
    equal: rows.length === 0,
    total: rows.length,
    rows: rows.slice(0, shownRows).map((row) => ({ ...row, bundled: row.bundled ?? null })),
    problems: [],
  };
}

function configInBundle(world: World, base64: string): NeuronConfig {
  const bytes = fromBase64(base64);
  if (!bytes) throw new ProblemError({ code: "bundle.malformed", reason: "base64" });
  const opened = openBundle(bytes, world.crypto);
  if (!opened.ok) throw new ProblemError(...opened.problem);
  const file = opened.value.files.find((one) => one.path === "neuron.json");
  const json = file && parseExactJson(new TextDecoder().decode(file.bytes));
  const config = json?.ok ? configSchema.safeParse(json.value).data : undefined;
  if (!config) throw new ProblemError({ code: "bundle.malformed", reason: "manifest" });
  return config;
}

/** The part of a configuration that has none of the design's nodes. */
function without(config: NeuronConfig, design: NeuronConfig): NeuronConfig {
  const own = new Set(design.nodes.map((node) => node.name));
  return {
    nodes: config.nodes.filter((node) => !own.has(node.name)),
    groups: config.groups.filter((group) => !own.has(group.driver)),
    tags: config.tags.filter((tags) => !own.has(tags.driver)),
    subscriptions: config.subscriptions.map((app) => ({
      ...app,
      groups: app.groups.filter((one) => !own.has(app.app) || !own.has(one.driver)),
    })),
    settings: config.settings.filter((setting) => !own.has(setting.node)),
  };
}
