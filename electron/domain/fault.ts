import type { Program } from "./gateway/program.ts";

/** The world failed: thrown as a FaultError, with the facts a person needs to act. */
export type Fault =
  | { readonly code: "line.silent"; readonly unit: number; readonly afterMs: number }
  | { readonly code: "line.badFrame"; readonly unit: number; readonly reason: string }
  | { readonly code: "line.exception"; readonly unit: number; readonly exception: number }
  /** a write was answered, and the unit holds something else: both as shown values */
  | {
      readonly code: "line.writeNotKept";
      readonly unit: number;
      readonly wrote: string;
      readonly found: string;
    }
  | { readonly code: "line.taken"; readonly frames: number; readonly units: string }
  | { readonly code: "line.busy"; readonly port: string }
  | { readonly code: "line.noPermission"; readonly port: string; readonly group: string }
  | { readonly code: "line.portMissing"; readonly port: string }
  /** the port is there, and its driver does not serve it; `reason` as the system tells it */
  | { readonly code: "line.driverFailed"; readonly port: string; readonly reason: string }
  | { readonly code: "line.lost"; readonly port: string }
  /** a host took the connection and cut it before it answered anything */
  | { readonly code: "line.turnedAway"; readonly port: string }
  | {
      readonly code: "line.unreachable";
      readonly host: string;
      readonly port: number;
      readonly reason: string;
    }
  | { readonly code: "gateway.unreachable"; readonly url: string; readonly reason: string }
  | { readonly code: "gateway.loginRefused"; readonly url: string; readonly user: string }
  | { readonly code: "gateway.signedOut"; readonly url: string }
  | {
      readonly code: "gateway.refused";
      readonly url: string;
      readonly call: string;
      readonly status: number;
      readonly error: number;
    }
  | {
      readonly code: "gateway.unexpected";
      readonly url: string;
      readonly call: string;
      readonly reason: string;
    }
  /** somebody else answers at the address: nothing was said of the user. `part` as in GatewayIdentity */
  | {
      readonly code: "gateway.identityChanged";
      readonly url: string;
      readonly part: string;
      readonly kept: string;
      readonly found: string;
    }
  /** `cause`: selfSigned, expired, wrongName, unknownAuthority; nothing was said of the user */
  | {
      readonly code: "gateway.certificateUntrusted";
      readonly url: string;
      readonly fingerprint: string;
      readonly cause: string;
    }
  /** `reason` as in gateway.unreachable, or notSsh */
  | { readonly code: "ssh.unreachable"; readonly host: string; readonly reason: string }
  | {
      readonly code: "ssh.hostKeyChanged";
      readonly host: string;
      readonly kept: string;
      readonly found: string;
    }
  | { readonly code: "ssh.loginRefused"; readonly host: string; readonly user: string }
  /** `reason`: prohibited by the server, or nobody listens there */
  | {
      readonly code: "ssh.forwardRefused";
      readonly host: string;
      readonly to: string;
      readonly reason: string;
    }
  | { readonly code: "ssh.lost"; readonly host: string }
  | { readonly code: "gateway.differs"; readonly url: string; readonly differences: number }
  | {
      readonly code: "gateway.unhealthy";
      readonly url: string;
      readonly node: string;
      readonly reason: string;
    }
  | { readonly code: "gateway.rolledBack"; readonly url: string; readonly because: string }
  /** a write was sent, and the gateway shows something else after it: both as shown values */
  | {
      readonly code: "gateway.writeNotKept";
      readonly url: string;
      readonly tag: string;
      readonly wrote: string;
      readonly found: string;
    }
  /** what ran before cannot be put back: `node` has a password that nobody kept; empty when nothing was kept */
  | { readonly code: "gateway.snapshotLost"; readonly url: string; readonly node: string }
  | { readonly code: "gateway.rollbackFailed"; readonly url: string; readonly because: string }
  | {
      readonly code: "program.loginRefused";
      readonly program: Program;
      readonly url: string;
      readonly user: string;
    }
  /** `error` is the program's own number, 0 where it gave none; `says` its own words, empty where it has none */
  | {
      readonly code: "program.refused";
      readonly program: Program;
      readonly url: string;
      readonly call: string;
      readonly status: number;
      readonly error: number;
      readonly says: string;
    }
  | {
      readonly code: "program.unexpected";
      readonly program: Program;
      readonly url: string;
      readonly call: string;
      readonly reason: string;
    }
  | {
      readonly code: "program.unhealthy";
      readonly program: Program;
      readonly url: string;
      readonly item: string;
      readonly reason: string;
    }
  /** what ran before cannot be put back: `item` has a password that nobody kept; empty when nothing was kept */
  | {
      readonly code: "program.snapshotLost";
      readonly program: Program;
      readonly url: string;
      readonly item: string;
    }
  | { readonly code: "uplink.nameUnknown"; readonly host: string }
  | {
      readonly code: "uplink.unreachable";
      readonly host: string;
      readonly port: number;
      readonly reason: string;
    }
  /** `seen`: what the certificate says that made it so: a day, names, an issuer */
  | {
      readonly code: "uplink.tlsFailed";
      readonly host: string;
      readonly cause: string;
      readonly seen?: string;
    }
  | {
      readonly code: "uplink.connectRefused";
      readonly host: string;
      readonly reason: number;
      readonly cause: string;
    }
  /** the password is a token whose time is over, or not yet come; all as printed in UTC */
  | { readonly code: "uplink.tokenExpired"; readonly until: string; readonly clock: string }
  | { readonly code: "uplink.tokenEarly"; readonly from: string; readonly clock: string }
  | { readonly code: "uplink.subscribeDenied"; readonly topic: string }
  | { readonly code: "uplink.publishDenied"; readonly topic: string; readonly reason: number }
  | { readonly code: "uplink.publishNotSeen"; readonly topic: string; readonly afterMs: number }
  /** `cause`: the word for the broker's own reason (MQTT 5), or for what the circumstances showed */
  | { readonly code: "uplink.closed"; readonly host: string; readonly cause?: string }
  | { readonly code: "uplink.willDenied"; readonly topic: string }
  | { readonly code: "uplink.notRetained"; readonly topic: string }
  | { readonly code: "uplink.sessionNotKept"; readonly host: string }
  | { readonly code: "uplink.keepAliveIgnored"; readonly seconds: number; readonly afterMs: number }
  /** `limit`: the largest that came back, in bytes */
  | { readonly code: "uplink.payloadTooLarge"; readonly bytes: number; readonly limit: number }
  /** a request over MQTT was not answered; `because`: the word for what is most likely */
  | {
      readonly code: "downlink.silent";
      readonly topic: string;
      readonly afterMs: number;
      readonly because: string;
    }
  | { readonly code: "downlink.refused"; readonly tag: string; readonly error: number }
  | {
      readonly code: "downlink.notKept";
      readonly tag: string;
      readonly wrote: string;
      readonly found: string;
    }
  /** nothing changed at the device while it was waited for */
  | { readonly code: "stimulus.none"; readonly tag: string; readonly afterMs: number }
  /** a value that was written to prove a tag could not be put back: both as shown values */
  | {
      readonly code: "stimulus.notRestored";
      readonly tag: string;
      readonly before: string;
      readonly found: string;
    }
  /** nothing of any group arrived before the drill began */
  | { readonly code: "drill.silent"; readonly groups: number; readonly afterMs: number }
  /** the gateway did not come through the proxy; empty host: this machine is on no network */
  | { readonly code: "drill.notThrough"; readonly host: string; readonly port: number }
  /** by hand: the cable was not pulled, or not plugged in again */
  | { readonly code: "drill.noBreak"; readonly phase: string; readonly afterMs: number }
  | { readonly code: "file.unreadable"; readonly path: string; readonly reason: string }
  | { readonly code: "file.unwritable"; readonly path: string; readonly reason: string }
  | { readonly code: "file.locked"; readonly path: string; readonly by: string }
  | { readonly code: "journal.broken"; readonly path: string; readonly line: number }
  | { readonly code: "secrets.unavailable"; readonly reason: string }
  | { readonly code: "pdf.noBrowser" }
  | { readonly code: "pdf.failed"; readonly reason: string }
  | { readonly code: "pipe.closed" }
  | { readonly code: "pipe.outdated" }
  | { readonly code: "internal"; readonly reason: string };

export type FaultCode = Fault["code"];

export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, cause?: unknown) {
    super(fault.code, cause === undefined ? undefined : { cause });
    this.name = "FaultError";
    this.fault = fault;
  }
}

/** Narrows an unknown error to one fault. */
export function hasFault<C extends FaultCode>(
  error: unknown,
  code: C,
): error is FaultError & { readonly fault: Extract<Fault, { code: C }> } {
  return error instanceof FaultError && error.fault.code === code;
}
