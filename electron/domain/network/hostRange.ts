import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";

/** Hosts that one search may ask: a /22. */
export const mostHosts = 1024;

/** IPv4 addresses from `from` to `to`, both included, as 32-bit numbers. */
export interface HostRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads `192.168.1.0/24` (without its network and broadcast address), `192.168.1.10-192.168.1.60`, `192.168.1.10-60`
 * or one address.
 */
export function parseHostRange(text: string): Result<HostRange, Problem> {
  const invalid = { code: "network.rangeInvalid", text } as const;
  const [, first = "", sign, second = ""] = /^\s*([\d.]+)\s*(?:([/-])\s*([\d.]+))?\s*$/.exec(text) ?? [];
  const from = parseAddress(first);
  if (from === undefined) return refused(invalid);
  if (sign === "/") return withPrefix(from, second) ?? refused(invalid);
  const last = sign === undefined ? first : second.includes(".") ? second : first.replace(/\d+$/, second);
  const to = parseAddress(last);
  if (to === undefined || to < from) return refused(invalid);
  return bounded(text, { from, to });

  function withPrefix(address: number, bits: string): Result<HostRange, Problem> | undefined {
    const prefix = Number(bits);
    if (!/^\d{1,2}$/.test(bits) || prefix > 32) return undefined;
    const size = 2 ** (32 - prefix);
    const base = Math.floor(address / size) * size;
    // Up to /30 the first address names the network and the last one all of its hosts.
    const edge = prefix <= 30 ? 1 : 0;
    return bounded(text, { from: base + edge, to: base + size - 1 - edge });
  }
}

function bounded(text: string, range: HostRange): Result<HostRange, Problem> {
  const hosts = range.to - range.from + 1;
  if (hosts > mostHosts) return refused({ code: "network.rangeTooLarge", text, hosts, limit: mostHosts });
  return ok(range);
}

/** Every address of a range, lowest first. */
export function hostsOf({ from, to }: HostRange): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => printAddress(from + index));
}

/** Networks that belong to whoever runs them: private, shared (carrier), link-local and this machine. */
const ownNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
];

export function isPrivate({ from, to }: HostRange): boolean {
  return ownNetworks.some((network) => {
    const [address = "", prefix] = network.split("/");
    const base = parseAddress(address) ?? 0;
    return from >= base && to < base + 2 ** (32 - Number(prefix));
  });
}

/** The network among `networks` that an address lies in; undefined where this machine is in none of them. */
export function networkOf<N extends { readonly address: string; readonly prefix: number }>(
  host: string,
  networks: readonly N[],
): N | undefined {
  const wanted = parseAddress(host);
  if (wanted === undefined) return undefined;
  return networks.find(({ address, prefix }) => {
    const size = 2 ** (32 - prefix);
    return Math.floor((parseAddress(address) ?? 0) / size) === Math.floor(wanted / size);
  });
}

/**
 * The range to propose for a network that this machine is on: all of it, or the /24 around this machine where it is
 * larger than one search.
 */
export function proposedRange(address: string, prefix: number): string {
  const bits = prefix < 22 ? 24 : Math.min(prefix, 32);
  const size = 2 ** (32 - bits);
  const base = Math.floor((parseAddress(address) ?? 0) / size) * size;
  return `${printAddress(base)}/${bits}`;
}

function parseAddress(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function printAddress(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}
