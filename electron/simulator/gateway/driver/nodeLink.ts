import type { BytePipe } from "#capabilities/line.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { socketPipe } from "../../socketPipe.ts";
import type { Json } from "../json.ts";
import type { MasterLink } from "./masterLink.ts";
import { openRtuLink } from "./rtuLink.ts";
import { openTcpLink } from "./tcpLink.ts";

const baudRates = [115_200, 57_600, 38_400, 19_200, 9600, 4800, 2400, 1800, 1200, 600, 300, 200, 150];
const parities = ["none", "odd", "even"] as const;

/** The link that a driver node's parameters describe: Modbus TCP, RTU on a serial port, or RTU over TCP. */
export function openNodeLink(
  plugin: string,
  params: Readonly<Record<string, Json>>,
  openPort: (device: string, settings: SerialSettings) => Promise<BytePipe | undefined>,
): MasterLink {
  const timeoutMs = Number(params.timeout ?? 3000);
  const host = String(params.host ?? "");
  const port = Number(params.port ?? 502);
  if (plugin === "Modbus TCP") return openTcpLink(host, port, timeoutMs);
  if (plugin === "Modbus RTU" && params.link === 1)
    return openRtuLink(() => socketPipe(host, port), timeoutMs);
  if (plugin === "Modbus RTU") {
    return openRtuLink(() => openPort(String(params.device ?? ""), serialSettings(params)), timeoutMs);
  }
  return openRtuLink(() => Promise.resolve(undefined), timeoutMs);
}

/** The gateway's enumerations: baud 0 is 115200 … 4 is 9600, parity 0 none 1 odd 2 even, stop 0 is one bit. */
function serialSettings(params: Readonly<Record<string, Json>>): SerialSettings {
  return {
    baudRate: baudRates[Number(params.baud ?? 4)] ?? 9600,
    parity: parities[Number(params.parity ?? 0)] ?? "none",
    dataBits: Number(params.data ?? 3) === 2 ? 7 : 8,
    stopBits: Number(params.stop ?? 0) === 1 ? 2 : 1,
  };
}
