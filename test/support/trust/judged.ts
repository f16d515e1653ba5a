import { openBundle } from "#domain/bundle/bundle.ts";
import { judgeGateway } from "#domain/trust/judgeGateway.ts";
import { judgeTrust } from "#domain/trust/judgeTrust.ts";
import { checks, gatewayState, trustState } from "./kit.ts";

/** The word with which the gateway of gatewayState refuses a bundle; `good` when it takes it. */
export function judged(bytes: Uint8Array, state = trustState): string {
  const opened = openBundle(bytes, checks);
  if (!opened.ok) return opened.problem[0]?.code ?? "";
  const trusted = judgeTrust(opened.value, state, checks);
  if (!trusted.ok) return trusted.problem.code;
  return judgeGateway(opened.value, gatewayState)?.code ?? "good";
}
