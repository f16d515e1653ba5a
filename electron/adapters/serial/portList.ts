import { SerialPort } from "serialport";
import type { PortInfo } from "#capabilities/line.ts";
import { linuxPorts } from "./linuxPorts.ts";

/** The serial ports of this machine, USB ones first, with what the adapter says of itself. */
export async function listPorts(): Promise<readonly PortInfo[]> {
  // The library's own list runs udevadm on Linux and brings the process down where that is missing.
  const ports = process.platform === "linux" ? await linuxPorts() : await libraryPorts();
  return ports.toSorted(
    (a, b) =>
      Number(b.usbId !== "") - Number(a.usbId !== "") ||
      a.path.localeCompare(b.path, "en", { numeric: true }),
  );
}

async function libraryPorts(): Promise<readonly PortInfo[]> {
  const found = await SerialPort.list();
  return found.map((port) => ({
    path: port.path,
    label: port.path.replace(/^\/dev\/(tty\.|cu\.)?/, ""),
    manufacturer: port.manufacturer ?? "",
    serialNumber: port.serialNumber ?? "",
    usbId: port.vendorId && port.productId ? `${port.vendorId}:${port.productId}`.toLowerCase() : "",
    simulated: false,
  }));
}
