import { networkInterfaces } from "node:os";
import type { Discovery } from "#capabilities/discovery.ts";
import { announced } from "./announced.ts";
import { neighbours } from "./neighbours.ts";

/** The networks that the operating system knows of, and who is in them. */
export function interfaces(): Discovery {
  return {
    neighbours,
    announced,
    networks: () =>
      Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
        (addresses ?? [])
          .filter(({ family, internal }) => family === "IPv4" && !internal)
          .map(({ address, cidr }) => ({ name, address, prefix: Number(cidr?.split("/")[1] ?? 32) })),
      ),
  };
}
