import ssh2, { type ConnectConfig } from "ssh2";
import type { TunnelPlan } from "#capabilities/tunnels.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SshLimits } from "./sshTunnels.ts";

/** @throws ProblemError ssh.keyUnreadable */
export function sshConfig({ target, login }: TunnelPlan, limits: SshLimits): ConnectConfig {
  const { password, key, passphrase } = login;
  if (key !== undefined) {
    const parsed = ssh2.utils.parseKey(key, passphrase);
    const reason =
      parsed instanceof Error ? keyReason(parsed.message) : isPrivate(parsed) ? undefined : "public";
    if (reason !== undefined) throw new ProblemError({ code: "ssh.keyUnreadable", reason });
  }
  return {
    host: target.host,
    port: target.port,
    username: target.user,
    ...(password !== undefined && { password, tryKeyboard: true }),
    ...(key !== undefined && { privateKey: key }),
    ...(passphrase !== undefined && { passphrase }),
    readyTimeout: limits.openMs,
    keepaliveInterval: limits.aliveMs,
    keepaliveCountMax: 3,
  };
}

function keyReason(message: string): string {
  if (/no passphrase/i.test(message)) return "encrypted";
  return /passphrase|integrity/i.test(message) ? "passphrase" : "malformed";
}

function isPrivate(parsed: unknown): boolean {
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return typeof key?.isPrivateKey === "function" && key.isPrivateKey();
}
