import { type Access, accesses } from "./tag.ts";

const accessWords: Readonly<Record<string, readonly Access[]>> = {
  read: ["read"],
  write: ["write"],
  subscribe: ["subscribe"],
  r: ["read"],
  w: ["write"],
  s: ["subscribe"],
  ro: ["read"],
  wo: ["write"],
  rw: ["read", "write"],
  wr: ["read", "write"],
  rs: ["read", "subscribe"],
  ws: ["write", "subscribe"],
  rws: ["read", "write", "subscribe"],
  only: [],
  readonly: ["read"],
  writeonly: ["write"],
  readwrite: ["read", "write"],
  读: ["read"],
  写: ["write"],
  订阅: ["subscribe"],
  只读: ["read"],
  只写: ["write"],
  读写: ["read", "write"],
  可读: ["read"],
  可写: ["write"],
  可读写: ["read", "write"],
  lesen: ["read"],
  schreiben: ["write"],
};

/** `Read Write`, `read,write`, `R/W`, `RO`; empty means read. Undefined when a word is not known. */
export function readAccess(text: string): readonly Access[] | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,，、|/+-]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return ["read"];
  const found = words.map((word) => (Object.hasOwn(accessWords, word) ? accessWords[word] : undefined));
  if (found.includes(undefined)) return undefined;
  return accesses.filter((access) => found.some((some) => some?.includes(access)));
}
