import type { Problem } from "../problem.ts";
import type { Delegation } from "./documents.ts";

/** The documents that a technician carries, as far as there are some. */
export interface KeptChain {
  readonly organisation: Delegation | undefined;
  readonly technician: Delegation | undefined;
  readonly revoked: readonly string[];
}

/**
 * Why a gateway would not take what `key` signs for a site today, as far as the kept documents tell. Signatures are
 * the gateway's to check: it alone knows its owner's root.
 *
 * @param site id of the open site; undefined leaves the scope out
 * @param now  ISO, UTC, milliseconds
 */
export function judgeKept(
  { organisation, technician, revoked }: KeptChain,
  key: string,
  site: string | undefined,
  now: string,
): readonly Problem[] {
  if (organisation === undefined) return [{ code: "trust.chainMissing", document: "organisation" }];
  if (technician === undefined) return [{ code: "trust.chainMissing", document: "technician" }];
  const problems: Problem[] = [];
  if (technician.key !== key) problems.push({ code: "trust.chainBroken", document: "technician" });
  for (const link of [organisation, technician]) {
    const { name, notAfter } = link;
    if (revoked.includes(link.key)) problems.push({ code: "trust.revoked", name });
    if (now > notAfter) problems.push({ code: "trust.expired", name, notAfter });
    if (site !== undefined && !link.sites.includes("*") && !link.sites.includes(site))
      problems.push({ code: "trust.scopeExceeded", name, what: site });
    if (!link.actions.includes("apply:neuron"))
      problems.push({ code: "trust.scopeExceeded", name, what: "apply:neuron" });
  }
  return problems;
}
