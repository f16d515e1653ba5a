import { printRuleset } from "#domain/gateway/ekuiper/ekuiperState.ts";
import { withoutEkuiperSecrets } from "#domain/gateway/ekuiper/sealRules.ts";
import { withoutNanomqSecrets } from "#domain/gateway/nanomq/sealNanomq.ts";
import type { Program } from "#domain/gateway/program.ts";
import { ProblemError } from "#domain/problem.ts";
import { handIn, openSite, type Session, withSession, writeOutput } from "./session.ts";
import { showStages } from "./stages.ts";
import { type Call, done, type Outcome } from "./verb.ts";
import { withWorld } from "./world.ts";

export const programUsage =
  "gateway nanomq|ekuiper status|snapshot|diff|apply|rollback|take URL [SITE] [NAME] [--conf nanomq.conf] [-o FILE]";

/** What a program beside Neuron runs, and changing it; `gateway nanomq …` and `gateway ekuiper …`. */
export function gatewayProgram(call: Call, program: Program): Promise<Outcome> {
  const [, action, url, site, name] = call.words;
  if (url === undefined) throw new ProblemError({ code: "usage", reason: programUsage });
  if (!URL.canParse(url)) throw new ProblemError({ code: "gateway.urlInvalid", text: url });
  if (action === "status") return statusOf[program](call, url);
  if (action === "snapshot") return snapshotOf[program](call, url);
  if (action === "diff")
    return inSite(call, program, url, site, (session) => diff(session, call, program, url));
  if (action === "take")
    return inSite(call, program, url, site, (session) => take(session, call, program, name));
  if (action === "apply" || action === "rollback")
    return inSite(call, program, url, site, (session) => change(session, call, program, url, action));
  throw new ProblemError({ code: "usage", reason: programUsage });
}

function account(call: Call): { readonly user: string; readonly password: string } {
  const { user, password } = call.options;
  const given = typeof password === "string" ? password : process.env.LASTMILE_GATEWAY_PASSWORD;
  return { user: typeof user === "string" ? user : "admin", password: given ?? "public" };
}

function inSite(
  call: Call,
  program: Program,
  url: string,
  site: string | undefined,
  work: (session: Session) => Promise<Outcome>,
): Promise<Outcome> {
  return withSession(call, {}, async (session) => {
    await openSite(session, site);
    const password = process.env.LASTMILE_BRIDGE_PASSWORD;
    if (program === "nanomq" && password !== undefined)
      await session.call("bridge.setPassword", { password });
    const { conf } = call.options;
    const uploadId = typeof conf === "string" ? await handIn(session, conf, "conf") : null;
    await session.call("program.signIn", { program, url, ...account(call), uploadId });
    return work(session);
  });
}

async function diff(session: Session, call: Call, program: Program, url: string): Promise<Outcome> {
  const compared = await session.call("program.diff", { program });
  for (const problem of compared.problems) call.terminal.failure(problem);
  if (compared.equal) call.terminal.line("equal");
  else if (compared.total > 0) {
    call.terminal.table(
      ["Change", "Kind", "Name", "What", "Wanted", "Running"],
      compared.rows.map((row) => [
        row.change,
        row.kind,
        row.item,
        row.field,
        shortened(row.wanted),
        shortened(row.running),
      ]),
    );
    call.terminal.line(`${compared.total} differences`);
  }
  return done({ url, ...compared }, compared.equal);
}

async function take(
  session: Session,
  call: Call,
  program: Program,
  name: string | undefined,
): Promise<Outcome> {
  await session.call("program.take", { program, item: name ?? null });
  const { head } = session.open.workbench.tables.site.get("site") ?? {};
  const taken = program === "nanomq" ? head?.bridge : head?.rules;
  call.terminal.line(JSON.stringify(taken, null, 2));
  return done({ program, taken });
}

