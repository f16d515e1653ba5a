import { FaultError } from "#domain/fault.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import { lookAtToken } from "#domain/uplink/token.ts";

/**
 * Looks at a password that is a token before it is shown to the broker.
 *
 * @param now ms of this computer's clock
 * @returns what is worth knowing of it; nothing for a plain password
 * @throws FaultError uplink.tokenExpired, uplink.tokenEarly
 */
export function tokenNotes(password: string, now: number): readonly Phrase[] {
  const token = lookAtToken(password);
  if (token === undefined) return [];
  const { expiresAt, validFrom, subject, claims } = token;
  const clock = printed(now);
  if (expiresAt !== null && expiresAt <= now)
    throw new FaultError({ code: "uplink.tokenExpired", until: printed(expiresAt), clock });
  if (validFrom !== null && validFrom > now)
    throw new FaultError({ code: "uplink.tokenEarly", from: printed(validFrom), clock });
  const until = expiresAt === null ? "" : printed(expiresAt);
  return [phrase("note.token", { subject, until, claims: claims.join(", ") })];
}

/** `2026-11-23 07:30 UTC`: no token is for one time zone. */
function printed(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
