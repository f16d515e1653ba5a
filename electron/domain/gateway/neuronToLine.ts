import { lineSchema } from "#domain/site/schema.ts";
import type { Line, SerialLine, SerialSettings } from "#domain/site/site.ts";
import { baudCodes, shortestTimeoutMs } from "./neuronSettings.ts";

type Params = Readonly<Record<string, unknown>>;

const baudOfCode = new Map([...baudCodes].map(([rate, code]) => [code, rate]));
const parities = ["none", "odd", "even"] as const;
const usualSettings: SerialSettings = { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 };

/**
 * A Modbus node as a line. What a gateway does not know of a line, such as the laptop's port, is that of the site's
 * line of this name.
 *
 * @returns undefined for a node that no line can stand for: one that waits for devices to call, mark parity, 5 bits
 */
export function lineOf(
  node: { readonly name: string; readonly plugin: string },
  params: Params,
  known: Line | undefined,
  freshId: () => string,
): Line | undefined {
  if ((params.connection_mode ?? 0) !== 0) return undefined;
  const base = {
    id: known?.id ?? freshId(),
    name: node.name,
    units: known?.units ?? [],
    timeoutMs: timeoutOf(params, known),
  };
  const line =
    node.plugin === "Modbus TCP"
      ? { ...base, kind: "tcp", host: params.host, port: params.port }
      : serialLine(base, params, known?.kind === "serial" ? known : undefined);
  const read = lineSchema.safeParse(line);
  // A name with blanks at its ends would come back without them.
  return read.success && read.data.name === node.name ? (read.data as Line) : undefined;
}

function timeoutOf(params: Params, known: Line | undefined): number {
  const found = typeof params.timeout === "number" ? params.timeout : shortestTimeoutMs;
  // The site may wait for less than a gateway can.
  if (known && Math.max(shortestTimeoutMs, known.timeoutMs) === found) return known.timeoutMs;
  return Math.min(30_000, Math.max(10, Math.round(found)));
}

function serialLine(base: object, params: Params, known: SerialLine | undefined): object | undefined {
  const port = known?.port ?? "";
  if (params.link === 1) {
    const gatewayPort = `tcp://${params.host}:${params.port}`;
    return { ...base, kind: "serial", port, gatewayPort, settings: known?.settings ?? usualSettings };
  }
  const settings = {
    baudRate: baudOfCode.get(Number(params.baud)),
    parity: parities[Number(params.parity)],
    dataBits: Number(params.data) + 5,
    stopBits: Number(params.stop) + 1,
  };
  return { ...base, kind: "serial", port, gatewayPort: params.device, settings };
}
