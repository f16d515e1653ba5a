/** On a screen a sheet of paper, on paper A4 with room for a punch. No fonts and no pictures from elsewhere. */
export const style = `
@page { size: A4; margin: 16mm 14mm 18mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9px sans-serif; color: #667; } }
* { box-sizing: border-box; margin: 0; }
:root { color-scheme: light; --ink: #14202b; --dim: #55636f; --line: #d5dce2; --ground: #f3f6f8; --accent: #0b6e8a; --ok: #14713d; --warn: #8a5300; --bad: #b3261e; }
body { font: 10.5px/1.5 system-ui, "Segoe UI", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", sans-serif; color: var(--ink); font-variant-numeric: tabular-nums; max-width: 190mm; margin: 0 auto; background: #fff; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 15px; font-weight: 650; margin: 26px 0 8px; padding-bottom: 4px; border-bottom: 1.5px solid var(--ink); break-after: avoid; }
h2 i { font-style: normal; color: var(--accent); margin-right: 8px; }
h3 { font-size: 11.5px; font-weight: 650; margin: 14px 0 4px; break-after: avoid; }
p { margin: 4px 0; max-width: 150mm; }
ul, ol { padding-left: 16px; margin: 4px 0; }
li { margin: 2px 0; }
.dim, .old td, dt { color: var(--dim); }
code, .code { font-family: ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono", monospace; font-size: 9px; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 6px 0; font-size: 9.5px; line-height: 1.4; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; font-weight: 600; color: var(--dim); padding: 3px 6px 3px 0; border-bottom: 1px solid var(--line); vertical-align: bottom; }
td { padding: 3px 6px 3px 0; border-bottom: .5px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td.number .dim { white-space: normal; } th.number, td.number { text-align: right; white-space: nowrap; padding-right: 12px; }
th.narrow, td.narrow { white-space: nowrap; width: 1%; }
th.wide { width: 40%; } th.fifth { width: 20%; } th.eighth { width: 13%; } th.tenth { width: 10%; }
tr.bad td { background: #fdf3f2; }
.state { white-space: nowrap; font-weight: 600; }
.state b { display: inline-block; min-width: 1.1em; text-align: center; }
.ok { color: var(--ok); } .bad > .state, .state.bad { color: var(--bad); } .warn { color: var(--warn); } .none { color: var(--dim); }
dl { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 24px; }
dl > div { display: grid; grid-template-columns: 33% minmax(0, 1fr); gap: 10px; padding: 3px 0; border-bottom: .5px solid var(--line); }
dd { overflow-wrap: anywhere; }
.cover { min-height: 245mm; display: flex; flex-direction: column; break-after: page; }
.brand { display: flex; justify-content: space-between; color: var(--dim); font-size: 11px; padding-bottom: 10px; border-bottom: 1.5px solid var(--ink); }
.brand b { color: var(--ink); letter-spacing: .02em; }
.kind { margin-top: 26mm; color: var(--accent); font-size: 15px; font-weight: 600; }
.path { color: var(--dim); font-size: 13px; margin-top: 4px; }
.verdict { margin: 12mm 0 6mm; padding: 14px 18px; border-left: 6px solid; background: var(--ground); }
.verdict.bad { color: var(--bad); }
.verdict strong { display: block; font-size: 21px; line-height: 1.3; }
.verdict p, .verdict li { color: var(--ink); font-size: 11.5px; }
.training { margin-top: 6mm; color: var(--warn); font-weight: 600; }
.foot { margin-top: auto; padding-top: 10mm; display: grid; grid-template-columns: 36mm 1fr; gap: 8mm; align-items: end; }
.foot svg { width: 36mm; height: 36mm; display: block; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 14px; margin: 6mm 0; }
.figures div b { display: block; font-size: 22px; font-weight: 650; line-height: 1.25; }
.figures div { color: var(--dim); border-top: 1px solid var(--line); padding-top: 6px; }
.figures div b { color: var(--ink); }
.names { columns: 3; font-size: 9px; padding-left: 0; list-style: none; }
.photos { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10px; }
.photos figure { break-inside: avoid; }
.photos img { width: 100%; max-height: 60mm; object-fit: contain; background: var(--ground); display: block; }
.signs { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
.signs > div { break-inside: avoid; border-top: 1px solid var(--ink); padding-top: 6px; margin-top: 14mm; }
.signs strong { font-size: 12px; }
.void { text-decoration: line-through; }
@media screen { body { padding: 14mm 16mm; } }
`;
