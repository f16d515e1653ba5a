import { SerialPort } from "serialport";
import type { PortInfo } from "#capabilities/line.ts";
import { linuxPorts } from "./linuxPorts.ts";
import { portPath } from "./portPath.ts";

/** The serial ports of this machine, USB ones first, with what the adapter says of itself. */
export async function listPorts(): Promise<readonly PortInfo[]> {
  // The library's own list runs udevadm on Linux and brings the process down where that is missing.
  return inOrder(process.platform === "linux" ? await linuxPorts() : describePorts(await SerialPort.list()));
}

/** A port as the library lists it on Windows and macOS. */
interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  /** Windows: the device manager's name, such as `USB-SERIAL CH340 (COM5)` */
  readonly friendlyName?: string | undefined;
}

export function describePorts(
  found: readonly ListedPort[],
  platform: NodeJS.Platform = process.platform,
): readonly PortInfo[] {
  return found.map((port) => {
    const path = portPath(port.path, platform);
    const product = port.friendlyName?.replace(/\s*\(COM\d+\)$/i, "") ?? "";
    const maker = port.manufacturer ?? "";
    return {
      path,
      label: path.replace(/^\/dev\/(cu\.)?/, ""),
      manufacturer: product.startsWith(maker) ? product : `${maker} ${product}`.trim(),
      serialNumber: port.serialNumber ?? "",
      usbId: port.vendorId && port.productId ? `${port.vendorId}:${port.productId}`.toLowerCase() : "",
      simulated: false,
    };
  });
}

export function inOrder(ports: readonly PortInfo[]): readonly PortInfo[] {
  return ports.toSorted(
    (a, b) =>
      Number(b.usbId !== "") - Number(a.usbId !== "") ||
      a.path.localeCompare(b.path, "en", { numeric: true }),
  );
}
