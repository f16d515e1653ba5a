import { FaultError } from "#domain/fault.ts";
import { printSshHost, type SshTarget } from "#domain/network/sshTarget.ts";

/** What ssh2 says of an error: where it was, or the system's code. */
interface SshError {
  readonly level?: string;
  readonly code?: string | number;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ENOTFOUND: "nameUnknown",
  EAI_AGAIN: "nameUnknown",
  ENODATA: "nameUnknown",
};

/** @param hostKey the server's, where it came so far as to show one */
export function sshFailure(target: SshTarget, hostKey: string | undefined, error: SshError): FaultError {
  const host = printSshHost(target);
  if (error.level === "client-authentication")
    return new FaultError({ code: "ssh.loginRefused", host, user: target.user }, error);
  const known = error.level === "client-timeout" ? "timeout" : reasons[String(error.code)];
  // Whoever took the connection and showed no key speaks something else.
  const isOther = known === undefined || (known === "reset" && error.level === "protocol");
  const reason = isOther ? (hostKey === undefined ? "notSsh" : "reset") : known;
  return new FaultError({ code: "ssh.unreachable", host, reason }, error);
}
