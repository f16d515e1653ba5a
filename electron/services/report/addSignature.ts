import { ProblemError } from "#domain/problem.ts";
import { readReport, signReportAlso } from "#domain/report/signedReport.ts";
import { utf8Text } from "#domain/utf8.ts";
import { technicianOf } from "../trustDesk.ts";
import type { World } from "../world.ts";

/** Adds this computer's technician key to a report's signatures, once those that it has were checked. */
export async function addSignature(
  world: World,
  bytes: Uint8Array,
): Promise<{ readonly text: string; readonly key: string }> {
  const read = readReport(utf8Text(bytes) ?? "", world.crypto);
  if (!read.ok) throw new ProblemError(read.problem);
  const { key } = await technicianOf(world);
  const sign = (signed: Uint8Array) => world.crypto.sign(key.privateKey, signed);
  return { text: signReportAlso(read.value, { publicKey: key.publicKey, sign }), key: key.publicKey };
}
