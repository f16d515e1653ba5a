/**
 * Letters of Greek, Cyrillic and other shapes that a person reads as the Latin letter or digit they stand beside.
 *
 * @see Unicode Technical Standard 39, confusables: those of scripts that keyboards on site can type
 */
const drawnAs: Readonly<Record<string, string>> = {
  a: "аα",
  b: "Ьв",
  c: "сϲ",
  d: "ԁ",
  e: "еє",
  g: "ɡ",
  h: "һн",
  i: "іıι",
  j: "ј",
  k: "кκ",
  l: "1|ӏ",
  m: "м",
  n: "пη",
  o: "0оοσ〇",
  p: "рρ",
  q: "ԛ",
  s: "ѕ",
  t: "тτ",
  u: "υս",
  v: "ѵν",
  w: "ԝω",
  x: "хχ",
  y: "уγ",
  z: "ᴢ",
  "-": "‐‑‒–—−ー一",
};

const letters = new Map(
  Object.entries(drawnAs).flatMap(([plain, others]) => [...others].map((other) => [other, plain] as const)),
);

/** Two different names that a person would take for one. */
export function looksAlike(one: string, other: string): boolean {
  return one !== other && drawnName(one) === drawnName(other);
}

/** The name as the eye keeps it: no widths, accents, invisible marks, capitals or double spaces. */
export function drawnName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  // Capital I is drawn as a small l; the others are alike in their small forms.
  return [...plain.replaceAll("I", "l").toLowerCase()]
    .map((letter) => letters.get(letter) ?? letter)
    .join("");
}
