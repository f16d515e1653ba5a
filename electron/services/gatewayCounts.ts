import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { CallOutput } from "#contract/contract.ts";
import { faultView } from "#contract/failure.ts";
import { nodeCounts } from "#domain/gateway/metrics.ts";

/** What the gateway's nodes did, each last error as the refusal that it stands for. */
export async function gatewayCounts(
  session: GatewaySession,
  signal: AbortSignal,
): Promise<CallOutput<"gateway.counts">> {
  const { url, skewMs } = session;
  const nodes = nodeCounts(await session.metrics(signal)).map(({ errors, ...counts }) => ({
    ...counts,
    errors: errors.map(({ group, error, at }) => ({
      group,
      failure: faultView({ code: "gateway.refused", url, call: "POST /read", status: 200, error }),
      // The gateway's clock may stand in 1970.
      at: at - skewMs,
    })),
  }));
  return { nodes };
}
