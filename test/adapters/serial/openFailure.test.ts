import { describe, expect, test } from "vitest";
import { openFailure } from "#adapters/serial/openFailure.ts";
import { portPath } from "#adapters/serial/portPath.ts";

const windows = { isWindows: true, isPlainFile: false, errno: undefined, group: "" } as const;

describe("a port that Windows does not open", () => {
  test.each([
    ["held by another program", "Opening COM3: Access denied", "line.busy"],
    ["not there", "Opening COM3: File not found", "line.portMissing"],
    ["whose device was pulled", "Opening COM3: Unknown error code 1167", "line.portMissing"],
    [
      "whose device is gone while its name is kept",
      "Opening COM3: Unknown error code 433",
      "line.portMissing",
    ],
    ["whose adapter hangs", "Opening COM3: Unknown error code 31", "line.driverFailed"],
    ["whose driver times out", "Opening COM3: Unknown error code 121", "line.driverFailed"],
    ["whose driver does not tell its state", "Open (GetCommState): Invalid handle", "line.driverFailed"],
    [
      "whose driver cannot do the settings",
      "Open (SetCommState): The parameter is incorrect",
      "line.settingsInvalid",
    ],
  ])("%s", (_, text, code) => {
    expect(openFailure("COM3", text, windows)).toMatchObject({ code });
  });

  test("carries the system's number of a failing driver", () => {
    expect(openFailure("COM3", "Opening COM3: Unknown error code 31", windows)).toEqual({
      code: "line.driverFailed",
      port: "COM3",
      reason: "error 31",
    });
  });
});

describe.each([
  ["Linux", "/dev/ttyUSB0", "dialout"],
  ["macOS", "/dev/cu.usbserial-1410", "wheel"],
])("a port that %s does not open", (_, port, group) => {
  const trial = { isWindows: false, isPlainFile: false, group };
  const cannotOpen = (message: string) => `Error: ${message}, cannot open ${port}`;

  test.each([
    ["of others", "Permission denied", "EACCES", { code: "line.noPermission", port, group }],
    ["of others, told in Chinese", "权限不够", "EACCES", { code: "line.noPermission", port, group }],
    ["held exclusively", "Resource busy", "EBUSY", { code: "line.busy", port }],
    ["not there", "No such file or directory", "ENOENT", { code: "line.portMissing", port }],
    ["whose device is gone", "Device not configured", "ENXIO", { code: "line.portMissing", port }],
    ["whose driver is gone", "No such device", "ENODEV", { code: "line.portMissing", port }],
    ["whose adapter hangs", "Input/output error", "EIO", { code: "line.driverFailed", port, reason: "EIO" }],
  ])("%s", (_situation, message, errno, failure) => {
    expect(openFailure(port, cannotOpen(message), { ...trial, errno })).toEqual(failure);
  });

  test("locked by another Lastmile", () => {
    const text = "Error Resource temporarily unavailable Cannot lock port";
    expect(openFailure(port, text, { ...trial, errno: undefined })).toEqual({ code: "line.busy", port });
  });

  test("that cannot do the speed is a problem of the settings", () => {
    const text = "Error baud rate of 7 is not supported on your platform";
    expect(openFailure(port, text, { ...trial, errno: undefined })).toMatchObject({
      code: "line.settingsInvalid",
    });
  });

  test("that is a plain file is no port", () => {
    const failure = openFailure(port, cannotOpen("Is a directory"), {
      ...trial,
      errno: "EISDIR",
      isPlainFile: true,
    });
    expect(failure).toEqual({ code: "line.portMissing", port });
  });
});

test.each([
  ["win32", "\\\\.\\COM10", "COM10"],
  ["win32", "\\\\?\\COM12", "COM12"],
  ["win32", "com3", "COM3"],
  ["win32", "COM3", "COM3"],
  ["darwin", "/dev/tty.usbserial-1410", "/dev/cu.usbserial-1410"],
  ["darwin", "/dev/cu.usbmodem1", "/dev/cu.usbmodem1"],
  ["linux", "/dev/ttyUSB0", "/dev/ttyUSB0"],
  ["linux", "/dev/serial/by-id/usb-FTDI_x-if00-port0", "/dev/serial/by-id/usb-FTDI_x-if00-port0"],
] as const)("on %s the port %s is opened as %s", (platform, typed, opened) => {
  expect(portPath(typed, platform)).toBe(opened);
});
