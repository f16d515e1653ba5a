import type { Program } from "#domain/gateway/program.ts";

const ports: Readonly<Record<Program, number>> = { nanomq: 8081, ekuiper: 9081 };

/** Where the program is looked for: on the gateway's host, at its usual port. */
export function usualUrl(program: Program, gatewayUrl: string | undefined): string {
  const host = gatewayUrl && URL.canParse(gatewayUrl) ? new URL(gatewayUrl).hostname : "";
  return host === "" ? "http://" : `http://${host}:${ports[program]}`;
}
