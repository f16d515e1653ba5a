import { type Phrase, phrase } from "../phrase.ts";
import { exceptionNames, exceptionOf } from "./exceptions.ts";
import {
  areaOfRead,
  encapsulated,
  readDeviceIdentification,
  reportServerId,
  writeCoil,
  writeCoils,
  writeRegister,
  writeRegisters,
} from "./functions.ts";
import { identityOf } from "./identity.ts";

/**
 * What a frame says, for the wire drawer.
 * @param direction a frame we heard may be either side of somebody's exchange: then its length decides
 */
export function describeFrame(
  unit: number,
  pdu: Uint8Array,
  direction: "sent" | "received" | "heard",
): Phrase {
  const exception = exceptionOf(pdu);
  if (exception !== undefined) {
    return phrase("wire.exception", { exception, name: exceptionNames[exception] ?? "unknown" });
  }
  const code = pdu[0] ?? 0;
  const word = (index: number) => ((pdu[index] ?? 0) << 8) | (pdu[index + 1] ?? 0);
  const isReply = direction === "received" || (direction === "heard" && looksLikeReply(pdu));
  const area = areaOfRead(code);
  if (area && !isReply) {
    return phrase("wire.read", { area, from: word(1), to: word(1) + word(3) - 1 });
  }
  if (area) {
    const bytes = pdu[1] ?? 0;
    return code <= 2
      ? phrase("wire.bits", { count: bytes * 8 })
      : phrase("wire.registers", { count: bytes / 2 });
  }
  if (code === writeCoil || code === writeRegister) {
    const what = code === writeCoil ? "coil" : "holding";
    return phrase(isReply ? "wire.written" : "wire.write", { area: what, from: word(1), to: word(1) });
  }
  if (code === writeCoils || code === writeRegisters) {
    const what = code === writeCoils ? "coil" : "holding";
    return phrase(isReply ? "wire.written" : "wire.write", {
      area: what,
      from: word(1),
      to: word(1) + word(3) - 1,
    });
  }
  if (code === reportServerId || (code === encapsulated && pdu[1] === readDeviceIdentification)) {
    const answers = direction === "received" || pdu.length > (code === reportServerId ? 1 : 4);
    return answers
      ? phrase("wire.identity", { identity: identityOf(pdu) })
      : phrase("wire.identify", { unit });
  }
  return phrase("wire.other", { function: code, bytes: pdu.length });
}

/**
 * A read request is five bytes. A reply with 17 to 24 bits is too: what could be either is taken for that, for few
 * masters ask for bits at 768 to 1023.
 */
function looksLikeReply(pdu: Uint8Array): boolean {
  const code = pdu[0] ?? 0;
  if (areaOfRead(code)) return pdu.length !== 5 || (pdu[1] === 3 && code <= 2);
  return (code === writeCoils || code === writeRegisters) && pdu.length === 5;
}
