import type { SerialSettings } from "./site.ts";

/** `19200 8E1`, as people write it, and `19200 7E1 ASCII`. */
export function settingsText(settings: SerialSettings): string {
  const parity = { none: "N", even: "E", odd: "O" }[settings.parity];
  const mode = settings.mode === "ascii" ? " ASCII" : "";
  return `${settings.baudRate} ${settings.dataBits}${parity}${settings.stopBits}${mode}`;
}
