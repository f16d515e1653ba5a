import { printConfig } from "#domain/gateway/printConfig.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { ProblemError } from "#domain/problem.ts";
import { accountOptions, openSite, signIn, withSession, writeOutput } from "./session.ts";
import { showStages } from "./stages.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

const runningWords = ["", "created", "ready", "running", "stopped"];

export const gateway: Verb = {
  usage: "gateway status URL | gateway snapshot URL [-o FILE] | gateway apply URL SITE [--user admin]",
  options: { ...accountOptions, output: { type: "string", short: "o" } },
  run(call) {
    const [action, url, site] = call.words;
    if (url === undefined) throw new ProblemError({ code: "usage", reason: gateway.usage });
    if (!URL.canParse(url)) throw new ProblemError({ code: "gateway.urlInvalid", text: url });
    if (action === "status") return status(call, url);
    if (action === "snapshot") return snapshot(call, url);
    if (action === "apply") return apply(call, url, site);
    throw new ProblemError({ code: "usage", reason: gateway.usage });
  },
};

function account(call: Call): readonly [string, string] {
  const { user, password } = call.options;
  const given = typeof password === "string" ? password : process.env.LASTMILE_GATEWAY_PASSWORD;
  return [typeof user === "string" ? user : "admin", given ?? "0000"];
}

function status(call: Call, url: string): Promise<Outcome> {
  return withWorld(async (world) => {
    const session = await world.gateways.signIn(url, ...account(call), call.signal);
    const [states, config] = await Promise.all([session.states(call.signal), session.config(call.signal)]);
    const nodes = states.map((state) => {
      const node = config.nodes.find((one) => one.name === state.node);
      const tags = config.tags
        .filter((group) => group.driver === state.node)
        .reduce((n, group) => n + group.tags.length, 0);
      return { ...state, plugin: node?.plugin ?? "", tags };
    });
    const { version, skewMs, defaultPassword } = session;
    call.terminal.line(
      `Neuron ${version} · clock ${skewMs >= 0 ? "+" : ""}${(skewMs / 1000).toFixed(0)} s${defaultPassword ? " · factory password" : ""}`,
    );
    call.terminal.table(
      ["Node", "Plugin", "State", "Link", ">ms", ">Tags"],
      nodes.map((node) => [
        node.node,
        node.plugin,
        runningWords[node.running] ?? String(node.running),
        node.link === 1 ? "linked" : "not linked",
        node.rtt === 9999 ? "" : String(node.rtt),
        String(node.tags),
      ]),
    );
    return done({ url, version, skewMs, defaultPassword, nodes });
  });
}

/** Keeps what runs there now, without its passwords. */
function snapshot(call: Call, url: string): Promise<Outcome> {
  return withWorld(async (world) => {
    const session = await world.gateways.signIn(url, ...account(call), call.signal);
    const config = withoutSecrets(await session.config(call.signal));
    const text = printConfig(config);
    const { output } = call.options;
    if (typeof output === "string") {
      await writeOutput(output, text);
      call.terminal.line(`${output}: ${config.nodes.length} nodes`);
    } else {
      call.terminal.line(text.trimEnd());
    }
    return done({ url, version: session.version, config });
  });
}

function apply(call: Call, url: string, site: string | undefined): Promise<Outcome> {
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    await signIn(session, call, url);
    const job = await session.job(session.call("job.apply", {}), ({ detail }) => {
      if (detail.kind === "apply") showStages(call, detail.stages);
    });
    return done({ url, good: job.good, ...job.detail }, job.good);
  });
}
