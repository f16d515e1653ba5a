import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { type BundleFile, type Manifest, makeManifest } from "#domain/bundle/manifest.ts";
import { utf8Bytes } from "#domain/utf8.ts";

/** A fixed key, so that bundles of tests have the same bytes every time. */
const seed = Buffer.alloc(32, 7);
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
  format: "der",
  type: "pkcs8",
});
const spki = Buffer.from("302a300506032b6570032100", "hex");

export const issuer = createPublicKey(privateKey)
  .export({ format: "der", type: "spki" })
  .subarray(12)
  .toString("base64");

export function signWithKey(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, bytes, privateKey));
}

export const checks = {
  sha256: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex"),
  verify: (publicKey: string, bytes: Uint8Array, signature: Uint8Array) => {
    const key = Buffer.concat([spki, Buffer.from(publicKey, "base64")]);
    return verify(null, bytes, createPublicKey({ key, format: "der", type: "spki" }), signature);
  },
};

export const files: readonly BundleFile[] = [
  { path: "site.json", bytes: utf8Bytes('{ "format": 1 }\n') },
  { path: "neuron.json", bytes: utf8Bytes('{ "nodes": ["电"] }\n') },
  { path: "report.json", bytes: new Uint8Array(512).fill(0x20) },
];

export function manifestOf(given: Partial<Manifest> = {}): Manifest {
  const head = {
    bundleId: "b-1",
    site: { id: "nps-07", name: "North 北" },
    gateway: { url: "http://192.168.10.1:7000" },
    seq: 1,
    prevDigest: "",
    expectsCurrentConfig: "any",
    issuedAt: "2026-11-22T10:00:00.000Z",
    compatible: { neuron: { from: "2.11.0", below: "3.0.0" } },
    components: ["neuron"],
    healthChecks: [{ check: "counts", nodes: 1, groups: 1, tags: 2 }],
    issuer,
  } as const;
  return { ...makeManifest(head, files, checks.sha256), ...given };
}
