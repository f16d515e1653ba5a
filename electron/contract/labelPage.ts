import { html } from "./report/html.ts";
import { qr } from "./report/qr.ts";

/** What stands on the label of one gateway. */
export interface Label {
  readonly site: string;
  readonly path: readonly string[];
  readonly serial: string;
  readonly clientId: string;
  /** the bundle's file */
  readonly bundle: string;
  /** of the bundle's manifest, hex */
  readonly digest: string;
  /** a QR code of the digest, rows from the top */
  readonly squares: readonly (readonly boolean[])[];
}

/**
 * A page of labels to be printed on A4, eight a sheet, in English and Chinese at once: whoever reads one in a cabinet
 * cannot choose. The digest is for comparing with the bundle, by eye or by camera.
 */
export function labelPage(labels: readonly Label[]): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Labels · 标签</title>
<style>${{ html: style }}</style>
</head>
<body>
${labels.map(
  (label) => html`<section><div><h1>${label.site}</h1><p>${label.path.join(" / ")}</p><dl>
<dt>Gateway 网关</dt><dd>${label.serial === "" ? "–" : label.serial}</dd>
<dt>Client ID 客户端 ID</dt><dd>${label.clientId}</dd>
<dt>Bundle 交接包</dt><dd>${label.bundle}</dd>
</dl><code>${(label.digest.match(/.{4}/g) ?? []).join(" ")}</code></div>${qr(label.squares)}</section>
`,
)}</body>
</html>
`;
  return page.html;
}

const style = `
@page { size: A4; margin: 10mm }
* { box-sizing: border-box; margin: 0 }
body { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; font: 8pt/1.35 "Segoe UI", "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", sans-serif; color: #000; background: #fff }
section { display: flex; gap: 3mm; height: 65mm; padding: 4mm; border: 0.4mm solid #000; border-radius: 2mm; break-inside: avoid; overflow: hidden }
section > div { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 1.5mm; overflow-wrap: anywhere }
h1 { font-size: 13pt; line-height: 1.15 }
dl { display: grid; gap: 0.3mm }
dt { font-size: 7pt; color: #333 }
dd { font-weight: 600; margin-bottom: 0.8mm }
code { margin-top: auto; font: 6.5pt/1.4 "Noto Sans Mono", Consolas, monospace }
svg { width: 26mm; height: 26mm; flex: none }
`;