async function change(
  session: Session,
  call: Call,
  program: Program,
  url: string,
  action: "apply" | "rollback",
): Promise<Outcome> {
  const ended = await session.job(session.call("job.program", { program, action }), ({ detail }) => {
    if (detail.kind === "program") showStages(call, detail.stages);
  });
  return done({ url, good: ended.good, ...ended.detail }, ended.good);
}

const statusOf = { nanomq: nanomqStatus, ekuiper: ekuiperStatus } as const;
const snapshotOf = { nanomq: nanomqSnapshot, ekuiper: ekuiperSnapshot } as const;

function ekuiperStatus(call: Call, url: string): Promise<Outcome> {
  return withWorld(async (world) => {
    const session = await world.ekuipers.open(url, call.signal);
    const [state, rules] = await Promise.all([session.ruleset(call.signal), session.statuses(call.signal)]);
    const streams = state.streams.map(({ name }) => name);
    call.terminal.line(`eKuiper ${session.version} · streams: ${streams.join(", ") || "none"}`);
    call.terminal.table(
      ["Rule", "State"],
      rules.map(({ id, status }) => [id, status]),
    );
    return done({ url, version: session.version, streams, rules });
  });
}

/** Its rule set as eKuiper's own import takes it, without the passwords. */
function ekuiperSnapshot(call: Call, url: string): Promise<Outcome> {
  return withWorld(async (world) => {
    const session = await world.ekuipers.open(url, call.signal);
    const text = printRuleset(withoutEkuiperSecrets(await session.ruleset(call.signal)));
    return keep(call, { url, version: session.version, ruleset: JSON.parse(text) }, text);
  });
}

function nanomqStatus(call: Call, url: string): Promise<Outcome> {
  return withWorld(async (world) => {
    const { user, password } = account(call);
    const session = await world.nanomqs.signIn(url, user, password, call.signal);
    const [bridges, counts, clients] = await Promise.all([
      session.bridges(call.signal),
      session.counts(call.signal),
      session.clients(call.signal),
    ]);
    const { version, defaultPassword, handsOutFile } = session;
    const rows = bridges.map(({ name, enable, server, clientId }) => {
      const own = counts.find((one) => one.name === name);
      return { ...(own ?? nothingYet), name, enabled: enable, server, clientId };
    });
    call.terminal.line(
      `NanoMQ ${version} · ${clients} clients${defaultPassword ? " · factory password" : ""}${handsOutFile ? "" : " · does not give out its file"}`,
    );
    call.terminal.table(
      ["Bridge", "Server", "State", ">Connected", ">Sent", ">Received", ">Dropped"],
      rows.map((row) => [
        row.name,
        row.server,
        row.enabled ? (row.connections > 0 ? "has connected" : "not connected") : "off",
        String(row.connections),
        String(row.sent),
        String(row.received),
        String(row.dropped),
      ]),
    );
    return done({ url, version, defaultPassword, handsOutFile, clients, bridges: rows });
  });
}

const nothingYet = { connections: 0, sent: 0, received: 0, dropped: 0 };

/** Keeps what runs there now, without its passwords. */
function nanomqSnapshot(call: Call, url: string): Promise<Outcome> {
  return withWorld(async (world) => {
    const { user, password } = account(call);
    const session = await world.nanomqs.signIn(url, user, password, call.signal);
    const bridges = await session.bridges(call.signal);
    const state = withoutNanomqSecrets({ bridges, file: await session.file(call.signal) });
    return keep(call, { url, version: session.version, ...state, file: state.file ?? null });
  });
}

async function keep(
  call: Call,
  document: object,
  text = `${JSON.stringify(document, null, 2)}\n`,
): Promise<Outcome> {
  const { output } = call.options;
  if (typeof output === "string") {
    await writeOutput(output, text);
    call.terminal.line(output);
  } else call.terminal.line(text.trimEnd());
  return done(document);
}

/** A whole statement would break the table; it is in the JSON. */
function shortened(text: string): string {
  return text === "" ? "–" : text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
