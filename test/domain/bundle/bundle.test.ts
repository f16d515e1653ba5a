import { describe, expect, test } from "vitest";
import { openBundle, packBundle } from "#domain/bundle/bundle.ts";
import { envelopeBytes, manifestType, preAuthEncoding } from "#domain/bundle/dsse.ts";
import { manifestBytes } from "#domain/bundle/manifest.ts";
import { readTar, writeTar } from "#domain/bundle/tar.ts";
import { utf8Bytes, utf8Text } from "#domain/utf8.ts";
import { checks, files, issuer, manifestOf, signWithKey } from "./signing.ts";

const packed = packBundle(files, manifestOf(), signWithKey);

function problems(bytes: Uint8Array): readonly string[] {
  const opened = openBundle(bytes, checks);
  if (opened.ok) return [];
  return opened.problem.map((one) => ("file" in one ? `${one.code} ${one.file}` : one.code));
}

/** The archive with one of its files replaced; undefined takes it out. */
function withFile(path: string, change: (bytes: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const archive = readTar(packed);
  if (!archive.ok) throw new Error(archive.problem.code);
  return writeTar(
    archive.value.flatMap((file) => {
      const bytes = file.path === path ? change(file.bytes) : file.bytes;
      return bytes === undefined ? [] : [{ ...file, bytes }];
    }),
  );
}

function replaced(from: string, to: string): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => utf8Bytes((utf8Text(bytes) ?? "").replace(from, to));
}

describe("a bundle", () => {
  test("gives back its manifest, files and issuer", () => {
    const opened = openBundle(packed, checks);

    expect(opened.ok && opened.value).toEqual({
      manifest: manifestOf(),
      files,
      issuer,
      digest: checks.sha256(manifestBytes(manifestOf())),
    });
  });

  test("is the same to the byte whenever and wherever it is packed", () => {
    const turned = Object.fromEntries(Object.entries(manifestOf()).reverse()) as ReturnType<
      typeof manifestOf
    >;

    expect(packBundle([...files].reverse(), turned, signWithKey)).toEqual(packed);
    expect(checks.sha256(packed)).toMatchInlineSnapshot(
      `"fc458e3bfc164658c9bee3c79b19d6a52b80cfe588e43955ea3b875d0e9b4deb"`,
    );
  });

  test("begins with the manifest and its signature, so that a reader can stop early", () => {
    const archive = readTar(packed);

    expect(archive.ok && archive.value.map((file) => file.path)).toEqual([
      "manifest.json",
      "manifest.dsse",
      "site.json",
      "neuron.json",
      "report.json",
    ]);
  });

  test("is refused after any single byte was changed", () => {
    for (let at = 0; at < packed.length; at += 1) {
      const bytes = packed.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0x01;
      expect(openBundle(bytes, checks).ok, `byte ${at}`).toBe(false);
    }
  });

  test("is refused when it was cut off anywhere or something follows it", () => {
    for (let end = 0; end < packed.length; end += 97) {
      expect(problems(packed.slice(0, end))).toEqual(["bundle.truncated"]);
    }
    expect(problems(new Uint8Array([...packed, 0]))).toEqual(["bundle.malformed"]);
    expect(problems(new Uint8Array([...packed, ...new Uint8Array(512)]))).toEqual(["bundle.malformed"]);
  });
});

describe("tampering is named", () => {
  test("for each file that is changed, missing or too many", () => {
    expect(problems(withFile("site.json", replaced("1", "2")))).toEqual(["bundle.tampered site.json"]);
    expect(problems(withFile("neuron.json", () => undefined))).toEqual(["bundle.tampered neuron.json"]);
    const archive = readTar(packed);
    const more = writeTar([
      ...(archive.ok ? archive.value : []),
      { path: "run.sh", bytes: utf8Bytes("#!/bin/sh") },
    ]);
    expect(problems(more)).toEqual(["bundle.fileExtra run.sh"]);
  });

  test("for the signature before anything that it covers", () => {
    const bytes = withFile("manifest.json", replaced('"seq": 1', '"seq": 9'));
    const archive = readTar(bytes);
    const both = writeTar(
      (archive.ok ? archive.value : []).map((file) =>
        file.path === "report.json" ? { ...file, bytes: new Uint8Array(3) } : file,
      ),
    );

    expect(problems(bytes)).toEqual(["bundle.signatureInvalid"]);
    expect(problems(both)).toEqual(["bundle.signatureInvalid"]);
  });

  test("for a signature of another key, another type or another bundle", () => {
    const otherIssuer = Buffer.alloc(32, 1).toString("base64");
    const foreign = packBundle(files, manifestOf({ issuer: otherIssuer }), signWithKey);
    const older = readTar(packBundle(files, manifestOf({ seq: 2 }), signWithKey));
    const envelope = older.ok ? older.value[1]?.bytes : undefined;

    const payload = manifestBytes(manifestOf());
    const signature = signWithKey(preAuthEncoding("text/plain", payload));
    const receipt = envelopeBytes({
      payloadType: "text/plain",
      payload,
      signatures: [{ keyId: issuer, signature }],
    });

    expect(problems(withFile("manifest.dsse", () => receipt))).toEqual(["bundle.signatureInvalid"]);
    expect(problems(foreign)).toEqual(["bundle.signatureInvalid"]);
    expect(problems(withFile("manifest.dsse", () => envelope))).toEqual(["bundle.signatureInvalid"]);
    expect(problems(withFile("manifest.dsse", replaced("manifest+json", "receipt+json")))).toEqual([
      "bundle.signatureInvalid",
    ]);
    expect(problems(withFile("manifest.dsse", replaced("{", "{ ")))).toEqual(["bundle.signatureInvalid"]);
  });

  test("for a manifest that is none, with its field", () => {
    const written = utf8Text(manifestBytes(manifestOf())) ?? "";
    const payload = utf8Bytes(written.replace('"seq": 1', '"seq": 0'));
    const signatures = [{ keyId: issuer, signature: signWithKey(preAuthEncoding(manifestType, payload)) }];
    const opened = openBundle(
      writeTar([
        { path: "manifest.json", bytes: payload },
        { path: "manifest.dsse", bytes: envelopeBytes({ payloadType: manifestType, payload, signatures }) },
      ]),
      checks,
    );

    expect(opened.ok ? [] : opened.problem).toMatchObject([
      { code: "bundle.malformed", at: { field: "seq" } },
    ]);
    expect(problems(withFile("manifest.json", () => utf8Bytes("{")))).toEqual(["bundle.malformed"]);
  });

  test.each(["../up", "/root", "a//b", "a/./b", "..", "-rf/..", "x\\y", "é", "a b", ".ssh/keys", ""])(
    "for a path in the manifest such as %j",
    (path) => {
      const written = utf8Text(manifestBytes(manifestOf())) ?? "";
      const payload = utf8Bytes(written.replace('"site.json"', JSON.stringify(path)));
      const signatures = [{ keyId: issuer, signature: signWithKey(preAuthEncoding(manifestType, payload)) }];
      const archive = writeTar([
        { path: "manifest.json", bytes: payload },
        { path: "manifest.dsse", bytes: envelopeBytes({ payloadType: manifestType, payload, signatures }) },
      ]);

      expect(problems(archive)[0]).toBe("bundle.malformed");
    },
  );
});
