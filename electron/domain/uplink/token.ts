import { fromBase64 } from "#domain/bundle/base64.ts";
import { utf8Text } from "#domain/utf8.ts";

/** What a token says that is given as a password. Nothing of it is proved here: only the broker can. */
export interface TokenLook {
  readonly subject: string;
  readonly issuer: string;
  /** ms since 1970; null: it says none */
  readonly expiresAt: number | null;
  readonly validFrom: number | null;
  /** every claim as `name=value`, in the token's order */
  readonly claims: readonly string[];
}

/**
 * Looks into a password that is a JSON Web Token.
 *
 * @returns undefined for any other password
 * @see RFC 7519, 4.1 and RFC 7515, 7.1 (three parts of base64url)
 */
export function lookAtToken(password: string): TokenLook | undefined {
  const parts = password.trim().split(".");
  const [header, claims] = parts.map(objectIn);
  if (parts.length !== 3 || header === undefined || claims === undefined || !("alg" in header))
    return undefined;
  return {
    subject: textOf(claims.sub),
    issuer: textOf(claims.iss),
    expiresAt: timeOf(claims.exp),
    validFrom: timeOf(claims.nbf),
    claims: Object.entries(claims).map(([name, value]) => `${name}=${textOf(value)}`),
  };
}

function objectIn(part: string): Readonly<Record<string, unknown>> | undefined {
  const base64 = part.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
  const text = bytes && utf8Text(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

/** Seconds since 1970 in a token. */
function timeOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value * 1000 : null;
}
