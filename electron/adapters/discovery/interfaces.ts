import { networkInterfaces } from "node:os";
import type { Discovery } from "#capabilities/discovery.ts";

/** The networks that the operating system knows of. */
export function interfaces(): Discovery {
  return {
    networks: () =>
      Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
        (addresses ?? [])
          .filter(({ family, internal }) => family === "IPv4" && !internal)
          .map(({ address, cidr }) => ({ name, address, prefix: Number(cidr?.split("/")[1] ?? 32) })),
      ),
  };
}
