import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { packBundle } from "#domain/bundle/bundle.ts";
import { type BundleFile, type HealthCheck, type Manifest, makeManifest } from "#domain/bundle/manifest.ts";
import {
  type Delegation,
  delegationKind,
  envelop,
  type Root,
  revocationsKind,
  type Signer,
} from "#domain/trust/documents.ts";
import { keyFingerprint } from "#domain/trust/fingerprint.ts";
import type { GatewayState } from "#domain/trust/judgeGateway.ts";
import { type TrustState, trustPaths } from "#domain/trust/judgeTrust.ts";
import { utf8Bytes } from "#domain/utf8.ts";

export interface TestKey extends Signer {
  readonly private: KeyObject;
}

/** A key that is the same every time, by a number. */
export function testKey(number: number): TestKey {
  const seed = Buffer.alloc(32, number);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    private: key,
    publicKey: spki.subarray(12).toString("base64"),
    sign: (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
}

const spki = Buffer.from("302a300506032b6570032100", "hex");

export const checks = {
  sha256: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex"),
  verify: (publicKey: string, bytes: Uint8Array, signature: Uint8Array) => {
    try {
      const key = Buffer.concat([spki, Buffer.from(publicKey, "base64")]);
      return verify(null, bytes, createPublicKey({ key, format: "der", type: "spki" }), signature);
    } catch {
      return false;
    }
  },
};

export const owners = [1, 2, 3].map(testKey) as [TestKey, TestKey, TestKey];
export const organisationKey = testKey(4);
export const technicianKey = testKey(5);
export const gatewayKey = testKey(6);

/** What secrets for the gateway of gatewayState are sealed to. */
export const gatewaySealKey = sealKey(7);

function sealKey(number: number): { readonly private: KeyObject; readonly publicKey: string } {
  const der = Buffer.concat([
    Buffer.from("302e020100300506032b656e04220420", "hex"),
    Buffer.alloc(32, number),
  ]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(12);
  return { private: key, publicKey: raw.toString("base64") };
}

export const root: Root = {
  format: 1,
  owner: "North Water",
  version: 1,
  threshold: 2,
  keys: owners.map((one) => one.publicKey),
  revoked: [],
};

const year = { issuedAt: "2026-01-01T00:00:00.000Z", notAfter: "2027-12-31T00:00:00.000Z" };

export function organisationOf(
  given: Partial<Delegation> = {},
  by: readonly Signer[] = owners.slice(1),
): Uint8Array {
  const document: Delegation = {
    format: 1,
    role: "organisation",
    name: "Field Co",
    key: organisationKey.publicKey,
    sites: ["*"],
    actions: ["apply:neuron", "report"],
    ...year,
    ...given,
  };
  return envelop(delegationKind, document, by);
}

export function technicianOf(given: Partial<Delegation> = {}, by: Signer = organisationKey): Uint8Array {
  const document: Delegation = {
    format: 1,
    role: "technician",
    name: "Li Wei 李伟",
    key: technicianKey.publicKey,
    sites: ["nps-07", "nps-08"],
    actions: ["apply:neuron"],
    ...year,
    ...given,
  };
  return envelop(delegationKind, document, [by]);
}

export function revocationsOf(keys: readonly string[], by: Signer = organisationKey): Uint8Array {
  return envelop(revocationsKind, { format: 1, version: 1, keys: [...keys] }, [by]);
}

export const gatewayState: GatewayState = {
  serial: "GW-0017",
  keyFingerprint: keyFingerprint(gatewayKey.publicKey, checks),
  site: { id: "nps-07", name: "North 北" },
  accepted: { seq: 4, digest: "ab".repeat(32) },
  version: "2.15.1",
};

export const trustState: TrustState = {
  root,
  revocations: { version: 0, keys: [] },
  trustedAt: "2026-06-01T00:00:00.000Z",
};

/** The configuration of a gateway with one driver, as the import takes it. */
export function neuronConfig(name = "plc", tags = 2, port = 9): object {
  return {
    nodes: [{ plugin: "Modbus TCP", name, support_import_tags: false, tags: "" }],
    groups: [{ driver: name, group: "fast", tag_count: tags, interval: 100 }],
    tags: [
      {
        driver: name,
        group: "fast",
        tags: Array.from({ length: tags }, (_, index) => ({
          type: 3,
          name: `温度${index}`,
          attribute: 1,
          precision: 0,
          decimal: 0,
          bias: 0,
          address: `1!4000${index + 1}`,
          description: "",
          unit: "°C",
        })),
      },
    ],
    subscriptions: [],
    settings: [
      {
        node: name,
        params: { connection_mode: 0, host: "127.0.0.1", port, timeout: 3000, interval: 20 },
      },
    ],
  };
}

export interface Choices {
  readonly manifest?: Partial<Manifest>;
  /** instead of, or besides, the files of every bundle; null takes one out */
  readonly files?: Readonly<Record<string, Uint8Array | null>>;
  readonly healthChecks?: readonly HealthCheck[];
  readonly config?: object;
  readonly signer?: TestKey;
}

/** A bundle that the gateway of gatewayState would take, but for what the choices change. */
export function bundleOf({ manifest = {}, files = {}, signer = technicianKey, ...choices }: Choices = {}) {
  const config = choices.config ?? neuronConfig();
  const all: Record<string, Uint8Array | null> = {
    "neuron.json": utf8Bytes(`${JSON.stringify(config, null, 2)}\n`),
    "site.json": utf8Bytes('{ "format": 1 }\n'),
    [trustPaths.organisation]: organisationOf(),
    [trustPaths.technician]: technicianOf(),
    ...files,
  };
  const list: BundleFile[] = Object.entries(all).flatMap(([path, bytes]) =>
    bytes === null ? [] : [{ path, bytes }],
  );
  const head = {
    bundleId: "b-5",
    site: { id: "nps-07", name: "North 北" },
    gateway: {
      url: "http://192.168.10.1:7000",
      serial: gatewayState.serial,
      keyFingerprint: gatewayState.keyFingerprint,
    },
    seq: 5,
    prevDigest: gatewayState.accepted.digest,
    expectsCurrentConfig: "any",
    compatible: { neuron: { from: "2.11.0", below: "3.0.0" } },
    issuedAt: "2026-11-22T10:00:00.000Z",
    components: ["neuron"],
    healthChecks: [...(choices.healthChecks ?? [{ check: "counts", nodes: 1, groups: 1, tags: 2 } as const])],
    issuer: signer.publicKey,
  } as const;
  return packBundle(list, { ...makeManifest(head, list, checks.sha256), ...manifest }, signer.sign);
}
