import type { CallOutput } from "#contract/contract.ts";
import { abilitiesOf } from "#domain/gateway/dialect.ts";
import { printExactJson } from "#domain/gateway/exactJson.ts";
import { takeOver } from "#domain/gateway/neuronToSite.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { ProblemError } from "#domain/problem.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { SiteDesk } from "./siteDesk.ts";
import { uplinkKeySecret, uplinkSecret } from "./uplinkSecrets.ts";
import type { World } from "./world.ts";

type TakeView = CallOutput<"gateway.take">;

/** Notes that are shown; nobody reads further, and the rest is counted. */
const shownNotes = 200;

/**
 * Shows what runs on the gateway as a site would have it, or makes the site so with one edit that can be undone.
 * Secrets go to this computer's store before anything else is kept.
 *
 * @throws ProblemError gateway.siteHasTags, gateway.nothingToTake
 */
export async function takeFromGateway(
  world: World,
  desk: SiteDesk,
  gateway: GatewayDesk,
  take: boolean,
  signal: AbortSignal,
): Promise<TakeView> {
  const session = gateway.session();
  const { url, product, version } = session;
  const config = await session.config(signal);
  const site = desk.site();
  if (site.tags.length > 0) throw new ProblemError({ code: "gateway.siteHasTags", tags: site.tags.length });
  const { taken, secrets, notes } = takeOver(site, config, abilitiesOf(product, version));
  const { lines, groups, tags, uplink } = taken;
  if (tags.length === 0) throw new ProblemError({ code: "gateway.nothingToTake", url });
  if (take) {
    if (secrets.password !== "") await world.secrets.set(uplinkSecret(site), secrets.password);
    if (secrets.key !== "") await world.secrets.set(uplinkKeySecret(site), secrets.key);
    desk.edit({ kind: "takeOver", taken });
    await desk.record("gateway.taken", {
      url,
      digest: gateway.digest(config),
      config: printExactJson(withoutSecrets(config)),
      lines: lines.length,
      tags: tags.length,
    });
    await gateway.refresh(signal);
  }
  const ofLine = (id: string) => tags.filter((tag) => tag.line === id).length;
  return {
    lines: lines
      .map(({ id, name, kind }) => ({
        name,
        kind,
        groups: groups.filter((group) => group.line === id).length,
        tags: ofLine(id),
      }))
      .filter((line) => line.tags > 0),
    tags: tags.length,
    uplink: uplink && { host: uplink.host, port: uplink.port, topic: uplink.topic },
    notes: notes.slice(0, shownNotes).map(({ code, facts }) => ({ code, facts: { ...facts } })),
    notesTotal: notes.length,
  };
}
