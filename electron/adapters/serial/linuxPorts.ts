import { readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PortInfo } from "#capabilities/line.ts";

/**
 * Serial ports as the kernel lists them, without udev.
 *
 * @param sys where sysfs is mounted
 * @returns ports backed by a device; the empty slots that a PC always shows (ttyS1…) are left out
 */
export async function linuxPorts(sys = "/sys"): Promise<readonly PortInfo[]> {
  const names = await readdir(join(sys, "class/tty")).catch(() => []);
  const ports = await Promise.all(names.map((name) => portAt(sys, name)));
  return ports.filter((port) => port !== undefined);
}

async function portAt(sys: string, name: string): Promise<PortInfo | undefined> {
  const folder = join(sys, "class/tty", name);
  // Consoles and pseudo terminals have no device behind them.
  const device = await realpath(join(folder, "device")).catch(() => undefined);
  if (device === undefined) return undefined;
  // Type 0 is the kernel's "unknown UART": a slot where no chip was found.
  if ((await word(folder, "type")) === "0") return undefined;
  const usb = await usbDeviceAbove(device);
  return {
    path: `/dev/${name}`,
    label: name.replace(/^tty/, ""),
    manufacturer: usb === undefined ? "" : await madeBy(usb),
    serialNumber: usb === undefined ? "" : await word(usb, "serial"),
    usbId: usb === undefined ? "" : `${await word(usb, "idVendor")}:${await word(usb, "idProduct")}`,
    ...(await latencyTimerOf(sys, name)),
    simulated: false,
  };
}

/** FTDI's driver shows its timer; others have none, or none that is told. */
async function latencyTimerOf(sys: string, name: string): Promise<Pick<PortInfo, "latencyTimerMs">> {
  const text = await word(join(sys, "bus/usb-serial/devices", name), "latency_timer");
  return /^\d+$/.test(text) ? { latencyTimerMs: Number(text) } : {};
}

/** A tty sits on an interface of a USB device, some folders below the one that carries the ids. */
async function usbDeviceAbove(device: string): Promise<string | undefined> {
  for (let folder = device; folder !== dirname(folder); folder = dirname(folder)) {
    if ((await word(folder, "idVendor")) !== "") return folder;
  }
  return undefined;
}

async function madeBy(usb: string): Promise<string> {
  const [manufacturer, product] = await Promise.all([word(usb, "manufacturer"), word(usb, "product")]);
  return manufacturer === "" || product.startsWith(manufacturer)
    ? product || manufacturer
    : `${manufacturer} ${product}`.trim();
}

async function word(folder: string, file: string): Promise<string> {
  return (await readFile(join(folder, file), "utf8").catch(() => "")).trim();
}
