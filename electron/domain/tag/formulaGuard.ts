/**
 * A spreadsheet runs a text that begins like a formula; an apostrophe before it is the spreadsheet's own sign for "this
 * is text". Texts that already begin with such signs get one more, so that `plain` gives each back as it was.
 */
export function guarded(text: string): string {
  return /^'*[=+\-@]/.test(text) ? `'${text}` : text;
}

/** A cell's text without surrounding space and without the sign that `guarded` puts. */
export function plain(cell: string): string {
  const text = cell.trim();
  return text.charCodeAt(0) !== 39 ? text : text.replace(/^'(?='*[=+\-@])/, "");
}
