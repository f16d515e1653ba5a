import type { ChainView } from "#contract/views.ts";

/** A certificate as it is drawn, the authority on top. */
export interface ChainLink {
  readonly key: string;
  readonly role: "authority" | "intermediate" | "broker" | "missing";
  readonly name: string;
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly fingerprint: string;
  readonly state: "ok" | "warn" | "bad" | "idle";
  /** whole days until it expires, negative after; undefined for one that is missing */
  readonly days: number | undefined;
  /** 0–1: how much of its time is over */
  readonly spent: number;
}

const soonDays = 30;
const dayMs = 86_400_000;
const untrusted = ["unknownAuthority", "missingIntermediate"];
const misnamed = ["wrongName", "addressNotNamed", "proxy"];

/** The chain from the authority down to the broker; an issuer that nobody showed is drawn as missing. */
export function chainLinks(chain: ChainView): readonly ChainLink[] {
  const links = chain.certificates.map((certificate, index): ChainLink => {
    const { subject, issuer, names, validFrom: from, validTo: to, fingerprint, known } = certificate;
    const isAuthority = known || subject === issuer;
    const days = Math.floor((to - chain.at) / dayMs);
    const isOver = chain.at > to || chain.at < from;
    const isWrong = index === 0 && (misnamed.includes(chain.cause) || chain.cause === "selfSigned");
    return {
      key: fingerprint,
      role: index === 0 ? "broker" : isAuthority ? "authority" : "intermediate",
      name: commonName(subject),
      names: index === 0 ? names : [],
      ...{ from, to, fingerprint, days },
      state: isOver || isWrong ? "bad" : days < soonDays ? "warn" : "ok",
      spent: Math.min(1, Math.max(0, (chain.at - from) / Math.max(1, to - from))),
    };
  });
  const last = chain.certificates.at(-1);
  if (last && last.subject !== last.issuer && untrusted.includes(chain.cause)) {
    const name = commonName(last.issuer);
    links.push({
      ...{ key: "missing", role: "missing", name, names: [], from: 0, to: 0, fingerprint: "" },
      ...{ state: "bad", days: undefined, spent: 0 },
    });
  }
  return links.reverse();
}

/** `broker.example` of `CN=broker.example, O=Water` */
function commonName(name: string): string {
  return /(?:^|, )CN=([^,]+)/.exec(name)?.[1] ?? name;
}
