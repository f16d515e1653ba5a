/**
 * The name a port is opened by, whichever of its names a person typed.
 *
 * Windows: `\\.\COM10` and `com10` are COM10 (the library puts the prefix there itself). macOS: each port is there
 * twice, and `/dev/tty.…` waits for a carrier that an RS-485 adapter never has, so `/dev/cu.…` is taken.
 */
export function portPath(path: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === "win32")
    return path.replace(/^\\\\[.?]\\(?=com\d+$)/i, "").replace(/^com(?=\d+$)/i, "COM");
  if (platform === "darwin") return path.replace(/^\/dev\/tty\.(?=.)/, "/dev/cu.");
  return path;
}
