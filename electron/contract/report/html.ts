/** Markup that is complete; made by `html`, so that what people typed can never become a part of the page. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | null | undefined | false;

/** Fills a template: texts are escaped, markup is taken as it is, nothing is left out. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, index) => text + markup(parts[index])).join("") };
}

function markup(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "object") return "html" in part ? part.html : part.map((one) => one.html).join("");
  return escaped(String(part));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? "");
}

export interface Column {
  readonly title: string;
  /** number: right-aligned; narrow: no wider than it must be; wide, fifth, eighth, tenth: its share */
  readonly as?: "number" | "narrow" | "wide" | "fifth" | "eighth" | "tenth" | "number tenth";
}

/** A row: its cells, and a class that dims or marks it. */
export interface Row {
  readonly cells: readonly (string | number | Html)[];
  readonly as?: "old" | "bad";
}

/** A table whose head is repeated on every printed page; nothing where it has no rows. */
export function table(columns: readonly Column[], rows: readonly Row[]): Html {
  if (rows.length === 0) return html``;
  const head = columns.map(({ title, as }) => html`<th class="${as ?? ""}">${title}</th>`);
  const body = rows.map(({ cells, as }) => {
    const shown = cells.map((cell, index) => html`<td class="${columns[index]?.as ?? ""}">${cell}</td>`);
    return html`<tr class="${as ?? ""}">${shown}</tr>\n`;
  });
  return html`<table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table>\n`;
}

/** Names and values beside each other; those without a value are left out. */
export function facts(pairs: readonly (readonly [name: string, value: string | Html])[]): Html {
  const shown = pairs.filter(([, value]) => value !== "");
  return html`<dl>${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>\n`;
}

/** A word with its sign: colour alone never says a state. */
export function state(kind: "ok" | "bad" | "warn" | "none", word: string): Html {
  const signs = { ok: "✓", bad: "✕", warn: "!", none: "–" } as const;
  return html`<span class="state ${kind}"><b>${signs[kind]}</b> ${word}</span>`;
}
