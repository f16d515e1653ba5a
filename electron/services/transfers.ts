import type { Crypto } from "#capabilities/crypto.ts";
import { ProblemError } from "#domain/problem.ts";

/** Files on their way in (text, in chunks) and out (bytes, in chunks): no message grows with a file. */
export interface Transfers {
  append(id: string, text: string): void;
  has(id: string): boolean;
  /** the whole text of an upload, which is then forgotten */
  take(id: string): string;
  offer(name: string, bytes: Uint8Array): { readonly download: string; readonly name: string };
  read(
    id: string,
    offset: number,
  ): { readonly bytes: Uint8Array; readonly next: number; readonly done: boolean };
}

const mostText = 96 * 1024 * 1024;
const chunkBytes = 256 * 1024;
const keptDownloads = 12;
/** Uploads under way at a time; the oldest of more was left behind by a page that went away. */
const keptUploads = 6;

export function transfers(crypto: Crypto): Transfers {
  const uploads = new Map<string, string[]>();
  const downloads = new Map<string, Uint8Array>();
  return {
    append(id, text) {
      const parts = uploads.get(id) ?? [];
      const size = parts.reduce((sum, part) => sum + part.length, text.length);
      if (size > mostText) {
        uploads.delete(id);
        throw new ProblemError({ code: "input.invalid", reason: `larger than ${mostText} characters` });
      }
      uploads.set(id, [...parts, text]);
      if (uploads.size > keptUploads) uploads.delete(uploads.keys().next().value as string);
    },
    has: (id) => uploads.has(id),
    take(id) {
      const parts = uploads.get(id);
      if (!parts) throw new ProblemError({ code: "input.invalid", reason: `no upload ${id}` });
      uploads.delete(id);
      return parts.join("");
    },
    offer(name, bytes) {
      const download = crypto.randomId();
      downloads.set(download, bytes);
      if (downloads.size > keptDownloads) downloads.delete(downloads.keys().next().value as string);
      return { download, name };
    },
    read(id, offset) {
      const bytes = downloads.get(id);
      if (!bytes) throw new ProblemError({ code: "input.invalid", reason: `no download ${id}` });
      const next = Math.min(bytes.length, offset + chunkBytes);
      return { bytes: bytes.subarray(offset, next), next, done: next >= bytes.length };
    },
  };
}
