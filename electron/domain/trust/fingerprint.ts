import { fromBase64 } from "../bundle/base64.ts";
import type { BundleChecks } from "../bundle/bundle.ts";

/** SHA-256 of a public key's 32 bytes, hex; of nothing where the key cannot be read. */
export function keyFingerprint(key: string, { sha256 }: Pick<BundleChecks, "sha256">): string {
  return sha256(fromBase64(key) ?? new Uint8Array());
}

/** The first 80 bits of a fingerprint in groups of four, to be compared by eye: `3f2a 90bc 11de 4470 9a0c`. */
export function printedFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 20).match(/.{4}/g) ?? []).join(" ");
}

const spoken =
  "zero one two three four five six seven eight nine alfa bravo charlie delta echo foxtrot".split(" ");

/** The same, to be read out over the telephone: the ten digits, and the first six letters as aviation says them. */
export function spokenFingerprint(fingerprint: string): string {
  return printedFingerprint(fingerprint)
    .split(" ")
    .map((group) => [...group].map((digit) => spoken[Number.parseInt(digit, 16)] ?? "").join(" "))
    .join(", ");
}
