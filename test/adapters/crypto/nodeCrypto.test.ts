import { describe, expect, test } from "vitest";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";

const crypto = nodeCrypto();
const hex = (text: string) => Buffer.from(text, "hex");

describe("hashes and signatures", () => {
  test("SHA-256 of abc is that of FIPS 180-4", () => {
    expect(crypto.sha256(Buffer.from("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  // RFC 8032, 7.1, test 2
  test("a published key makes the published signature", () => {
    const secret = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").toString("base64");
    const known = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").toString("base64");

    const signature = crypto.sign(secret, hex("72"));

    expect(Buffer.from(signature).toString("hex")).toBe(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    expect(crypto.verify(known, hex("72"), signature)).toBe(true);
    expect(crypto.verify(known, hex("73"), signature)).toBe(false);
  });

  test("a new key signs what only its own public key proves", () => {
    const [mine, other] = [crypto.makeSigningKey(), crypto.makeSigningKey()];
    const signature = crypto.sign(mine.privateKey, hex("00ff"));

    expect(Buffer.from(mine.publicKey, "base64")).toHaveLength(32);
    expect(crypto.verify(mine.publicKey, hex("00ff"), signature)).toBe(true);
    expect(crypto.verify(other.publicKey, hex("00ff"), signature)).toBe(false);
  });

  test.each([
    ["an empty key", "", 64],
    ["a short key", "AAAA", 64],
    ["a short signature", "", 10],
  ])("%s proves nothing and does not throw", (_, key, length) => {
    expect(crypto.verify(key, hex("00"), new Uint8Array(length))).toBe(false);
  });
});
