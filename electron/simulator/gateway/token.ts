import { createSign, createVerify, generateKeyPairSync } from "node:crypto";
import { error } from "./refusal.ts";

const lifeSeconds = 3600;

/** Issues and checks the gateway's tokens: RS256, valid for one hour from the gateway's own clock. */
export interface Tokens {
  issue(user: string): string;
  /** @param header the Authorization header; @returns an error number, 0 for a good token */
  check(header: string | undefined): number;
}

export function makeTokens(now: () => number): Tokens {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const seconds = () => Math.floor(now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  return {
    issue(user) {
      const issuedAt = seconds();
      const payload = {
        aud: "neuron",
        bodyEncode: 0,
        exp: issuedAt + lifeSeconds,
        iat: issuedAt,
        iss: "neuron",
        ...(user === "admin" ? {} : { user }),
      };
      const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part(payload)}`;
      return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
    },
    check(header) {
      if (header === undefined) return error.noToken;
      // Seven characters are skipped whatever they are, so "bearer " works and a bare token does not.
      const [head, body, signature, ...more] = header.slice(7).split(".");
      if (head === undefined || body === undefined || signature === undefined || more.length > 0)
        return error.badToken;
      const payload = decode(body);
      if (decode(head) === undefined || payload === undefined) return error.badToken;
      const good = createVerify("RSA-SHA256")
        .update(`${head}.${body}`)
        .verify(publicKey, signature, "base64url");
      if (!good) return error.validateToken;
      return typeof payload.exp === "number" && payload.exp > seconds() ? 0 : error.expiredToken;
    },
  };
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
