import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linuxPorts } from "#adapters/serial/linuxPorts.ts";

let sys: string;
beforeEach(async () => {
  sys = await mkdtemp(join(tmpdir(), "lastmile-sys-"));
});
afterEach(() => rm(sys, { recursive: true }));

async function files(folder: string, contents: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(sys, folder), { recursive: true });
  for (const [name, text] of Object.entries(contents)) await writeFile(join(sys, folder, name), `${text}\n`);
}

async function tty(name: string, device: string): Promise<void> {
  await files(`class/tty/${name}`, {});
  await mkdir(join(sys, device), { recursive: true });
  await symlink(join(sys, device), join(sys, "class/tty", name, "device"));
}

test("a USB adapter is listed with its maker, serial number and USB id", async () => {
  const interfaceFolder = "devices/usb1/1-2/1-2:1.0/ttyUSB0";
  await tty("ttyUSB0", interfaceFolder);
  await files(dirname(dirname(interfaceFolder)), {
    idVendor: "0403",
    idProduct: "6001",
    manufacturer: "FTDI",
    product: "USB-RS485 Cable",
    serial: "FT4X9QZ1",
  });

  expect(await linuxPorts(sys)).toEqual([
    {
      path: "/dev/ttyUSB0",
      label: "USB0",
      manufacturer: "FTDI USB-RS485 Cable",
      serialNumber: "FT4X9QZ1",
      usbId: "0403:6001",
      simulated: false,
    },
  ]);
});

test("an adapter whose driver tells its latency timer is listed with it", async () => {
  await tty("ttyUSB0", "devices/usb1/1-2/1-2:1.0/ttyUSB0");
  await tty("ttyUSB1", "devices/usb1/1-3/1-3:1.0/ttyUSB1");
  await files("bus/usb-serial/devices/ttyUSB0", { latency_timer: "16" });
  await files("bus/usb-serial/devices/ttyUSB1", {});

  const ports = await linuxPorts(sys);

  expect(ports.map((port) => [port.label, port.latencyTimerMs])).toEqual([
    ["USB0", 16],
    ["USB1", undefined],
  ]);
  expect(ports.map((port) => "latencyTimerMs" in port)).toEqual([true, false]);
});

test("a port on the board is listed; empty slots and consoles are not", async () => {
  await tty("ttyS0", "devices/pnp0/00:05");
  await files("class/tty/ttyS0", { type: "4" });
  await tty("ttyS1", "devices/platform/serial8250");
  await files("class/tty/ttyS1", { type: "0" });
  await files("class/tty/tty1", {});

  const ports = await linuxPorts(sys);

  expect(ports.map((port) => port.path)).toEqual(["/dev/ttyS0"]);
});

test("a machine without any serial port has an empty list", async () => {
  expect(await linuxPorts(join(sys, "nowhere"))).toEqual([]);
});
