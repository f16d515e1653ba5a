import { describe, expect, test } from "vitest";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import type { EvidenceLine } from "#domain/acceptance/foldAcceptance.ts";
import { phrase } from "#domain/phrase.ts";
import { makeReport } from "#domain/report/makeReport.ts";
import { readReport, signReport, signReportAlso } from "#domain/report/signedReport.ts";
import { pumpSite } from "../site/pumpSite.ts";

const making = { madeAt: 5000, utcOffsetMinutes: 480, program: "lastmile 0.1.0", head: "ab".repeat(32) };
const line = (at: number, kind: string, body: object): EvidenceLine => ({
  at,
  kind,
  body: body as EvidenceLine["body"],
});
const report = (...lines: readonly EvidenceLine[]) => makeReport(pumpSite, lines, making);
const signedIn = { url: "http://g", user: "admin", version: "2.15.1", skewMs: 30, digest: "d1" };
const certificate = {
  unit: 3,
  verdict: "bad",
  says: phrase("cause.noise"),
  asked: 10,
  good: 4,
  badCrc: 5,
  silent: 1,
  badShare: 0.6,
};

describe("a report", () => {
  test("of a site without evidence says that nothing is known", () => {
    const empty = report();

    expect(empty).toMatchObject({
      verdict: "bad",
      standing: { grade: "notHeld" },
      gateway: null,
      drill: null,
      time: null,
      credentials: null,
      configuration: { running: "", bundle: null, receipt: null },
      restore: { snapshotAt: null, putBackAt: null },
      evidence: { lines: 0 },
    });
    expect(empty.untested).toHaveLength(empty.standing.tags.total);
  });

  test("is the same for the same site and evidence", () => {
    const lines = [line(1, "gateway.signedIn", { ...signedIn, defaultPassword: true })];

    expect(JSON.stringify(report(...lines))).toBe(JSON.stringify(report(...lines)));
  });

  test("tells the newest certificate of each unit, and passes over lines that say too little", () => {
    const id = pumpSite.lines[0]?.id;
    const { lines } = report(
      line(1, "job.certified", { line: id, certificate: { ...certificate, unit: 9 } }),
      line(2, "job.certified", { line: id, certificate }),
      line(3, "job.certified", {
        line: id,
        certificate: { ...certificate, verdict: "good", p50Ms: 20, p99Ms: 30 },
      }),
      line(4, "job.certified", { line: id, certificate: { unit: 3 } }),
    );

    expect(lines[0]?.certificates).toMatchObject([
      { unit: 3, verdict: "good", at: 3, p50Ms: 20 },
      { unit: 9, verdict: "bad", p50Ms: null },
    ]);
  });

  test("knows whether the factory's password still stands", () => {
    const factory = line(10, "gateway.signedIn", { ...signedIn, defaultPassword: true });
    const changed = line(11, "gateway.passwordChanged", { url: "http://g" });

    expect(report(factory).credentials).toMatchObject({ defaultPassword: true, changedAt: null });
    expect(report(factory, changed).credentials).toMatchObject({ defaultPassword: false, changedAt: 11 });
  });

  test("tells of the last drill, also where the loss is not known", () => {
    const drilled = { duplicated: 0, reordered: 1, late: 2 };

    expect(report(line(1, "job.drilled", { ...drilled, lost: null })).drill).toEqual({
      at: 1,
      good: false,
      outageMs: null,
      arrived: null,
      lost: null,
      ...drilled,
    });
    const told = { ...drilled, lost: 0, arrived: 90, cutAt: 1000, restoredAt: 31_000, by: "proxy" };
    expect(report(line(1, "job.drilled", told)).drill).toMatchObject({
      good: true,
      outageMs: 30_000,
      arrived: 90,
    });
  });

  test("takes the running configuration from whoever read it last", () => {
    const lines = [
      line(1, "gateway.signedIn", { ...signedIn, defaultPassword: false }),
      line(2, "job.applied", { url: "http://g", digest: "d2" }),
      line(3, "job.putBack", { url: "http://g" }),
    ];

    expect(report(...lines)).toMatchObject({
      configuration: { running: "d2", readAt: 2, appliedAt: 2 },
      restore: { putBackAt: 3 },
    });
  });
});

describe("a signed report", () => {
  const crypto = nodeCrypto();
  const signer = () => {
    const { publicKey, privateKey } = crypto.makeSigningKey();
    return { publicKey, sign: (bytes: Uint8Array) => crypto.sign(privateKey, bytes) };
  };
  const [one, other] = [signer(), signer()];
  const signed = signReport(report(), [one], crypto);

  test("reads back whole, with its digest and its signers", () => {
    expect(readReport(signed.text, crypto)).toEqual({ ok: true, value: signed });
  });

  test("takes a second signature and replaces one by the same key", () => {
    const both = readReport(signReportAlso(signed, other), crypto);
    if (!both.ok) throw new Error(both.problem.code);
    const again = readReport(signReportAlso(both.value, one), crypto);

    expect(both.value.signers).toEqual([one.publicKey, other.publicKey]);
    expect(again).toMatchObject({ ok: true, value: { signers: [other.publicKey, one.publicKey] } });
  });

  test.each<[string, (file: { report: object; signatures: object[] }) => object, string]>([
    [
      "a signature twice",
      (file) => ({ ...file, signatures: [...file.signatures, ...file.signatures] }),
      "report.signatureInvalid",
    ],
    [
      "another grade",
      (file) => ({ ...file, report: { ...file.report, verdict: "good" } }),
      "report.signatureInvalid",
    ],
    ["a field more", (file) => ({ ...file, report: { ...file.report, note: "x" } }), "report.malformed"],
    ["fields in another order", ({ report, ...file }) => ({ report, ...file }), "report.malformed"],
  ])("with %s is refused", (_, change, code) => {
    const text = `${JSON.stringify(change(JSON.parse(signed.text)), null, 2)}\n`;

    expect(readReport(text, crypto)).toMatchObject({ ok: false, problem: { code } });
  });
});
