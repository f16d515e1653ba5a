import { parseHostRange } from "./hostRange.ts";

/**
 * This machine's own address by which a host can reach it: the one on the host's network, else that of any network.
 *
 * @returns undefined where this machine is on no network
 */
export function addressTowards(
  host: string,
  networks: readonly { readonly address: string; readonly prefix: number }[],
): string | undefined {
  if (host === "localhost" || host === "[::1]" || host.startsWith("127.")) return "127.0.0.1";
  const far = numberOf(host);
  const near = networks.find(({ address, prefix }) => {
    const own = numberOf(address);
    const size = 2 ** (32 - prefix);
    return far !== undefined && own !== undefined && Math.floor(far / size) === Math.floor(own / size);
  });
  return (near ?? networks[0])?.address;
}

function numberOf(address: string): number | undefined {
  const range = parseHostRange(address);
  return range.ok && range.value.from === range.value.to ? range.value.from : undefined;
}
