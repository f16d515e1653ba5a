import type { SignedReport } from "#domain/report/signedReport.ts";
import type { Language } from "../words/say.ts";
import { howToCheck, photos, signatures } from "./closing.ts";
import { cover } from "./cover.ts";
import type { Drawing } from "./drawing.ts";
import { type Html, html } from "./html.ts";
import { access, asBuilt, certificates, configuration, drill, uplink } from "./siteParts.ts";
import { style } from "./style.ts";
import { checks, deviations, forced, points, pointsByHand, punchList, scope } from "./testParts.ts";
import { en } from "./words/en.ts";
import { zh } from "./words/zh.ts";

export interface PageChoices extends Pick<Drawing, "squares" | "photos"> {
  readonly language: Language;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const dataOpens = `<script type="application/vnd.lastmile.report+json" id="report">\n`;
const dataCloses = "</script>\n";

/**
 * A signed report as one self-contained page that also carries the report itself. The same report and choices give
 * the same bytes, so that whoever checks a page can draw it again and compare.
 */
export function reportHtml(signed: SignedReport, { language, squares, photos }: PageChoices): string {
  const { report, digest } = signed;
  const words = { en, zh }[language];
  const drawing: Drawing = { report, digest, language, words, squares, photos };
  const parts = partsOf(drawing).filter(([, part]) => part.html !== "");
  const page = html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${report.site.name} · ${words.kind}</title>
<style>${{ html: style }}</style>
</head>
<body>
${cover(drawing)}
${parts.map(([title, part], index) => html`<section><h2><i>${index + 1}</i>${title}</h2>\n${part}</section>\n`)}
${{ html: dataOpens + carried(signed.text) + dataCloses }}</body>
</html>
`;
  return page.html;
}

function partsOf(drawing: Drawing): readonly (readonly [title: string, part: Html])[] {
  const { words, report } = drawing;
  const none = html``;
  const isHeld = report.acceptance.plannedAt !== null;
  return [
    [words.scope, scope(drawing)],
    [words.asBuilt, asBuilt(drawing)],
    [words.certificates, certificates(drawing)],
    [words.pointTable, html`${points(drawing)}${pointsByHand(drawing)}${forced(drawing)}`],
    [words.checks, isHeld ? checks(drawing) : none],
    [words.deviations, deviations(drawing)],
    [words.punch, isHeld ? punchList(drawing) : none],
    [words.uplink, uplink(drawing)],
    [words.drill, drill(drawing)],
    [words.access, access(drawing)],
    [words.configuration, configuration(drawing)],
    [words.photos, report.acceptance.photos.length > 0 ? photos(drawing) : none],
    [words.signatures, isHeld ? signatures(drawing) : none],
    [words.check, howToCheck(drawing)],
  ];
}

/** `<` would end the element that carries it; JSON can say it in another way. */
function carried(json: string): string {
  return json.replaceAll("<", "\\u003c");
}

/** What a page carries; undefined for any other text. */
export function readPage(text: string):
  | {
      readonly json: string;
      readonly language: Language;
      /** base64 */
      readonly photos: readonly string[];
    }
  | undefined {
  const start = text.lastIndexOf(dataOpens);
  const end = text.indexOf(dataCloses, start);
  if (start < 0 || end < 0) return undefined;
  try {
    const report: unknown = JSON.parse(text.slice(start + dataOpens.length, end));
    return {
      json: `${JSON.stringify(report, null, 2)}\n`,
      language: text.includes(`<html lang="zh-CN">`) ? "zh" : "en",
      photos: [...text.matchAll(/ src="data:image\/(?:jpeg|png);base64,([A-Za-z0-9+/=]*)"/g)].map(
        ([, base64 = ""]) => base64,
      ),
    };
  } catch {
    return undefined;
  }
}
