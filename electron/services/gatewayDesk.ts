import type { GatewayNode, GatewaySession } from "#capabilities/gatewayApi.ts";
import type { CallOutput } from "#contract/contract.ts";
import { failuresOf, problemView } from "#contract/failure.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { abilitiesOf } from "#domain/gateway/dialect.ts";
import { diffConfigs } from "#domain/gateway/diff.ts";
import { mergeConfig } from "#domain/gateway/merge.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { lastIntent } from "#domain/gateway/openIntent.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { type ProbeNode, probeNodeOf } from "#domain/gateway/probePlan.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import { phrase } from "#domain/phrase.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import type { Result } from "#domain/result.ts";
import { removeLeftProbes } from "./probe/openProbes.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Tables } from "./tables.ts";
import { uplinkKey, uplinkPassword } from "./uplinkSecrets.ts";
import { keptIdentities } from "./wayIn/keptIdentities.ts";
import { type AskedWay, openWayIn } from "./wayIn/openWayIn.ts";
import type { World } from "./world.ts";

/** The gateway that somebody signed in to, and what is known of it. */
export interface GatewayDesk {
  signIn(asked: AskedWay, user: string, password: string): Promise<void>;
  signOut(): void;
  /** @throws ProblemError gateway.notSignedIn */
  session(): GatewaySession;
  readonly signedIn: boolean;
  /** what the site wants there; refused with every problem that the gateway would not see */
  wanted(): Promise<Result<NeuronConfig, readonly Problem[]>>;
  /** the whole configuration to put there: what the site wants, and what runs there that is not the site's */
  target(wanted: NeuronConfig, running: NeuronConfig): NeuronConfig;
  setPassword(password: string, signal: AbortSignal): Promise<void>;
  plan(): Promise<CallOutput<"gateway.plan">>;
  /** a Modbus node of this gateway, by name; throws ProblemError gateway.nodeUnknown */
  probeNode(name: string): ProbeNode;
  /** reads what runs there now into the view */
  refresh(signal: AbortSignal): Promise<NeuronConfig>;
  /** nodes on this gateway that Lastmile put there for this site */
  ownNodes(): readonly string[];
  /** those of every change so far */
  everOwnNodes(): readonly string[];
  /**
   * Looks whether a change that the program left behind was finished or never begun, and notes it.
   *
   * @returns when it was begun, ms since 1970, where the gateway is between the two; undefined where all is well
   */
  lookAtUnfinished(signal: AbortSignal): Promise<number | undefined>;
  /** SHA-256 of a configuration without its secrets: the same for the same configuration, and safe to show */
  digest(config: NeuronConfig): string;
  /** the site was edited: nobody knows yet how it differs from what runs */
  siteChanged(): void;
}

const emptyConfig: NeuronConfig = { nodes: [], groups: [], tags: [], subscriptions: [], settings: [] };

/** How often the states of the nodes are asked for while signed in. */
const refreshMs = 3_000;

