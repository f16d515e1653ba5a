import { allEntries, type FoundEntry, type HoconBlock, type HoconWord } from "#domain/hocon/hocon.ts";
import { readHocon } from "#domain/hocon/readHocon.ts";
import { isSecretName, sealed } from "../seal.ts";

interface SecretWord {
  readonly path: string;
  readonly word: HoconWord;
}

/** The broker's file with every password in it replaced by a marker; a file that cannot be read is kept out whole. */
export function withoutFileSecrets(file: string): string {
  const read = readHocon(file);
  if (!read.ok) return sealed;
  return replaceWords(
    file,
    secretWords(read.value).map(({ word }) => ({ word, text: sealed })),
  );
}

/**
 * A file that was kept without its passwords, with them again.
 *
 * @param secrets by dotted path, `http_server.password`
 * @returns the first path whose password is not known as `lost`
 */
export function withFileSecrets(
  file: string,
  secrets: ReadonlyMap<string, string>,
): { readonly file: string; readonly lost?: string } {
  const read = readHocon(file);
  const marked = read.ok ? secretWords(read.value).filter(({ word }) => word.text === sealed) : [];
  const lost = read.ok ? marked.find(({ path }) => !secrets.has(path))?.path : "";
  if (lost !== undefined) return { file, lost };
  return {
    file: replaceWords(
      file,
      marked.map(({ path, word }) => ({ word, text: secrets.get(path) ?? "" })),
    ),
  };
}

/** Every password of a file by its path. */
export function fileSecrets(file: string): ReadonlyMap<string, string> {
  const read = readHocon(file);
  return new Map(read.ok ? secretWords(read.value).map(({ path, word }) => [path, word.text]) : []);
}

function secretWords(block: HoconBlock): readonly SecretWord[] {
  return allEntries(block).flatMap(({ path, entry }: FoundEntry) => {
    const isSecret = path.some(isSecretName) && path.at(-1) !== "include";
    return isSecret && entry.value.kind === "word" && entry.value.text !== ""
      ? [{ path: path.join("."), word: entry.value }]
      : [];
  });
}

function replaceWords(
  text: string,
  words: readonly { readonly word: HoconWord; readonly text: string }[],
): string {
  return words
    .toSorted((one, other) => other.word.start - one.word.start)
    .reduce((now, { word, text: next }) => {
      // Byte for byte what it was: with its quotes, or without.
      const held = text[word.start] === '"' ? JSON.stringify(next) : next;
      return now.slice(0, word.start) + held + now.slice(word.end);
    }, text);
}
