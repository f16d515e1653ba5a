import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { type Origin, printOrigin } from "./origin.ts";

/** Who signs in where by SSH. */
export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

const usualPort = 22;

/** Reads `user@host` or `user@host:port`. */
export function parseSshTarget(text: string): Result<SshTarget, Problem> {
  const [, user = "", host = "", port] = /^\s*([^@\s]+)@([^@\s:]+)(?::(\d{1,5}))?\s*$/.exec(text) ?? [];
  const target = { host, port: port === undefined ? usualPort : Number(port), user };
  if (user === "" || host === "" || target.port < 1 || target.port > 65_535)
    return refused({ code: "ssh.targetInvalid", text });
  return ok(target);
}

/** `10.0.0.5`, or `10.0.0.5:2222` where the port is not the usual one. */
export function printSshHost({ host, port }: Pick<SshTarget, "host" | "port">): string {
  return port === usualPort ? host : `${host}:${port}`;
}

/** The gateway behind an SSH host: its address as the site keeps it, and where that host reaches it. */
export interface BehindSsh {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/**
 * A gateway that listens to itself only is named by the host that it runs on, so that every gateway has an address of
 * its own; the SSH host reaches it on its loopback. Another address is reached from the SSH host by its own name.
 */
export function behindSsh(origin: Origin, target: SshTarget): BehindSsh {
  const { host, port } = origin;
  const isSame = isLoopback(host) || host === target.host.toLowerCase();
  return {
    url: printOrigin(isSame ? { ...origin, host: target.host.toLowerCase() } : origin),
    host: isSame ? "127.0.0.1" : host.replace(/^\[|\]$/g, ""),
    port,
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
