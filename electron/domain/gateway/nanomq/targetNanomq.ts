import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Bridge } from "#domain/site/site.ts";
import { withBridge, withoutBridges } from "./bridgeInFile.ts";
import type { RunningBridge } from "./bridgeSchema.ts";
import { checkBridge } from "./checkBridge.ts";
import type { NanomqState } from "./nanomqState.ts";
import { wantedBridge } from "./wantedBridge.ts";

/** What a site wants of a NanoMQ, and what is the site's there by earlier changes. */
export interface NanomqDesign {
  readonly bridge: Bridge | undefined;
  readonly password: string;
  /** bridges that this site put there before: they go when the site wants them no more */
  readonly own: readonly string[];
}

/**
 * What the broker is to run: the site's bridge, and whatever others have there.
 *
 * Problems: those of checkBridge, `hocon.syntax` where its file cannot be read, and `nanomq.fileNeeded` where only a
 * change of the file would do and the broker does not hand it out.
 */
export function targetNanomq(
  design: NanomqDesign,
  running: NanomqState,
): Result<NanomqState, readonly Problem[]> {
  const { bridge, password, own } = design;
  const problems = bridge ? checkBridge(bridge, password) : [];
  if (problems.length > 0) return refused(problems);
  const gone = own.filter((name) => name !== bridge?.name);
  const kept = running.bridges.filter((one) => !gone.includes(one.name));
  const bridges = bridge ? withOwn(kept, wantedBridge(bridge, password)) : kept;
  if (running.file === undefined)
    return needsFile(running, bridges) ? refused([fileNeeded]) : ok({ bridges, file: undefined });
  const without = withoutBridges(running.file, gone);
  if (!without.ok) return refused([without.problem]);
  const file = bridge ? withBridge(without.value, bridge, password) : without;
  return file.ok ? ok({ bridges, file: file.value }) : refused([file.problem]);
}

const fileNeeded: Problem = { code: "nanomq.fileNeeded", at: { field: "file" } };

function withOwn(bridges: readonly RunningBridge[], own: RunningBridge): readonly RunningBridge[] {
  return bridges.some((one) => one.name === own.name)
    ? bridges.map((one) => (one.name === own.name ? own : one))
    : [...bridges, own];
}

/** Without its file a broker changes the bridges that it has, as long as TLS files, which it does not show, play no part. */
function needsFile(running: NanomqState, bridges: readonly RunningBridge[]): boolean {
  const now = new Map(running.bridges.map((one) => [one.name, one]));
  if (running.bridges.length !== bridges.length) return true;
  return bridges.some((one) => {
    const other = now.get(one.name);
    return other === undefined || (other !== one && (one.tls || other.tls) && !sameBridge(one, other));
  });
}

/** Alike in everything that the broker shows. */
export function sameBridge(one: RunningBridge, other: RunningBridge): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(bridge: RunningBridge): unknown {
  const { forwards, subscriptions, ...rest } = bridge;
  const topics = (items: RunningBridge["forwards"]) =>
    items.map(({ local, remote, qos }) => `${local}\n${remote}\n${qos}`).toSorted();
  return [
    Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    topics(forwards),
    topics(subscriptions),
  ];
}
