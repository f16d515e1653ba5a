import type { Line, SerialSettings } from "#domain/site/site.ts";

/** A line while a person fills its form: everything a serial and a TCP line need, side by side. */
export interface LineDraft {
  readonly name: string;
  readonly kind: Line["kind"];
  readonly serialPort: string;
  readonly gatewayPort: string;
  readonly settings: SerialSettings;
  readonly host: string;
  readonly tcpPort: number;
  readonly timeoutMs: number;
}

export type LineDraftProblem = "nameNeeded" | "portNeeded" | "hostNeeded";

/** What most lines are set to; 9600 8N1 is what most devices leave the factory with. */
export function emptyLine(count: number): LineDraft {
  return {
    name: `line${count + 1}`,
    kind: "serial",
    serialPort: "",
    gatewayPort: "/dev/ttyS0",
    settings: { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 },
    host: "",
    tcpPort: 502,
    timeoutMs: 500,
  };
}

export function draftOf(line: Line): LineDraft {
  const base = { ...emptyLine(0), name: line.name, timeoutMs: line.timeoutMs };
  return line.kind === "serial"
    ? {
        ...base,
        kind: "serial",
        serialPort: line.port,
        gatewayPort: line.gatewayPort,
        settings: line.settings,
      }
    : { ...base, kind: "tcp", host: line.host, tcpPort: line.port };
}

/** By field, what is still missing. */
export function draftProblems(
  draft: LineDraft,
): Readonly<Partial<Record<"name" | "port" | "host", LineDraftProblem>>> {
  return {
    ...(draft.name.trim() === "" && { name: "nameNeeded" as const }),
    ...(draft.kind === "serial" && draft.serialPort.trim() === "" && { port: "portNeeded" as const }),
    ...(draft.kind === "tcp" && draft.host.trim() === "" && { host: "hostNeeded" as const }),
  };
}

/** @param known the line that is edited, whose id and units stay; undefined for a new one */
export function lineOf(draft: LineDraft, known: Line | undefined, others: readonly Line[]): Line {
  const base = {
    id: known?.id ?? freshId(others),
    name: draft.name.trim(),
    units: known?.units ?? [],
    timeoutMs: draft.timeoutMs,
  };
  return draft.kind === "serial"
    ? {
        ...base,
        kind: "serial",
        port: draft.serialPort.trim(),
        gatewayPort: draft.gatewayPort.trim(),
        settings: draft.settings,
      }
    : { ...base, kind: "tcp", host: draft.host.trim(), port: draft.tcpPort };
}

function freshId(lines: readonly Line[]): string {
  for (let count = lines.length + 1; ; count++) {
    const id = `line-${count}`;
    if (!lines.some((line) => line.id === id)) return id;
  }
}
