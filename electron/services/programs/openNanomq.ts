import { fromBase64 } from "#domain/bundle/base64.ts";
import { fileFits } from "#domain/gateway/nanomq/fileFits.ts";
import { targetNanomq } from "#domain/gateway/nanomq/targetNanomq.ts";
import { bridgeOf } from "#domain/gateway/nanomq/wantedBridge.ts";
import { ownItems } from "#domain/gateway/programIntent.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { World } from "../world.ts";
import { type KnownFile, nanomqSide } from "./nanomqSide.ts";
import { type OpenProgram, openProgram } from "./openProgram.ts";

export interface NanomqAccount {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** its configuration file, where somebody handed it in */
  readonly file: string | undefined;
}

/** The password of the site's bridge at the cloud's broker; it is kept apart from the site. */
export function bridgeSecret(site: Site): string {
  return `bridge:${site.id}`;
}

/** @throws ProblemError nanomq.fileOther, hocon.syntax for a file that is not this broker's */
export async function openNanomq(
  world: World,
  desk: SiteDesk,
  account: NanomqAccount,
  signal: AbortSignal,
): Promise<OpenProgram> {
  const { user, password } = account;
  const session = await world.nanomqs.signIn(account.url, user, password, signal);
  const { url } = session;
  const secret = `nanomqFile:${url}`;
  const running = await session.bridges(signal);
  const known: KnownFile = {
    file: undefined,
    secrets: new Map([["http_server.password", password]]),
    wrote: (file) => world.secrets.set(secret, file),
  };
  if (account.file !== undefined && !session.handsOutFile) {
    const fits = fileFits(account.file, running);
    if (!fits.ok) throw new ProblemError({ ...fits.problem, at: { ...fits.problem.at, field: "file" } });
    known.file = account.file;
  } else {
    const kept = await world.secrets.get(secret);
    // Somebody may have changed the broker since it was written.
    if (kept !== undefined && fileFits(kept, running).ok) known.file = kept;
  }
  const own = () => ownItems(desk.evidence(), "nanomq", url);
  const side = nanomqSide(world, session, known, () => desk.site().bridge?.name);
  return openProgram(world, desk, {
    side,
    async wanted() {
      const { bridge } = desk.site();
      if (bridge === undefined && own().length === 0)
        throw new ProblemError({ code: "program.nothingWanted", program: "nanomq" });
      const bridgePassword = (await world.secrets.get(bridgeSecret(desk.site()))) ?? "";
      const design = { bridge, password: bridgePassword, own: own() };
      return {
        own: bridge ? [bridge.name] : [],
        of(state) {
          const target = targetNanomq(design, state);
          if (!target.ok) throw new ProblemError(...target.problem);
          return target.value;
        },
      };
    },
    facts: { key: "nanomq", url, user, version: session.version, defaultPassword: session.defaultPassword },
    fileKnown: () => session.handsOutFile || known.file !== undefined,
    async items({ bridges }, until) {
      const counts = new Map((await session.counts(until)).map((one) => [one.name, one]));
      return bridges.map(({ name, enable, server, clientId }) => {
        const counted = counts.get(name);
        return {
          kind: "bridge" as const,
          name,
          own: own().includes(name),
          running: enable && (counted?.connections ?? 0) > 0,
          text: `${server} · ${clientId}`,
          counts: counted
            ? { sent: counted.sent, received: counted.received, failed: counted.dropped }
            : null,
        };
      });
    },
    async take({ bridges }, item) {
      const bridge = bridges.find(({ name }) => item === null || name === item);
      if (!bridge) throw new ProblemError({ code: "program.nothingWanted", program: "nanomq" });
      await world.secrets.set(bridgeSecret(desk.site()), bridge.password);
      return { kind: "setBridge", bridge: bridgeOf(bridge, { url, user }) };
    },
  });
}

/** The text of a handed-in file; its bytes come as base64. */
export function fileText(base64: string): string {
  const bytes = fromBase64(base64);
  if (!bytes) throw new ProblemError({ code: "input.invalid", reason: "base64" });
  return new TextDecoder().decode(bytes);
}
