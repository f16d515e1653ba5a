import type { Fault } from "#domain/fault.ts";
import type { Problem } from "#domain/problem.ts";

/** What the system says of a port that would not open, beside the library's text. */
export interface OpenTrial {
  readonly isWindows: boolean;
  readonly isPlainFile: boolean;
  /** of opening the device once more, as a name such as EACCES; undefined when that went well, and on Windows */
  readonly errno: string | undefined;
  /** who may use the device file, empty when not known */
  readonly group: string;
}

type OpenFailure =
  | Extract<Fault, { code: "line.busy" | "line.noPermission" | "line.portMissing" | "line.driverFailed" }>
  | Extract<Problem, { code: "line.settingsInvalid" }>;

/** @param text the library's: its own words are English everywhere, the system's within it are in any language */
export function openFailure(port: string, text: string, trial: OpenTrial): OpenFailure {
  if (trial.isPlainFile) return { code: "line.portMissing", port };
  if (/baud rate|Invalid (data bits|parity|stop bits)|\(SetCommState\): The parameter/.test(text))
    return { code: "line.settingsInvalid", reason: text };
  // Windows says "Access denied" to whoever comes second; it has no rights of its own on ports.
  if (/Cannot lock port|Access denied/.test(text)) return { code: "line.busy", port };
  return trial.isWindows ? windowsFailure(port, text) : unixFailure(port, text, trial);
}

function windowsFailure(port: string, text: string): OpenFailure {
  if (/File not found/.test(text)) return { code: "line.portMissing", port };
  const number = /Unknown error code (\d+)/.exec(text)?.[1];
  // The name is kept for a device that is no longer there: ERROR_NO_SUCH_DEVICE, ERROR_DEVICE_NOT_CONNECTED.
  if (number === "433" || number === "1167") return { code: "line.portMissing", port };
  return { code: "line.driverFailed", port, reason: number === undefined ? text : `error ${number}` };
}

function unixFailure(port: string, text: string, { errno, group }: OpenTrial): OpenFailure {
  switch (errno) {
    case "EACCES":
    case "EPERM":
      return { code: "line.noPermission", port, group };
    case "EBUSY":
      return { code: "line.busy", port };
    case "ENOENT":
    case "ENODEV":
    case "ENXIO":
    case "ENOTDIR":
    case "ELOOP":
      return { code: "line.portMissing", port };
    default:
      return { code: "line.driverFailed", port, reason: errno ?? text };
  }
}
