import { z } from "zod";

const claims = z.object({ iat: z.number(), exp: z.number() });

/** A gateway's token and the two times in it, in its own clock's seconds since 1970. */
export interface Token {
  readonly text: string;
  readonly issuedAt: number;
  readonly endsAt: number;
}

/** Reads the claims of a JSON Web Token (RFC 7519) without judging its signature; undefined for anything else. */
export function readToken(text: string): Token | undefined {
  try {
    const payload = Buffer.from(text.split(".")[1] ?? "", "base64url").toString("utf8");
    const { iat, exp } = claims.parse(JSON.parse(payload));
    return { text, issuedAt: iat, endsAt: exp };
  } catch {
    return undefined;
  }
}
