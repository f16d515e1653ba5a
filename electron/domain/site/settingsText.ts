import type { SerialSettings } from "./site.ts";

/** `19200 8E1`, as people write it. */
export function settingsText(settings: SerialSettings): string {
  const parity = { none: "N", even: "E", odd: "O" }[settings.parity];
  return `${settings.baudRate} ${settings.dataBits}${parity}${settings.stopBits}`;
}
