import { crc16Step } from "./crc.ts";

const colon = 0x3a;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/**
 * The frame of Modbus ASCII that says the same as a frame of RTU: a colon, two hexadecimal digits a byte, the LRC in
 * place of the CRC, carriage return and line feed.
 * @see MODBUS over Serial Line v1.02, 2.5.2
 */
export function asciiFrame(rtu: Uint8Array): Uint8Array {
  const told = rtu.subarray(0, -2);
  const digits = [...told, lrc(told)].flatMap((byte) => [digit(byte >> 4), digit(byte & 15)]);
  return Uint8Array.of(colon, ...digits, carriageReturn, lineFeed);
}

/** What makes the sum of all bytes 0 modulo 256. */
function lrc(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}

function digit(value: number): number {
  return value < 10 ? 0x30 + value : 0x37 + value;
}

/**
 * Reads Modbus ASCII as it comes in and gives RTU: each byte as soon as the one behind it shows that it is not the
 * checksum; at the end of a frame a right CRC when its LRC was right, and a wrong one when not.
 */
export class AsciiReader {
  /** the byte that may turn out to be the checksum */
  #held: number | undefined;
  #half: number | undefined;
  #sum = 0;
  #crc = 0xffff;
  #length = 0;
  #within = false;
  #good = true;

  reset(): void {
    this.#begin(false);
  }

  take(characters: Uint8Array): Uint8Array {
    const out: number[] = [];
    // With seven data bits the eighth is no data, whatever the adapter puts there.
    for (const character of characters) this.#read(character & 0x7f, out);
    return Uint8Array.from(out);
  }

  #read(character: number, out: number[]): void {
    if (character === colon) {
      this.#begin(true);
    } else if (!this.#within) {
      // Noise is told as a byte that begins no frame.
      if (character !== lineFeed && character !== carriageReturn) out.push(0);
    } else if (character === lineFeed) {
      this.#end(out);
    } else if (character !== carriageReturn) {
      this.#digit(character, out);
    }
  }

  #begin(within: boolean): void {
    this.#held = undefined;
    this.#half = undefined;
    this.#sum = 0;
    this.#crc = 0xffff;
    this.#length = 0;
    this.#within = within;
    this.#good = true;
  }

  #digit(character: number, out: number[]): void {
    const value = Number.parseInt(String.fromCharCode(character), 16);
    if (Number.isNaN(value)) this.#good = false;
    if (this.#half === undefined) {
      this.#half = value;
      return;
    }
    const byte = ((this.#half << 4) | value) & 0xff;
    this.#half = undefined;
    if (this.#held !== undefined) {
      out.push(this.#held);
      this.#crc = crc16Step(this.#crc, this.#held);
      this.#length += 1;
    }
    this.#held = byte;
    this.#sum = (this.#sum + byte) & 0xff;
  }

  #end(out: number[]): void {
    const isRight = this.#good && this.#half === undefined && this.#sum === 0 && this.#length >= 2;
    const crc = isRight ? this.#crc : this.#crc ^ 0xffff;
    out.push(crc & 0xff, crc >> 8);
    this.#begin(false);
  }
}
