/** Exif's Orientation, 1–8: how the picture is to be turned to stand upright. 1 is upright already. */
type Orientation = number;

const orientationTag = 0x0112;
const shortType = 3;

/**
 * Reads the orientation out of a TIFF block, as Exif has it; 1 where it says none, or nothing sensible.
 *
 * @see CIPA DC-008 (Exif 2.32), 4.6.2 and 4.6.4
 */
export function readOrientation(tiff: Uint8Array): Orientation {
  const little = tiff[0] === 0x49 && tiff[1] === 0x49;
  if (!little && !(tiff[0] === 0x4d && tiff[1] === 0x4d)) return 1;
  const byte = (at: number) => tiff[at] ?? 0;
  const u16 = (at: number) => (little ? byte(at) | (byte(at + 1) << 8) : (byte(at) << 8) | byte(at + 1));
  const u32 = (at: number) => (little ? u16(at) + u16(at + 2) * 0x10000 : u16(at) * 0x10000 + u16(at + 2));
  if (u16(2) !== 42) return 1;
  const directory = u32(4);
  if (directory + 2 > tiff.length) return 1;
  const entries = u16(directory);
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.length) return 1;
    if (u16(at) !== orientationTag || u16(at + 2) !== shortType) continue;
    const found = u16(at + 8);
    return found >= 1 && found <= 8 ? found : 1;
  }
  return 1;
}

/** The smallest TIFF block that says an orientation and nothing else: 26 bytes, big-endian. */
export function orientationBlock(orientation: Orientation): Uint8Array {
  return new Uint8Array([
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1],
    ...[0x01, 0x12, 0, shortType, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}
