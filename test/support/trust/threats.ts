import { envelopeBytes, manifestType, preAuthEncoding } from "#domain/bundle/dsse.ts";
import { readTar, writeTar } from "#domain/bundle/tar.ts";
import { envelop, rootKind } from "#domain/trust/documents.ts";
import { utf8Bytes, utf8Text } from "#domain/utf8.ts";
import {
  bundleOf,
  organisationKey,
  organisationOf,
  owners,
  revocationsOf,
  root,
  technicianKey,
  technicianOf,
  testKey,
} from "./kit.ts";

/** An attack, or an accident that looks like one, and the word with which it is refused everywhere. */
export interface Threat {
  readonly name: string;
  readonly word: string;
  readonly bytes: Uint8Array;
}

type Entries = readonly { readonly path: string; readonly bytes: Uint8Array }[];

const good = bundleOf();
const stranger = testKey(99);

function repacked(change: (entries: Entries) => Entries, bundle = good): Uint8Array {
  const archive = readTar(bundle);
  if (!archive.ok) throw new Error(archive.problem.code);
  return writeTar(change(archive.value));
}

/** A manifest that no printing of ours could write, signed by the technician all the same. */
function signedText(change: (text: string) => string): Uint8Array {
  return repacked(([manifest, , ...files]) => {
    const payload = utf8Bytes(change(utf8Text(manifest?.bytes ?? new Uint8Array()) ?? ""));
    const signature = technicianKey.sign(preAuthEncoding(manifestType, payload));
    const signatures = [{ keyId: technicianKey.publicKey, signature }];
    const envelope = envelopeBytes({ payloadType: manifestType, payload, signatures });
    return [{ path: "manifest.json", bytes: payload }, { path: "manifest.dsse", bytes: envelope }, ...files];
  });
}

