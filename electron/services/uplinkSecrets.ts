import type { Site } from "#domain/site/site.ts";
import type { World } from "./world.ts";

/** The password of the site's broker account; it is kept apart from the site. */
export async function uplinkPassword(world: World, site: Site): Promise<string> {
  return (await world.secrets.get(uplinkSecret(site))) ?? "";
}

export function uplinkSecret(site: Site): string {
  return `uplink:${site.id}`;
}

/** The private key of the client certificate that the site names; empty where none is kept on this computer. */
export async function uplinkKey(world: World, site: Site): Promise<string> {
  return site.uplink?.clientCertificate ? ((await world.secrets.get(uplinkKeySecret(site))) ?? "") : "";
}

export function uplinkKeySecret(site: Site): string {
  return `uplinkKey:${site.id}`;
}
