import { identificationLength } from "./frameLengths.ts";
import {
  encapsulated,
  reportServerId,
  writeCoil,
  writeCoils,
  writeRegister,
  writeRegisters,
} from "./functions.ts";

/**
 * Length of the whole RTU reply (unit, PDU, CRC) to a request, as far as the bytes so far tell.
 * @param soFar the reply from its unit byte on
 * @returns undefined while more bytes are needed to know, or when the function has no known length
 */
export function expectedReplyLength(request: Uint8Array, soFar: Uint8Array): number | undefined {
  const code = soFar[1];
  if (code === undefined) return undefined;
  if (code & 0x80) return 5;
  if (code !== request[0]) return undefined;
  switch (code) {
    case 1:
    case 2:
    case 3:
    case 4:
    case reportServerId:
      return soFar[2] === undefined ? undefined : soFar[2] + 5;
    case writeCoil:
    case writeRegister:
    case writeCoils:
    case writeRegisters:
      return 8;
    case encapsulated:
      return identificationLength(soFar);
    default:
      return undefined;
  }
}
