import { roles } from "#domain/acceptance/act.ts";
import { toBase64 } from "#domain/bundle/base64.ts";
import { type Drawing, groupedDigest, timeText } from "./drawing.ts";
import { type Html, html } from "./html.ts";
import { signedGrade } from "./signedGrade.ts";

/** The photos, numbered as the tables name them. */
export function photos({ report, words, photos: bytes }: Drawing): Html {
  const shown = report.acceptance.photos.map(({ sha256, type }, index) => {
    const photo = bytes.get(sha256);
    const name = `${index + 1} · ${sha256.slice(0, 16)}`;
    return html`<figure>${
      photo !== undefined && html`<img alt="${name}" src="data:image/${type};base64,${toBase64(photo)}">`
    }<figcaption class="dim"><code>${name}</code>${photo === undefined && html` ${words.photoLeftOut}`}</figcaption></figure>\n`;
  });
  return html`<div class="photos">${shown}</div>`;
}

/** Who stands for it: the two of the test, and those from before it was opened again. */
export function signatures(drawing: Drawing): Html {
  const { report, words } = drawing;
  const { signatures, voided } = report.acceptance;
  const places = roles.map((role) => {
    const one = signatures.find((signature) => signature.role === role);
    if (one === undefined)
      return html`<div><p class="dim">${words.roles[role]}</p><p>${words.notSigned}</p></div>`;
    const withKey = html`${words.signedWithKey} <code>${one.key}</code>`;
    return html`<div><p class="dim">${words.roles[role]}</p><p><strong>${one.name}</strong> ${one.company}</p>
<p>${words.signedFor(signedGrade(drawing, one.grade))} · ${timeText(drawing, one.at)}</p>
<p class="dim">${one.key === "" ? words.signedByName : withKey}</p></div>`;
  });
  return html`<div class="signs">${places}</div>${
    voided.length > 0 &&
    html`<h3>${words.voided}</h3><ul>${voided.map(
      ({ name, role, at, voidedAt, reason }) =>
        html`<li><span class="void">${words.roles[role]} ${name}, ${timeText(drawing, at)}</span> – ${timeText(drawing, voidedAt)} ${words.voidedBecause(reason)}</li>`,
    )}</ul>`
  }`;
}

export function howToCheck({ report, words }: Drawing): Html {
  const { lines, head } = report.evidence;
  return html`<ul>${words.checkSteps.map((step) => html`<li>${step}</li>`)}</ul>
<p class="dim">${words.evidenceLines(lines)} <code>${groupedDigest(head)}</code></p>`;
}
