import type { GatewayWay } from "./gatewayWay.ts";

/** Who answers at an address, as far as it shows before anything is said. */
export interface SeenGateway {
  readonly certificate?: {
    /** SHA-256 in hex with colons */
    readonly fingerprint: string;
    /** why this computer does not trust it; empty: it does */
    readonly cause: "" | "selfSigned" | "expired" | "wrongName" | "unknownAuthority";
  };
  /** hardware address of a host in this machine's own network */
  readonly mac?: string;
}

/** Connects and looks, without asking anything. Fault: gateway.unreachable. */
export interface GatewayIdentities {
  look(way: Pick<GatewayWay, "url" | "at">, signal: AbortSignal): Promise<SeenGateway>;
}