/** The header of the last file with another path, its checksum right. */
function withPath(path: string): Uint8Array {
  const bytes = repacked((entries) => [...entries, { path: "x", bytes: new Uint8Array() }]);
  const at = bytes.length - 3 * 512;
  bytes.set(Buffer.from(path.padEnd(100, "\0"), "latin1"), at);
  bytes.set(Buffer.from(" ".repeat(8)), at + 148);
  const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
  bytes.set(Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `, "latin1"), at + 148);
  return bytes;
}

function flipped(at: number, bit = 0): Uint8Array {
  const bytes = good.slice();
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return bytes;
}

const manifestSize = (() => {
  const archive = readTar(good);
  return archive.ok ? (archive.value[0]?.bytes.length ?? 0) : 0;
})();
const dataAfterManifest = 512 + Math.ceil(manifestSize / 512) * 512 + 512;

const rotated = { ...root, version: 2, keys: [7, 8, 9].map((number) => testKey(number).publicKey) };

export const threats: readonly Threat[] = [
  { name: "an older bundle", word: "trust.seqOld", bytes: bundleOf({ manifest: { seq: 3 } }) },
  {
    name: "another bundle of the same number",
    word: "trust.seqOld",
    bytes: bundleOf({ manifest: { seq: 4 } }),
  },
  { name: "a number far ahead", word: "trust.seqJump", bytes: bundleOf({ manifest: { seq: 1005 } }) },
  {
    name: "seq = 2^53",
    word: "bundle.seqOutOfRange",
    bytes: signedText((text) => text.replace('"seq": 5,', '"seq": 9007199254740992,')),
  },
  {
    name: "seq = 2^31",
    word: "bundle.seqOutOfRange",
    bytes: signedText((text) => text.replace('"seq": 5,', '"seq": 2147483648,')),
  },
  {
    name: "a bundle after another than the accepted one",
    word: "trust.prevDiffers",
    bytes: bundleOf({ manifest: { prevDigest: "cd".repeat(32) } }),
  },
  {
    name: "a bundle for another gateway",
    word: "trust.otherGateway",
    bytes: bundleOf({
      manifest: { gateway: { url: "", serial: "GW-0018", keyFingerprint: "0".repeat(64) } },
    }),
  },
  {
    name: "a bundle for another gateway of the same serial",
    word: "trust.otherGateway",
    bytes: bundleOf({
      manifest: { gateway: { url: "", serial: "GW-0017", keyFingerprint: "0".repeat(64) } },
    }),
  },
  {
    name: "a bundle for no gateway",
    word: "trust.otherGateway",
    bytes: bundleOf({ manifest: { gateway: { url: "" } } }),
  },
  {
    name: "a bundle for another site",
    word: "trust.otherSite",
    bytes: bundleOf({ manifest: { site: { id: "nps-08", name: "North 北" } } }),
  },
  {
    name: "a site name that looks alike",
    word: "trust.siteNameDiffers",
    bytes: bundleOf({ manifest: { site: { id: "nps-07", name: "Nоrth 北" } } }),
  },
  {
    name: "files of another valid bundle",
    word: "bundle.tampered",
    bytes: repacked((entries) =>
      entries.map((file) =>
        file.path === "neuron.json" ? { ...file, bytes: utf8Bytes('{ "nodes": [] }\n') } : file,
      ),
    ),
  },
  {
    name: "the signature of another valid bundle",
    word: "bundle.signatureInvalid",
    bytes: repacked((entries) => {
      const other = readTar(bundleOf({ manifest: { seq: 6 } }));
      return entries.map((file, index) => (index === 1 && other.ok ? (other.value[1] ?? file) : file));
    }),
  },
  {
    name: "a file that is missing",
    word: "bundle.tampered",
    bytes: repacked((entries) => entries.slice(0, -1)),
  },
  { name: "a bundle that is cut off", word: "bundle.truncated", bytes: good.slice(0, good.length - 3000) },
  { name: "a bundle without its last block", word: "bundle.truncated", bytes: good.slice(0, -512) },
  { name: "an empty file", word: "bundle.truncated", bytes: new Uint8Array() },
  {
    name: "a flipped bit in the manifest",
    word: "bundle.signatureInvalid",
    bytes: flipped(Buffer.from(good).indexOf("b-5"), 0),
  },
  {
    name: "a flipped bit in the signature",
    word: "bundle.signatureInvalid",
    bytes: flipped(dataAfterManifest + 90, 1),
  },
  {
    name: "a bit that no decoder of base64 looks at",
    word: "bundle.signatureInvalid",
    bytes: repacked((entries) =>
      entries.map((file, index) =>
        index === 1
          ? {
              ...file,
              bytes: utf8Bytes(
                (utf8Text(file.bytes) ?? "").replace(/(.)=="\n {4}\}/, (_, last: string) => {
                  const next = String.fromCharCode(last.charCodeAt(0) + 1);
                  return `${next}=="\n    }`;
                }),
              ),
            }
          : file,
      ),
    ),
  },
  {
    name: "a revoked technician",
    word: "trust.revoked",
    bytes: bundleOf({ files: { "trust/revocations.dsse": revocationsOf([technicianKey.publicKey]) } }),
  },
  {
    name: "an organisation that the root revoked",
    word: "trust.revoked",
    bytes: bundleOf({
      files: {
        "trust/root-2.dsse": envelop(
          rootKind,
          { ...root, version: 2, revoked: [organisationKey.publicKey] },
          owners.slice(0, 2),
        ),
      },
    }),
  },
  {
    name: "a revocation list that nobody signed for",
    word: "trust.chainBroken",
    bytes: bundleOf({ files: { "trust/revocations.dsse": revocationsOf([], stranger) } }),
  },
  {
    name: "an expired delegation",
    word: "trust.expired",
    bytes: bundleOf({
      files: { "trust/technician.dsse": technicianOf({ notAfter: "2026-11-22T09:59:59.999Z" }) },
    }),
  },
  {
    name: "a delegation that ended before the newest known time, the bundle dated back",
    word: "trust.expired",
    bytes: bundleOf({
      manifest: { issuedAt: "2026-04-01T00:00:00.000Z" },
      files: { "trust/technician.dsse": technicianOf({ notAfter: "2026-05-01T00:00:00.000Z" }) },
    }),
  },
  {
    name: "a bundle whose own time is over",
    word: "trust.bundleExpired",
    bytes: bundleOf({ manifest: { notAfter: "2026-11-22T09:00:00.000Z" } }),
  },
  {
    name: "a technician of other sites",
    word: "trust.scopeExceeded",
    bytes: bundleOf({ files: { "trust/technician.dsse": technicianOf({ sites: ["nps-08"] }) } }),
  },
  {
    name: "a technician who may only report",
    word: "trust.scopeExceeded",
    bytes: bundleOf({ files: { "trust/technician.dsse": technicianOf({ actions: ["report"] }) } }),
  },
  {
    name: "a technician who may more than the organisation",
    word: "trust.scopeExceeded",
    bytes: bundleOf({ files: { "trust/organisation.dsse": organisationOf({ actions: ["report"] }) } }),
  },
  {
    name: "a path upwards",
    word: "bundle.pathUnsafe",
    bytes: withPath("../../etc/passwd"),
  },
  { name: "an absolute path", word: "bundle.pathUnsafe", bytes: withPath("/etc/passwd") },
  {
    name: "more than 256 files",
    word: "bundle.tooLarge",
    bytes: repacked((entries) => [
      ...entries,
      ...Array.from({ length: 260 }, (_, index) => ({ path: `f${index}`, bytes: new Uint8Array() })),
    ]),
  },
  { name: "more than 64 MiB", word: "bundle.tooLarge", bytes: new Uint8Array(64 * 1024 * 1024 + 512) },
  {
    name: "a wrong root",
    word: "trust.rootWrong",
    bytes: bundleOf({ files: { "trust/organisation.dsse": organisationOf({}, [stranger, testKey(98)]) } }),
  },
  {
    name: "too few keys of the root",
    word: "trust.rootWrong",
    bytes: bundleOf({ files: { "trust/organisation.dsse": organisationOf({}, [owners[0], owners[0]]) } }),
  },
  {
    name: "an organisation that signed its own delegation",
    word: "trust.rootWrong",
    bytes: bundleOf({ files: { "trust/organisation.dsse": organisationOf({}, [organisationKey]) } }),
  },
  {
    name: "a technician who signed the own delegation",
    word: "trust.chainBroken",
    bytes: bundleOf({ files: { "trust/technician.dsse": technicianOf({}, technicianKey) } }),
  },
  { name: "a bundle by somebody else", word: "trust.chainBroken", bytes: bundleOf({ signer: stranger }) },
  {
    name: "a missing delegation",
    word: "trust.chainMissing",
    bytes: bundleOf({ files: { "trust/technician.dsse": null } }),
  },
  {
    name: "a root that only its new keys signed",
    word: "trust.chainBroken",
    bytes: bundleOf({
      files: { "trust/root-2.dsse": envelop(rootKind, rotated, [testKey(7), testKey(8)]) },
    }),
  },
  {
    name: "a missing signature",
    word: "bundle.unsigned",
    bytes: repacked((entries) => entries.filter((file) => file.path !== "manifest.dsse")),
  },
  {
    name: "an envelope without signatures",
    word: "bundle.unsigned",
    bytes: repacked((entries) =>
      entries.map((file, index) => {
        if (index !== 1) return file;
        const payload = entries[0]?.bytes ?? new Uint8Array();
        return { ...file, bytes: envelopeBytes({ payloadType: manifestType, payload, signatures: [] }) };
      }),
    ),
  },
  {
    name: "an extra file",
    word: "bundle.fileExtra",
    bytes: repacked((entries) => [...entries, { path: "run.sh", bytes: utf8Bytes("#!/bin/sh\n") }]),
  },
  {
    name: "a bundle of the first format",
    word: "bundle.formatOld",
    bytes: signedText((text) => text.replace('"format": 2', '"format": 1')),
  },
];
