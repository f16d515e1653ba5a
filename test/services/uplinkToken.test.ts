import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { tokenNotes } from "#services/uplinkToken.ts";
import { thrown } from "#test/support/thrown.ts";

const now = Date.UTC(2026, 10, 23, 7, 30);
const seconds = (at: number) => Math.round(at / 1000);

/** A token as an issuer makes it (RFC 7515, A.1). */
function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", "secret").update(signed).digest("base64url")}`;
}

test("a token's claims and its end are told before it is shown to the broker", () => {
  const password = token({ sub: "站点7", iss: "water", exp: seconds(now) + 3600, acl: ["a/#"] });

  expect(tokenNotes(password, now)).toEqual([
    {
      code: "note.token",
      facts: {
        subject: "站点7",
        until: "2026-11-23 08:30 UTC",
        claims: `sub=站点7, iss=water, exp=${seconds(now) + 3600}, acl=["a/#"]`,
      },
    },
  ]);
});

test("a token that is over, or not yet valid, is named with this computer's clock", async () => {
  const clock = "2026-11-23 07:30 UTC";
  const ending = (claims: object) => thrown((async () => tokenNotes(token(claims), now))());

  expect(await ending({ exp: seconds(now) - 60 })).toMatchObject({
    ...{ code: "uplink.tokenExpired", until: "2026-11-23 07:29 UTC", clock },
  });
  expect(await ending({ nbf: seconds(now) + 60 })).toMatchObject({
    ...{ code: "uplink.tokenEarly", from: "2026-11-23 07:31 UTC", clock },
  });
});

test.each(["", "s3cr3t", "a.b.c", "eyJ.eyJ.x", "1.2.3.4"])("%j is a plain password", (password) => {
  expect(tokenNotes(password, now)).toEqual([]);
});
