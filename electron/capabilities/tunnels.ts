import type { FaultError } from "#domain/fault.ts";
import type { SshTarget } from "#domain/network/sshTarget.ts";
import type { Unsubscribe } from "./line.ts";

/** What the SSH server is shown; never kept. */
export interface SshLogin {
  readonly password?: string;
  /** private key, PEM or OpenSSH format */
  readonly key?: string;
  /** of the key */
  readonly passphrase?: string;
}

export interface TunnelPlan {
  readonly target: SshTarget;
  readonly login: SshLogin;
  /** `SHA256:…` that the server's key must have; without one nothing is said of the user, only the key looked at */
  readonly hostKey: string | undefined;
  /** what the server shall reach, the first of them for certain */
  readonly to: readonly { readonly host: string; readonly port: number }[];
}

/** Ports of this machine that lead through an SSH server. */
export interface Tunnel {
  /** `SHA256:…` */
  readonly hostKey: string;
  /** this machine's loopback port for each of the plan's places, in their order */
  readonly localPorts: readonly number[];
  /** tells once when the connection ends by itself; at once when it has */
  onLost(listener: (fault: FaultError) => void): Unsubscribe;
  close(): Promise<void>;
}

export interface Tunnels {
  /**
   * Problems: ssh.keyUnreadable, ssh.hostKeyUnconfirmed (with the key that the server has). Faults: ssh.unreachable,
   * ssh.hostKeyChanged, ssh.loginRefused, ssh.forwardRefused.
   */
  open(plan: TunnelPlan, signal: AbortSignal): Promise<Tunnel>;
}
