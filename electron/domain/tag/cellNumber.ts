/**
 * A number as a cell shows it: `0.1`, `0,1`, `1.234,5`, `1,234.5`, `×0.1`, `1/10`, `10^-2`. NaN for anything else and
 * for what two countries read differently (`1,000` is a thousand here and one there).
 *
 * `Number` alone would take `0x10` and `Infinity` too.
 *
 * @param decimalComma the table's other numbers have decimal commas, or its delimiter leaves the comma free
 */
export function readCellNumber(text: string, decimalComma: boolean): number {
  const word = text
    .trim()
    .replace(/[\s\u00a0\u202f'’](?=\d{3}(?!\d))/g, "")
    .replace(/^[−–]/, "-");
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(word)) return Number(word);
  const commas = (word.match(/,/g) ?? []).length;
  const points = (word.match(/\./g) ?? []).length;
  if (!/^[+-]?\d[\d.,]*(?:e[+-]?\d+)?$/i.test(word) || commas === 0) return Number.NaN;
  if (points === 0 && commas === 1) {
    const [whole = "", rest = ""] = word.replace(/^[+-]/, "").split(",");
    const mayBeThousands = /^\d{3}$/.test(rest) && /^[1-9]\d{0,2}$/.test(whole);
    if (mayBeThousands && !decimalComma) return Number.NaN;
    return Number(word.replace(",", "."));
  }
  if (points > 0 && word.lastIndexOf(",") > word.lastIndexOf(".")) {
    return /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(word)
      ? Number(word.replace(/\./g, "").replace(",", "."))
      : Number.NaN;
  }
  return /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(word) ? Number(word.replace(/,/g, "")) : Number.NaN;
}

/** A factor, which manuals also write as `×0.1`, `1/10`, `/10`, `÷10` or `10^-1`. */
export function readCellFactor(text: string, decimalComma: boolean): number {
  const word = text
    .trim()
    .replace(/^[x×*]\s*(?=[\d.,])/i, "")
    .replace(/^1?\s*[/÷]\s*(?=\d)/, "/");
  const power = /^10\s*(?:\^|\*\*)\s*\(?\s*([+-]?\d{1,2})\)?$/.exec(word);
  // Parsed and not computed: Math.pow(10, -5) is 0.000009999999999999999.
  if (power) return Number(`1e${power[1]}`);
  if (word.startsWith("/")) return inverse(readCellNumber(word.slice(1), decimalComma));
  return readCellNumber(word, decimalComma);
}

/** 1 / value; for 10, 100, … the decimal that people mean. */
export function inverse(value: number): number {
  return value === 0 ? Number.NaN : Number((1 / value).toPrecision(15));
}
