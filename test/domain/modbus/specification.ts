import { readFileSync } from "node:fs";
import type { Area } from "#domain/tag/address.ts";

interface Exchange {
  readonly section: string;
  readonly area: Area;
  readonly offset: number;
  readonly words: readonly number[];
  readonly request: string;
  readonly reply: string;
}

/** The examples that the protocol's specification prints. */
export const specification = JSON.parse(
  readFileSync(new URL("../../vectors/modbus/specification.json", import.meta.url), "utf8"),
) as {
  readonly reads: readonly (Exchange & { readonly count: number })[];
  readonly writes: readonly Exchange[];
  readonly exception: { readonly request: string; readonly reply: string };
};

/** Bytes from their hexadecimal digits, spaces allowed. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
}

export function hex(some: Uint8Array): string {
  return Buffer.from(some).toString("hex").toUpperCase();
}
