import type { PointEvidence, Report } from "#domain/verify/report.ts";
import { reportOf } from "#domain/verify/report.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Tables } from "./tables.ts";
import type { World } from "./world.ts";

/** Every attempt at every point that the evidence holds, oldest first. */
export function pointsInEvidence(desk: SiteDesk): readonly PointEvidence[] {
  return desk
    .evidence()
    .filter((entry) => entry.kind === "job.verified")
    .flatMap((entry) => entry.body.points as readonly PointEvidence[]);
}

/** The report as it stands now, from the evidence alone. */
export function makeProofReport(world: World, tables: Tables, desk: SiteDesk, gateway: GatewayDesk): Report {
  const view = tables.gateway.get("gateway");
  return reportOf(desk.site(), pointsInEvidence(desk), {
    madeAt: world.clock.now(),
    program: `lastmile ${world.version}`,
    gateway: gateway.signedIn && view ? { url: view.url, version: view.version, skewMs: view.skewMs } : null,
    configDigest: view?.digest ?? "",
    evidence: desk.evidenceHead(),
  });
}
