import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parseArpTable } from "#domain/network/arpTable.ts";

const run = promisify(execFile);
/** `arp -a` may look up names that nobody answers for: without them it is done in milliseconds. */
const limitMs = 5_000;

/** The system's ARP table: hardware addresses by IPv4 address. Empty where it cannot be read: nothing depends on it. */
export async function neighbours(): Promise<ReadonlyMap<string, string>> {
  try {
    return parseArpTable(await tableText());
  } catch {
    return new Map();
  }
}

async function tableText(): Promise<string> {
  if (process.platform === "linux") return readFile("/proc/net/arp", "utf8");
  const options = process.platform === "win32" ? ["-a"] : ["-an"];
  // Windows prints in the code page of the console; what is read here is ASCII in all of them.
  const { stdout } = await run("arp", options, { timeout: limitMs, encoding: "latin1", windowsHide: true });
  return stdout;
}
