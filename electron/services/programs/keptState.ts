import { FaultError } from "#domain/fault.ts";
import type { ProgramIntent } from "#domain/gateway/programIntent.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { World } from "../world.ts";
import type { ProgramSide } from "./programSide.ts";

type Record = (step: string, body: Readonly<{ [name: string]: unknown }>) => Promise<void>;

/** SHA-256 of what a program runs, without its passwords: the same for the same, and safe to show. */
export function digestOf<S>(world: World, side: ProgramSide<S>, state: S): string {
  return world.crypto.sha256(new TextEncoder().encode(side.print(state)));
}

/**
 * Keeps a state so that it can be put back: whole among the secrets, and without its passwords in the evidence, for
 * programs whose secrets end with them.
 */
export async function keepState<S>(
  world: World,
  side: ProgramSide<S>,
  record: Record,
  state: S,
): Promise<string> {
  const { program, url } = side;
  const digest = digestOf(world, side, state);
  await world.secrets.set(secretName(side, digest), side.keep(state));
  await record("programSnapshot", { program, url, digest, state: side.keep(side.sealed(state)) });
  return digest;
}

/**
 * What ran before `intent`.
 *
 * @throws FaultError program.snapshotLost when it holds a password that nobody knows any more
 */
export async function keptState<S>(
  world: World,
  side: ProgramSide<S>,
  desk: SiteDesk,
  intent: ProgramIntent,
  running: S,
): Promise<S> {
  const { program, url } = side;
  const whole = side.restore(await world.secrets.get(secretName(side, intent.from)));
  if (whole) return whole;
  const line = desk.evidence().findLast(({ kind, body }) => {
    const isOwn = body.program === program && body.url === url;
    return kind === "job.programSnapshot" && isOwn && body.digest === intent.from;
  });
  const kept = side.restore(line?.body.state);
  if (!kept) throw new FaultError({ code: "program.snapshotLost", program, url, item: "" });
  const { state, lost } = side.unsealed(kept, running, new Set(intent.touched));
  if (lost !== undefined) throw new FaultError({ code: "program.snapshotLost", program, url, item: lost });
  return state;
}

function secretName<S>({ program, url }: ProgramSide<S>, digest: string): string {
  return `snapshot:${program}:${url}:${digest}`;
}
