import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
} from "node:crypto";
import { bech32 } from "@scure/base";
import { Encrypter } from "age-encryption";
import type { Crypto } from "#capabilities/crypto.ts";

// RFC 8410: everything of the two DER forms that comes before the 32 raw bytes of an Ed25519 key.
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/**
 * SHA-256, Ed25519 (RFC 8032) and age. Keys are the 32 raw bytes in base64; signatures are 64 bytes.
 * `sign` throws on a malformed private key, which is our own; `verify` answers false for anything malformed,
 * since public keys and signatures come from files.
 */
export function nodeCrypto(): Crypto {
  return {
    sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
    randomId: () => randomUUID(),
    makeSigningKey() {
      const { publicKey, privateKey } = generateKeyPairSync("ed25519");
      return {
        publicKey: rawKey(publicKey.export({ format: "der", type: "spki" }), spkiPrefix),
        privateKey: rawKey(privateKey.export({ format: "der", type: "pkcs8" }), pkcs8Prefix),
      };
    },
    sign(privateKey, bytes) {
      const der = Buffer.concat([pkcs8Prefix, keyBytes(privateKey)]);
      return new Uint8Array(sign(null, bytes, createPrivateKey({ key: der, format: "der", type: "pkcs8" })));
    },
    async seal(publicKey, bytes) {
      const encrypter = new Encrypter();
      encrypter.addRecipient(bech32.encodeFromBytes("age", keyBytes(publicKey)));
      return encrypter.encrypt(bytes);
    },
    verify(publicKey, bytes, signature) {
      try {
        const der = Buffer.concat([spkiPrefix, keyBytes(publicKey)]);
        return verify(null, bytes, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
      } catch {
        return false;
      }
    },
  };
}

function rawKey(der: Buffer, prefix: Buffer): string {
  return der.subarray(prefix.length).toString("base64");
}

function keyBytes(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 32) throw new Error(`an Ed25519 key has 32 bytes, not ${bytes.length}`);
  return bytes;
}
