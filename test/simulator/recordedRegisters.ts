import type { Bank } from "#simulator/bank.ts";

const holdingRegisters = 1000;

function registerImage(): Uint16Array {
  const bytes = new Uint8Array(holdingRegisters * 2);
  const view = new DataView(bytes.buffer);
  const at = (number: number) => (number - 1) * 2;
  const text = (number: number, value: string) => bytes.set(new TextEncoder().encode(value), at(number));
  view.setUint16(at(1), 0x1234);
  view.setUint16(at(2), 0xfffe);
  view.setUint32(at(3), 0x12345678);
  view.setFloat32(at(5), 123.456);
  view.setBigUint64(at(7), 0x0102030405060708n);
  view.setFloat64(at(11), Math.PI);
  view.setUint16(at(15), 0x8005);
  // The same float with its words exchanged, its bytes reversed, and its bytes exchanged: 42F6 E979.
  view.setUint32(at(17), 0xe97942f6);
  view.setUint32(at(19), 0x79e9f642);
  view.setUint32(at(31), 0xf64279e9);
  text(21, "HELLOWORLD");
  text(26, "EHLLWORODL");
  view.setUint32(at(33), 0xffffffff);
  view.setInt32(at(35), -123456);
  view.setBigUint64(at(37), 0xffffffffffffffffn);
  view.setUint32(at(42), 0xdeadbeef);
  view.setUint32(at(45), 0xfffe8081);
  view.setFloat32(at(47), Number.NaN);
  view.setFloat32(at(49), Number.POSITIVE_INFINITY);
  view.setFloat64(at(61), Math.PI, true);
  // π with its four registers in reverse.
  [0x2d18, 0x5444, 0x21fb, 0x4009].forEach((word, i) => void view.setUint16(at(65 + i), word));
  return Uint16Array.from({ length: holdingRegisters }, (_, i) => view.getUint16(i * 2));
}

/** The registers of the unit that stood behind the gateway when its exchanges were recorded; 400041 counts up. */
export function recordedBank(): Bank {
  const holding = registerImage();
  const coils = new Uint8Array(200);
  coils.set([1, 0, 1]);
  const discretes = Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 0);
  const input = Uint16Array.of(777, 0xc222, 0, 0);
  const areas = { holding, input, coil: coils, discrete: discretes };
  const startedMs = performance.now();
  return {
    read(area, offset, count) {
      holding[40] = Math.floor((performance.now() - startedMs) / 500);
      const words = areas[area];
      return offset + count > words.length ? undefined : [...words.slice(offset, offset + count)];
    },
    write(area, offset, values) {
      const words = areas[area];
      if ((area !== "holding" && area !== "coil") || offset + values.length > words.length) return false;
      words.set(values, offset);
      return true;
    },
  };
}
