/** What a gateway can be known by again, where there is such a thing. */
export interface GatewayIdentity {
  /** SHA-256 of the certificate in hex with colons; of gateways with https */
  readonly certificate?: string;
  /** `SHA256:…` of the key that its SSH server has */
  readonly hostKey?: string;
  /** hardware address, `00:1a:2b:3c:4d:5e`; of gateways in this machine's own network */
  readonly mac?: string;
}

export const identityParts = ["certificate", "hostKey", "mac"] as const;
export type IdentityPart = (typeof identityParts)[number];

export interface ChangedIdentity {
  readonly part: IdentityPart;
  readonly kept: string;
  readonly found: string;
}

/**
 * Compares who answers with who is known. A part that only one of the two has is no change: a hardware address shows
 * on the gateway's own network alone.
 *
 * @param trusted a part's value that a person has confirmed
 */
export function changedIdentity(
  kept: GatewayIdentity | undefined,
  found: GatewayIdentity,
  trusted?: string,
): ChangedIdentity | undefined {
  for (const part of identityParts) {
    const [before, now] = [kept?.[part], found[part]];
    if (before === undefined || now === undefined || before === now || now === trusted) continue;
    return { part, kept: before, found: now };
  }
  return undefined;
}
