import { abilitiesOf } from "#domain/gateway/dialect.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import type { Site } from "#domain/site/site.ts";
import type { GatewayDesk } from "../gatewayDesk.ts";

export interface ReadTopics {
  readonly request: string;
  readonly reply: string;
}

/** Where reads over MQTT are asked and answered: as this gateway's version does first, then as the others do. */
export function readTopics(gateway: GatewayDesk, site: Site): readonly [own: ReadTopics, other: ReadTopics] {
  const session = gateway.signedIn ? gateway.session() : undefined;
  const slash = session !== undefined && abilitiesOf(session.product, session.version).requestSlash;
  const plain = topicsUnder(`neuron/${uplinkNodeOf(site)}/read`);
  const slashed = topicsUnder(`/neuron/${uplinkNodeOf(site)}/read`);
  return slash ? [slashed, plain] : [plain, slashed];
}

function topicsUnder(topic: string): ReadTopics {
  return { request: `${topic}/req`, reply: `${topic}/resp` };
}
