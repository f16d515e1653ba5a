import { type Drawing, groupedDigest, timeText, zoneText } from "./drawing.ts";
import { facts, type Html, html } from "./html.ts";
import { qr } from "./qr.ts";

/** Verdict and grade, who, where, when, and the digest to be read out or scanned. */
export function cover(drawing: Drawing): Html {
  const { report, words, digest } = drawing;
  const { site, standing, gateway, acceptance } = report;
  const isHeld = standing.grade !== "notHeld";
  const open = acceptance.defects.filter(({ closed }) => closed === null).length;
  const figure = (figure: string, says: string) => html`<div><b>${figure}</b>${says}</div>`;
  return html`<section class="cover">
<header class="brand"><b>Lastmile</b><span>${timeText(drawing, report.madeAt)} ${zoneText(drawing)}</span></header>
<p class="kind">${isHeld ? words.kind : words.proofKind}</p>
<h1>${site.name}</h1>
<p class="path">${site.path.join(" › ")}</p>
${site.training && html`<p class="training">${words.training}</p>`}
${verdict(drawing)}
<div class="figures">
${figure(`${Math.floor(standing.coverage * 100)} %`, words.coverage)}
${figure(words.of(standing.tags.proved, standing.tags.total), words.pointsProved)}
${isHeld && figure(words.of(standing.items.ok + standing.items.na, standing.items.total), words.itemsOk)}
${isHeld && figure(String(open), words.punchOpen)}
</div>
${facts([
  [words.engineer, site.engineer],
  [words.madeAt, `${timeText(drawing, report.madeAt)} ${zoneText(drawing)}`],
  [words.gateway, gateway === null ? "" : [gateway.url, gateway.version].filter(Boolean).join(" · ")],
  [words.program, report.program],
])}
<div class="foot">${qr(drawing.squares)}<div><p class="dim">${words.digest}</p><p><code>${groupedDigest(digest)}</code></p><p class="dim">${words.digestSays}</p></div></div>
</section>
`;
}

function verdict({ report, words }: Drawing): Html {
  const { grade, good, reasons } = report.standing;
  const kind = grade === "conditional" ? "warn" : good ? "ok" : "bad";
  const sign = { ok: "✓", warn: "!", bad: "✕" }[kind];
  const word = gradeText({ report, words });
  const shown = grade === "accepted" ? [] : reasons;
  return html`<div class="verdict ${kind}"><strong>${sign} ${word}</strong><p>${words.gradeSays[grade]}</p>
${shown.length > 0 && html`<ul>${shown.map(({ reason, count }) => html`<li>${words.reasons[reason](count)}</li>`)}</ul>`}</div>`;
}

/** The grade in words. */
export function gradeText({ report, words }: Pick<Drawing, "report" | "words">): string {
  const { grade, good } = report.standing;
  return grade === "notHeld" ? words.grades.notHeld[good ? "good" : "bad"] : words.grades[grade];
}
