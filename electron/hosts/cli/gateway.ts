import { type NodeCounts, nodeCounts } from "#domain/gateway/metrics.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { ProblemError } from "#domain/problem.ts";
import { findGateways } from "./gatewayFind.ts";
import { gatewayProgram } from "./gatewayProgram.ts";
import { withGateway } from "./gatewayWay.ts";
import { accountOptions, handIn, openSite, signIn, withSession, writeOutput } from "./session.ts";
import { showStages } from "./stages.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

const runningWords = ["", "created", "ready", "running", "stopped"];

export const gateway: Verb = {
  usage:
    "gateway find HOST|192.168.1.0/24… | gateway status URL | gateway snapshot URL [-o FILE] | gateway take URL SITE [--show] | gateway diff URL SITE [--bundle FILE] | gateway apply URL SITE | gateway rollback URL SITE | gateway write URL SITE LINE/GROUP/TAG VALUE --yes [--user admin] [--ssh user@host[:port] [--ssh-key FILE] [--host-key SHA256:…]] [--trust FINGERPRINT] | gateway nanomq|ekuiper status|snapshot|diff|apply|rollback|take URL [SITE] [NAME] [--conf nanomq.conf]",
  options: {
    ...accountOptions,
    output: { type: "string", short: "o" },
    bundle: { type: "string" },
    conf: { type: "string" },
    yes: { type: "boolean" },
    show: { type: "boolean" },
  },
  run(call) {
    const [action, url, site] = call.words;
    if (action === "nanomq" || action === "ekuiper") return gatewayProgram(call, action);
    if (url === undefined) throw new ProblemError({ code: "usage", reason: gateway.usage });
    if (action === "find") return findGateways(call, call.words.slice(1));
    if (!URL.canParse(url)) throw new ProblemError({ code: "gateway.urlInvalid", text: url });
    if (action === "status") return status(call, url);
    if (action === "snapshot") return snapshot(call, url);
    if (action === "take") return takeOver(call, url, site);
    if (action === "diff") return diff(call, url, site);
    if (action === "apply") return change(call, url, site, "job.apply");
    if (action === "write") return write(call, url, site);
    if (action === "rollback") return change(call, url, site, "job.rollback");
    throw new ProblemError({ code: "usage", reason: gateway.usage });
  },
};

function status(call: Call, url: string): Promise<Outcome> {
  return withGateway(call, url, async (session) => {
    const [states, config, metrics] = await Promise.all([
      session.states(call.signal),
      session.config(call.signal),
      session.metrics(call.signal),
    ]);
    const counts = new Map(nodeCounts(metrics).map(({ node, ...own }) => [node, own]));
    const nodes = states.map((state) => {
      const node = config.nodes.find((one) => one.name === state.node);
      const tags = config.tags
        .filter((group) => group.driver === state.node)
        .reduce((n, group) => n + group.tags.length, 0);
      return { ...state, plugin: node?.plugin ?? "", tags, counts: counts.get(state.node) ?? null };
    });
    const { version, skewMs, defaultPassword } = session;
    call.terminal.line(
      `Neuron ${version} · clock ${skewMs >= 0 ? "+" : ""}${(skewMs / 1000).toFixed(0)} s${defaultPassword ? " · factory password" : ""}`,
    );
    call.terminal.table(
      ["Node", "Plugin", "State", "Link", ">ms", ">Tags", ">Failed", ">Waiting", "Last error"],
      nodes.map((node) => [
        node.node,
        node.plugin,
        runningWords[node.running] ?? String(node.running),
        node.link === 1 ? "linked" : "not linked",
        node.rtt === 9999 ? "" : String(node.rtt),
        String(node.tags),
        String(node.counts?.readErrors ?? node.counts?.sendErrors ?? ""),
        String(node.counts?.cached ?? ""),
        lastError(node.counts?.errors[0]),
      ]),
    );
    return done({ url, version, skewMs, defaultPassword, nodes });
  });
}

function lastError(last: NodeCounts["errors"][number] | undefined): string {
  if (last === undefined) return "";
  return `${last.group} ${last.error} ${new Date(last.at).toISOString().slice(0, 19)}Z`;
}

/** Keeps what runs there now, without its passwords. */
function snapshot(call: Call, url: string): Promise<Outcome> {
  return withGateway(call, url, async (session) => {
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

/** Takes what runs there over into a site without tags, and says what a site cannot say; `--show` only shows. */
function takeOver(call: Call, url: string, site: string | undefined): Promise<Outcome> {
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    await signIn(session, call, url);
    const taken = await session.call("gateway.take", { take: call.options.show !== true });
    call.terminal.table(
      ["Line", "Kind", ">Groups", ">Tags"],
      taken.lines.map((line) => [line.name, line.kind, String(line.groups), String(line.tags)]),
    );
    const { uplink, notes, notesTotal } = taken;
    if (uplink) call.terminal.line(`uplink ${uplink.host}:${uplink.port}   ${uplink.topic}`);
    for (const note of notes) call.terminal.line(call.terminal.phrase(note));
    if (notesTotal > notes.length) call.terminal.line(`… ${notesTotal - notes.length} more`);
    return done({ url, ...taken });
  });
}

/** What differs between the site, a bundle of it and the gateway: good only when nothing does. */
function diff(call: Call, url: string, site: string | undefined): Promise<Outcome> {
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    const { bundle } = call.options;
    const uploadId = typeof bundle === "string" ? await handIn(session, bundle) : null;
    await signIn(session, call, url);
    const compared = await session.call("gateway.diff", { uploadId });
    for (const problem of compared.problems) call.terminal.failure(problem);
    if (compared.equal) call.terminal.line("equal");
    else if (compared.total > 0) {
      const three = uploadId !== null;
      call.terminal.table(
        ["Kind", "Node", "Name", "Designed", ...(three ? ["In the bundle"] : []), "Running"],
        compared.rows.map((row) => [
          row.kind,
          row.node,
          row.name,
          ...[row.designed, ...(three ? [row.bundled ?? ""] : []), row.running].map(shortened),
        ]),
      );
      call.terminal.line(`${compared.total} differences`);
    }
    return done({ url, ...compared }, compared.equal);
  });
}

/** A tag's whole definition would break the table; it is in the JSON. */
function shortened(text: string): string {
  return text === "" ? "–" : text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Writes one tag through the gateway; good only when the value came back. */
function write(call: Call, url: string, site: string | undefined): Promise<Outcome> {
  const [, , , tag, value] = call.words;
  if (tag === undefined || value === undefined || call.options.yes !== true)
    throw new ProblemError({ code: "usage", reason: gateway.usage });
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    await signIn(session, call, url);
    const ended = await session.job(session.call("job.writeThrough", { tag, value }), ({ detail }) => {
      if (detail.kind === "write") showStages(call, detail.stages);
    });
    return done({ url, good: ended.good, ...ended.detail }, ended.good);
  });
}

function change(
  call: Call,
  url: string,
  site: string | undefined,
  job: "job.apply" | "job.rollback",
): Promise<Outcome> {
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    await signIn(session, call, url);
    const ended = await session.job(session.call(job, {}), ({ detail }) => {
      if (detail.kind === "apply") showStages(call, detail.stages);
    });
    return done({ url, good: ended.good, ...ended.detail }, ended.good);
  });
}
