import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { Certificate } from "#capabilities/uplink.ts";
import type { TlsCause } from "./tlsCause.ts";

/** A certificate that was not accepted: what OpenSSL said of it and what stands in it. */
export interface RefusedCertificate {
  readonly cause: TlsCause;
  readonly host: string;
  /** as presented, the server's own first */
  readonly chain: readonly Certificate[];
  /** the server's own certificate names a place where its issuer's is found */
  readonly issuerElsewhere: boolean;
  /** the authorities of the settings, PEM; empty: the system's */
  readonly ca: string;
  /** this machine's clock, ms */
  readonly now: number;
}

/** Nobody commissions a site before this: such a clock has lost its battery. */
const earliestNow = Date.UTC(2024, 0, 1);
/** Certificates that were made before this were made by a clock that had just started at 1970. */
const earliestMade = Date.UTC(1990, 0, 1);

/** Looks behind OpenSSL's word for the one cause that a person can do something about, with what shows it. */
export function certificateCause(given: RefusedCertificate): {
  readonly cause: TlsCause;
  readonly seen: string;
} {
  const { cause, chain, now } = given;
  const own = chain[0];
  if (own === undefined) return { cause, seen: "" };
  switch (cause) {
    case "expired":
    case "notYetValid": {
      if (now < earliestNow) return { cause: "clockHere", seen: day(now) };
      const wrong = chain.find(({ validFrom, validTo }) => now < validFrom || now > validTo) ?? own;
      if (cause === "notYetValid") return { cause, seen: day(wrong.validFrom) };
      return wrong.validFrom < earliestMade
        ? { cause: "clockThere", seen: day(wrong.validFrom) }
        : { cause, seen: day(wrong.validTo) };
    }
    case "wrongName":
      return {
        cause: isIP(given.host) === 0 ? "wrongName" : "addressNotNamed",
        seen: (own.names.length > 0 ? own.names : [commonName(own.subject)]).slice(0, 3).join(", "),
      };
    case "unknownAuthority":
      return lacksIntermediate(given, own)
        ? { cause: "missingIntermediate", seen: commonName(own.issuer) }
        : { cause, seen: commonName(chain.at(-1)?.issuer ?? own.issuer) };
    case "selfSigned":
      return { cause, seen: commonName(own.subject) };
    default:
      return { cause, seen: "" };
  }
}

/**
 * A server that shows its own certificate alone, signed by neither a known authority nor itself, has a wrong authority
 * or leaves one out. The latter where the issuer is of the same house as an authority that is known, where it is
 * found somewhere else, or where its very name says that it stands in between.
 */
function lacksIntermediate(given: RefusedCertificate, own: Certificate): boolean {
  if (given.chain.length !== 1 || own.subject === own.issuer) return false;
  const known = authoritiesOf(given.ca);
  if (known.some((subject) => commonName(subject) === commonName(own.issuer))) return false;
  const house = organization(own.issuer);
  const sameHouse = house !== "" && known.some((subject) => organization(subject) === house);
  return sameHouse || given.issuerElsewhere || /intermediate|issuing|sub.?ca\b/i.test(commonName(own.issuer));
}

/** Subjects of the certificates in a PEM text. */
function authoritiesOf(pem: string): readonly string[] {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return texts.flatMap((text) => {
    try {
      return [new X509Certificate(text).subject.split("\n").join(", ")];
    } catch {
      return [];
    }
  });
}

function commonName(name: string): string {
  return /(?:^|, )CN=([^,]+)/.exec(name)?.[1] ?? name;
}

function organization(name: string): string {
  return /(?:^|, )O=([^,]+)/.exec(name)?.[1] ?? "";
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
