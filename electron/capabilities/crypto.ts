/** Hashes and signatures. Keys are raw Ed25519 bytes, base64. */
export interface Crypto {
  /** SHA-256, lower-case hex */
  sha256(bytes: Uint8Array): string;
  randomId(): string;
  makeSigningKey(): { readonly publicKey: string; readonly privateKey: string };
  sign(privateKey: string, bytes: Uint8Array): Uint8Array;
  verify(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean;
}
