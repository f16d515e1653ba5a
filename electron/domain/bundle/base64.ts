const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** The value of each letter by its code; 64 and more for what is none. */
const values = new Uint8Array(256).fill(64);
for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = value;

/** Standard base64 with padding. @see RFC 4648, 4 */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    parts.push(
      digits.charAt(three >> 18) + digits.charAt((three >> 12) & 63),
      left > 1 ? digits.charAt((three >> 6) & 63) : "=",
      left > 2 ? digits.charAt(three & 63) : "=",
    );
  }
  return parts.join("");
}

/** The bytes of canonical base64; undefined for anything else, such as line breaks or stray bits at the end. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let from = 0; from < text.length; from += 4) {
    let three = 0;
    for (let place = from; place < from + 4; place++) {
      const value = place >= text.length - padding ? 0 : (values[text.charCodeAt(place)] ?? 64);
      if (value === 64) return undefined;
      three = (three << 6) | value;
    }
    for (const shift of [16, 8, 0]) {
      const byte = (three >> shift) & 0xff;
      if (at < bytes.length) bytes[at++] = byte;
      else if (byte !== 0) return undefined;
    }
  }
  return bytes;
}
