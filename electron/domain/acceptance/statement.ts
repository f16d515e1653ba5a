import { preAuthEncoding } from "../bundle/dsse.ts";
import { utf8Bytes } from "../utf8.ts";
import type { Signature } from "./acceptance.ts";

/** What a tester or a witness says by signing: this site, this grade, on this evidence. */
export type Statement = Omit<Signature, "key" | "signature"> & { readonly site: string };

const statementType = "application/vnd.lastmile.acceptance+json";

/** The bytes that are signed, as DSSE wraps them. */
export function statementBytes(statement: Statement): Uint8Array {
  const { site, role, name, company, at, grade, lines, head } = statement;
  const payload = JSON.stringify({ site, role, name, company, at, grade, lines, head });
  return preAuthEncoding(statementType, utf8Bytes(payload));
}
