/** Where a program answers by HTTP: the part of its address that stays when pages come and go. */
export interface Origin {
  readonly scheme: "http" | "https";
  /** IPv6 addresses in brackets */
  readonly host: string;
  readonly port: number;
}

const usualPorts = { http: 80, https: 443 };

/** Reads an http or https address; its path is left out. Undefined for anything else. */
export function parseOrigin(text: string): Origin | undefined {
  const address = /^\s*(https?):\/\/([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?(?:[/?#]\S*)?\s*$/i.exec(text);
  if (address === null) return undefined;
  const scheme = address[1]?.toLowerCase() === "https" ? "https" : "http";
  const port = address[3] === undefined ? usualPorts[scheme] : Number(address[3]);
  return port < 1 || port > 65_535 ? undefined : { scheme, host: (address[2] ?? "").toLowerCase(), port };
}

/** As a browser writes it: the usual port left out. */
export function printOrigin({ scheme, host, port }: Origin): string {
  return `${scheme}://${host}${port === usualPorts[scheme] ? "" : `:${port}`}`;
}
