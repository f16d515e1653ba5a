/** Hashes and signatures. Keys are raw Ed25519 bytes, base64. */
export interface Crypto {
  /** SHA-256, lower-case hex */
  sha256(bytes: Uint8Array): string;
  randomId(): string;
  makeSigningKey(): { readonly publicKey: string; readonly privateKey: string };
  sign(privateKey: string, bytes: Uint8Array): Uint8Array;
  /** age (age-encryption.org/v1) to one X25519 key, 32 raw bytes in base64; only its holder can open it */
  seal(publicKey: string, bytes: Uint8Array): Promise<Uint8Array>;
  verify(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean;
}
