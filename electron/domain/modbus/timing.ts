import type { SerialSettings } from "../site/site.ts";

/** Bits of one character on the line: start, data, parity and stop bits. */
export function charBits(settings: SerialSettings): number {
  return 1 + settings.dataBits + (settings.parity === "none" ? 0 : 1) + settings.stopBits;
}

export function charMs(settings: SerialSettings): number {
  return (charBits(settings) * 1000) / settings.baudRate;
}

/**
 * Time on the line of a frame of so many bytes, CRC included. ASCII spells each byte in two characters, begins with a
 * colon and ends with a carriage return and a line feed, and its checksum is one byte.
 */
export function frameMs(settings: SerialSettings, bytes: number): number {
  return (settings.mode === "ascii" ? 2 * bytes + 1 : bytes) * charMs(settings);
}

/**
 * The silence that separates frames: 3.5 characters, and a fixed 1.75 ms above 19200 baud.
 * @see MODBUS over Serial Line v1.02, 2.5.1.1
 */
export function silentIntervalMs(settings: SerialSettings): number {
  return settings.baudRate > 19_200 ? 1.75 : 3.5 * charMs(settings);
}

/** One exchange from the first bit of the request to the end of the silence after the reply, in ms. */
export function exchangeMs(
  settings: SerialSettings,
  requestBytes: number,
  replyBytes: number,
  turnaroundMs: number,
): number {
  return (
    frameMs(settings, requestBytes) +
    frameMs(settings, replyBytes) +
    2 * silentIntervalMs(settings) +
    turnaroundMs
  );
}
