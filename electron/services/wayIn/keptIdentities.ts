import { z } from "zod";
import type { Choices } from "#capabilities/choices.ts";
import type { GatewayIdentity } from "#domain/gateway/identity.ts";

const place = "gateway identities";
/** Gateways that are remembered; the oldest of more is forgotten. */
const kept = 2000;

const identitySchema = z.strictObject({
  certificate: z.string().exactOptional(),
  hostKey: z.string().exactOptional(),
  mac: z.string().exactOptional(),
});

/** What the gateways of one site were known by, by address; SSH hosts as `ssh://host`. */
export interface KeptIdentities {
  get(address: string): Promise<GatewayIdentity | undefined>;
  /** adds to what is known; a part given anew replaces the old one */
  keep(address: string, identity: GatewayIdentity): Promise<void>;
}

/** @param site its id: the same private address is another gateway at another site */
export function keptIdentities(choices: Choices, site: string): KeptIdentities {
  const keyOf = (address: string) => `${site} ${address}`;

  async function all(): Promise<Readonly<Record<string, unknown>>> {
    const table = await choices.get(place);
    return typeof table === "object" && table !== null ? (table as Record<string, unknown>) : {};
  }

  async function get(address: string): Promise<GatewayIdentity | undefined> {
    return identitySchema.safeParse((await all())[keyOf(address)]).data;
  }

  return {
    get,
    async keep(address, identity) {
      const key = keyOf(address);
      const known = { ...(await get(address)), ...identity };
      const others = Object.entries(await all()).filter(([other]) => other !== key);
      await choices.set(place, Object.fromEntries([[key, known], ...others].slice(0, kept)));
    },
  };
}

/** For a call that belongs to no site: nothing is known before and nothing is kept. */
export const nothingKept: KeptIdentities = { get: async () => undefined, keep: async () => undefined };
