import { describe, expect, test } from "vitest";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { qrCodes } from "#adapters/report/qrCodes.ts";
import { readPage, reportHtml } from "#contract/report/reportHtml.ts";
import type { EvidenceLine } from "#domain/acceptance/foldAcceptance.ts";
import { makeReport } from "#domain/report/makeReport.ts";
import { signReport } from "#domain/report/signedReport.ts";
import { smallChecklist } from "#test/domain/acceptance/lists.ts";
import { pumpSite } from "#test/domain/site/pumpSite.ts";

const crypto = nodeCrypto();
const key = crypto.makeSigningKey();
const making = { madeAt: Date.UTC(2026, 10, 23, 22, 5), utcOffsetMinutes: 480, program: "p", head: "" };
const evil = `</script><img src="data:image/png;base64,AAAA" onerror=x> & 'q'`;
const photo = Uint8Array.from([1, 2, 3]);
const sha256 = crypto.sha256(photo);
const line = (kind: string, body: object): EvidenceLine => ({
  at: 1,
  kind,
  body: body as EvidenceLine["body"],
});

function signed() {
  const lines = [
    line("acceptance.planned", { checklists: [smallChecklist] }),
    line("acceptance.photo", { sha256, type: "jpeg", bytes: 3 }),
    line("acceptance.recorded", {
      act: "check",
      item: "small/power/cut",
      result: "nok",
      note: evil,
      photos: [sha256],
      by: "Li",
    }),
  ];
  const site = { ...pumpSite, name: `Pump ${evil}` };
  const signer = {
    publicKey: key.publicKey,
    sign: (bytes: Uint8Array) => crypto.sign(key.privateKey, bytes),
  };
  return signReport(makeReport(site, lines, making), [signer], crypto);
}

const squares = qrCodes.squares(signed().digest);
const page = (language: "en" | "zh", photos = new Map([[sha256, photo]])) =>
  reportHtml(signed(), { language, squares, photos });

describe("the page of a report", () => {
  test("is self-contained: it fetches nothing and runs nothing", () => {
    const text = page("en");

    const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    expect(text).toContain(`content="${policy.replaceAll("'", "&#39;")}"`);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain(`<script type="application/vnd.lastmile.report+json"`);
    expect(text.match(/(src|href)="(?!data:image)/g)).toBeNull();
    expect(text).not.toMatch(/url\(|@import|https?:\/\/(?!10\.|127\.|g)/);
  });

  test("takes what people typed as words, never as markup", () => {
    const text = page("en");

    expect(text).not.toContain('<img src="data:image/png;base64,AAAA"');
    expect(text).toContain("&lt;/script&gt;&lt;img src=&quot;data:image/png");
    expect(readPage(text)?.photos).toEqual([Buffer.from(photo).toString("base64")]);
  });

  test("carries the signed report and gives it back byte for byte", () => {
    for (const language of ["en", "zh"] as const)
      expect(readPage(page(language))).toMatchObject({ json: signed().text, language });
    expect(readPage("<!doctype html><p>hello")).toBeUndefined();
  });

  test("shows the verdict, the local time and a photo that is not there by its hash alone", () => {
    const text = page("en", new Map());

    expect(text).toContain("Not accepted");
    expect(text).toContain("2026-11-24 06:05 UTC+8");
    expect(text).toContain(sha256.slice(0, 16));
    expect(text).toContain("not shown here");
    expect(page("zh")).toContain("未通过验收");
  });

  test("has no word of one language in the other, but for names", () => {
    const words = page("en")
      .replace(/<script[\s\S]*<\/script>/, "")
      .replace(/<style>[\s\S]*<\/style>/, "");

    expect(words).not.toMatch(/\p{Script=Han}/u);
  });
});
