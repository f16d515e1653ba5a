import { expect, test } from "vitest";
import { describePorts, inOrder } from "#adapters/serial/portList.ts";

test("on Windows a port has its driver's name, and USB adapters come before built-in ports", () => {
  const ports = inOrder(
    describePorts(
      [
        { path: "COM1", manufacturer: "(Standard port types)", friendlyName: "Communications Port (COM1)" },
        {
          path: "COM10",
          manufacturer: "wch.cn",
          friendlyName: "USB-SERIAL CH340 (COM10)",
          serialNumber: "5&1A2B3C&0&2",
          vendorId: "1A86",
          productId: "7523",
        },
        {
          path: "COM4",
          manufacturer: "FTDI",
          friendlyName: "USB Serial Port (COM4)",
          vendorId: "0403",
          productId: "6001",
        },
      ],
      "win32",
    ),
  );

  expect(ports.map(({ path, label, manufacturer }) => [path, label, manufacturer])).toEqual([
    ["COM4", "COM4", "FTDI USB Serial Port"],
    ["COM10", "COM10", "wch.cn USB-SERIAL CH340"],
    ["COM1", "COM1", "(Standard port types) Communications Port"],
  ]);
  expect(ports[1]).toMatchObject({ usbId: "1a86:7523", serialNumber: "5&1A2B3C&0&2" });
});

test("on macOS a port is shown by the name that does not wait for a carrier", () => {
  const listed = { path: "/dev/tty.usbserial-FT4X9QZ1", manufacturer: "FTDI", serialNumber: "FT4X9QZ1" };

  expect(describePorts([{ ...listed, vendorId: "0403", productId: "6001" }], "darwin")).toEqual([
    {
      path: "/dev/cu.usbserial-FT4X9QZ1",
      label: "usbserial-FT4X9QZ1",
      manufacturer: "FTDI",
      serialNumber: "FT4X9QZ1",
      usbId: "0403:6001",
      simulated: false,
    },
  ]);
});