export function gatewayDesk(world: World, tables: Tables, desk: SiteDesk): GatewayDesk {
  let session: GatewaySession | undefined;
  let watch: AbortController | undefined;
  /** as it was read last */
  let seen: NeuronConfig | undefined;

  function show(state: "idle" | "busy" | "ok" | "warn" | "bad", error?: unknown): void {
    const failure = error === undefined ? null : (failuresOf(error)[0] ?? null);
    const says = session
      ? phrase(failure ? "link.unreachable" : "link.signedIn", { version: session.version, url: session.url })
      : phrase(failure ? "link.unreachable" : "link.signedOut", {
          version: "",
          url: desk.path ? urlOf() : "",
        });
    tables.links.set({ key: "gateway", state, says, failure });
  }

  function urlOf(): string {
    return desk.site().gateway?.url ?? "";
  }

  function need(): GatewaySession {
    if (!session) throw new ProblemError({ code: "gateway.notSignedIn" });
    return session;
  }

  function digest(config: NeuronConfig): string {
    return world.crypto.sha256(new TextEncoder().encode(printConfig(withoutSecrets(config))));
  }

  async function wanted(): Promise<Result<NeuronConfig, readonly Problem[]>> {
    const site = desk.site();
    const password = await uplinkPassword(world, site);
    const secrets = { uplinkPassword: password, uplinkKey: await uplinkKey(world, site) };
    return neuronConfigOf(site, secrets, session && abilitiesOf(session.product, session.version));
  }

  async function differences(running: NeuronConfig): Promise<number | null> {
    const design = await wanted();
    if (!design.ok) return null;
    const diff = diffConfigs(target(design.value, running), running);
    return diff.equal ? 0 : diff.differences.length;
  }

  function target(wanted: NeuronConfig, running: NeuronConfig): NeuronConfig {
    // A node that this site put there and wants no more, such as a line that was renamed, would poll its port for ever.
    const own = ownNodes();
    const names = new Set(wanted.nodes.map((node) => node.name));
    return mergeConfig(
      wanted,
      running,
      own.filter((name) => !names.has(name)),
    );
  }

  function ownNodes(): readonly string[] {
    return appliedNodes().at(-1) ?? [];
  }

  /** nodes that were put there, change by change */
  function appliedNodes(): readonly (readonly string[])[] {
    return desk
      .evidence()
      .filter((entry) => entry.kind === "job.applied" && entry.body.url === session?.url)
      .map(({ body: { nodes } }) => (Array.isArray(nodes) ? (nodes as readonly string[]) : []));
  }

  async function settle(running: NeuronConfig): Promise<number | undefined> {
    const { url } = need();
    const last = lastIntent(desk.evidence(), url);
    if (!last?.isOpen) return undefined;
    const { job, at, from, to, nodes } = last.intent;
    const now = digest(running);
    if (now === to) await desk.record("job.applied", { job, url, digest: to, nodes });
    else if (now === from) await desk.record("job.putBack", { job, url });
    else return at;
    return undefined;
  }

  function showNodes(states: readonly GatewayNode[]): void {
    const view = tables.gateway.get("gateway");
    if (!view) return;
    const byName = new Map(states.map((state) => [state.node, state]));
    const nodes = view.nodes.map((node) => ({ ...node, ...byName.get(node.node) }));
    if (JSON.stringify(nodes) !== JSON.stringify(view.nodes)) tables.gateway.set({ ...view, nodes });
  }

  async function refresh(signal: AbortSignal): Promise<NeuronConfig> {
    const current = need();
    const [config, states] = await Promise.all([current.config(signal), current.states(signal)]);
    const plugins = tables.gateway.get("gateway")?.plugins ?? [...(await current.plugins(signal))];
    tables.gateway.set({
      key: "gateway",
      url: current.url,
      user: desk.site().gateway?.user ?? "",
      version: current.version,
      skewMs: current.skewMs,
      defaultPassword: current.defaultPassword,
      plugins,
      nodes: config.nodes.map((node) => nodeView(node.name, node.plugin, config, states)),
      digest: digest(config),
      differences: await differences(config),
      // A site that may not be written cannot note how a change ended.
      unfinishedSince: desk.isWritable ? ((await settle(config)) ?? null) : null,
    });
    seen = config;
    show("ok");
    return config;
  }

  async function follow(signal: AbortSignal): Promise<void> {
    for (;;) {
      await world.clock.sleep(refreshMs, signal);
      try {
        showNodes(await need().states(signal));
        show("ok");
      } catch (error) {
        if (signal.aborted) return;
        // The password was changed, or another gateway is there: trying on would only lock the account.
        if (hasFault(error, "gateway.signedOut") || hasFault(error, "gateway.identityChanged")) signOut();
        show("bad", error);
        if (!(error instanceof FaultError) || signal.aborted) return;
      }
    }
  }

  function signOut(): void {
    watch?.abort(new Error("signed out"));
    watch = undefined;
    session = undefined;
    tables.gateway.clear();
    show("idle");
  }

  return {
    async signIn(asked, user, password) {
      const kept = keptIdentities(world.choices, desk.site().id);
      signOut();
      const controller = new AbortController();
      watch = controller;
      show("busy");
      try {
        const opened = await openWayIn(world, kept, asked, controller.signal);
        const address = opened.way.url;
        opened.onLost((fault) => {
          if (watch !== controller) return;
          signOut();
          show("bad", fault);
        });
        session = await world.gateways.signIn(opened.way, user, password, controller.signal);
        await opened.keep();
        const { gateway } = desk.site();
        // A site that may not be changed can still be compared with its gateway.
        if ((gateway?.url !== address || gateway.user !== user) && desk.isWritable) {
          desk.edit({ kind: "setGateway", gateway: { url: address, user } });
        }
        await removeLeftProbes(world, session, controller.signal).catch((error) => {
          // They stay noted, and a gateway that refuses this may be looked at all the same.
          if (!hasFault(error, "gateway.refused")) throw error;
        });
        const config = await refresh(controller.signal);
        const { version, skewMs, defaultPassword } = session;
        const { identity, through, changed } = opened;
        for (const one of changed) await desk.record("gateway.identityTrusted", { url: address, ...one });
        await desk.record("gateway.signedIn", {
          url: address,
          user,
          ...(through !== "" && { through }),
          identity,
          version,
          skewMs,
          defaultPassword,
          digest: digest(config),
        });
      } catch (error) {
        // Whoever signed in or out meanwhile has shown their own state.
        if (watch === controller) {
          signOut();
          show("bad", error);
        }
        throw error;
      }
      follow(controller.signal).catch((error) => controller.signal.aborted || show("bad", error));
    },
    signOut,
    session: need,
    get signedIn() {
      return session !== undefined;
    },
    wanted,
    target,
    async setPassword(password, signal) {
      const current = need();
      await current.setPassword(password, signal);
      await desk.record("gateway.passwordChanged", { url: current.url });
      await refresh(signal);
    },
    siteChanged() {
      const view = tables.gateway.get("gateway");
      if (view && view.differences !== null) tables.gateway.set({ ...view, differences: null });
    },
    async plan() {
      const design = await wanted();
      const none = { add: [], change: [], remove: [] };
      if (!design.ok) {
        const problems = design.problem.map(problemView);
        return { equal: false, nodes: none, tags: { add: 0, change: 0, remove: 0 }, problems };
      }
      const running = await need().config(new AbortController().signal);
      const diff = diffConfigs(target(design.value, running), running);
      return {
        equal: diff.equal,
        nodes: { add: [...diff.nodes.add], change: [...diff.nodes.change], remove: [...diff.nodes.remove] },
        tags: { add: diff.tags.add.length, change: diff.tags.change.length, remove: diff.tags.remove.length },
        problems: [],
      };
    },
    probeNode(name) {
      const found = probeNodeOf(seen ?? emptyConfig, name);
      if (!found.ok) throw new ProblemError(found.problem);
      return found.value;
    },
    refresh,
    ownNodes,
    everOwnNodes: () => [...new Set(appliedNodes().flat())],
    lookAtUnfinished: async (signal) => settle(await need().config(signal)),
    digest,
  };
}

function nodeView(node: string, plugin: string, config: NeuronConfig, states: readonly GatewayNode[]) {
  const state = states.find((candidate) => candidate.node === node);
  const tags = config.tags
    .filter((group) => group.driver === node)
    .reduce((sum, group) => sum + group.tags.length, 0);
  return {
    node,
    plugin,
    running: state?.running ?? 1,
    link: state?.link ?? 0,
    rtt: state?.rtt ?? 9999,
    groups: config.groups.filter((group) => group.driver === node).length,
    tags,
  };
}
