import { sealed } from "../seal.ts";
import type { RunningBridge } from "./bridgeSchema.ts";
import type { NanomqState } from "./nanomqState.ts";
import { fileSecrets, withFileSecrets, withoutFileSecrets } from "./sealFile.ts";

/** The same state with every password replaced by a marker, fit to be kept and shown. */
export function withoutNanomqSecrets(state: NanomqState): NanomqState {
  return {
    bridges: state.bridges.map((bridge) => ({
      ...bridge,
      password: bridge.password === "" ? "" : sealed,
    })),
    file: state.file === undefined ? undefined : withoutFileSecrets(state.file),
  };
}

/**
 * A state that was kept without its passwords, with them again: those that the broker still has for what nobody
 * touched since.
 *
 * @param touched names of bridges whose settings were to change
 * @param known further passwords by their path in the file, such as the one that we signed in with
 * @returns the first thing whose password is not known as `lost`
 */
export function withNanomqSecrets(
  kept: NanomqState,
  running: NanomqState,
  touched: ReadonlySet<string>,
  known: ReadonlyMap<string, string>,
): { readonly state: NanomqState; readonly lost?: string } {
  const now = new Map(running.bridges.map((bridge) => [bridge.name, bridge]));
  const passwordOf = (bridge: RunningBridge) =>
    touched.has(bridge.name) ? undefined : now.get(bridge.name)?.password;
  const lost = kept.bridges.find((bridge) => bridge.password === sealed && passwordOf(bridge) === undefined);
  if (lost) return { state: kept, lost: lost.name };
  const bridges = kept.bridges.map((bridge) =>
    bridge.password === sealed ? { ...bridge, password: passwordOf(bridge) ?? "" } : bridge,
  );
  if (kept.file === undefined) return { state: { bridges, file: undefined } };
  const secrets = new Map([...known, ...(running.file === undefined ? [] : fileSecrets(running.file))]);
  for (const name of touched) secrets.delete(`bridges.mqtt.${name}.password`);
  for (const bridge of bridges) secrets.set(`bridges.mqtt.${bridge.name}.password`, bridge.password);
  const file = withFileSecrets(kept.file, secrets);
  if (file.lost !== undefined) return { state: kept, lost: file.lost };
  return { state: { bridges, file: file.file } };
}
