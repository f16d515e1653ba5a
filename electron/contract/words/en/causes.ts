/** Names that protocols give their numbers, for the sentences of faults. */

const exceptions: Readonly<Record<number, string>> = {
  1: "it does not know this function",
  2: "it has no such register",
  3: "the value or count does not fit",
  4: "it failed inside",
  5: "it accepted and needs time",
  6: "it is busy",
  8: "its memory has an error",
  10: "the way through its gateway is not set up",
  11: "the device behind its gateway does not answer",
};

/** @see MODBUS Application Protocol v1.1b3, 7 */
export function exceptionName(code: number): string {
  return `${exceptions[code] ?? "for a reason of its own"} (exception ${code})`;
}

const neuronErrors: Readonly<Record<number, string>> = {
  1002: "the request's form does not fit",
  1003: "a parameter does not fit",
  2003: "no such node",
  2004: "a setting of the node does not fit",
  2005: "the node has no settings yet",
  2010: "a node's name is too long",
  2107: "a group's name does not fit",
  2203: "a tag's access does not fit",
  2204: "a tag's type does not fit",
  2205: "a tag's address does not fit",
  2206: "a tag's name is too long",
  2209: "a tag's precision does not fit",
  3000: "reading failed",
  3002: "the device is not connected",
};

export function neuronError(code: number): string {
  return neuronErrors[code] ?? "it gave only a number";
}

const tlsCauses: Readonly<Record<string, readonly [string, string]>> = {
  expired: [
    "its certificate has expired",
    "Check the date of this machine first, then have the certificate renewed.",
  ],
  notYetValid: [
    "its certificate is not valid yet",
    "The clock of this machine is probably behind. Set it and try again.",
  ],
  unknownAuthority: [
    "its certificate was signed by an authority that is not known here",
    "Paste the authority's certificate (PEM) into the uplink's settings.",
  ],
  selfSigned: [
    "its certificate is signed by itself",
    "If that is meant to be so, paste this certificate (PEM) as the authority.",
  ],
  nameMismatch: [
    "its certificate is for another name",
    "Use the name that stands in the certificate instead of an IP address.",
  ],
  notTls: ["it does not speak TLS on this port", "Use port 8883, or switch TLS off if this broker has none."],
  clientCertificateNeeded: [
    "it asks for a certificate of this client",
    "Ask whoever runs the broker for a way in with user name and password.",
  ],
};

/** @returns what happened, and what to do */
export function tlsCause(cause: string): readonly [string, string] {
  return tlsCauses[cause] ?? [cause, "Compare the port and the authority's certificate with the broker's."];
}

const connectReasons: Readonly<Record<number, string>> = {
  1: "it does not speak this version of MQTT",
  2: "the client id is not allowed",
  3: "it is not ready",
  4: "user name or password is wrong",
  5: "this user is not allowed to connect",
  132: "it does not speak this version of MQTT",
  133: "the client id is not allowed",
  134: "user name or password is wrong",
  135: "this user is not allowed to connect",
  136: "it is not ready",
  137: "it is busy",
  138: "this client is banned",
  149: "the message is too large",
  151: "its quota is used up",
  159: "too many connections at once",
};

/** @see MQTT 3.1.1, 3.2.2.3 and MQTT 5, 3.2.2.2 */
export function connectReason(reason: number, cause: string): string {
  return connectReasons[reason] ?? `${cause} (reason ${reason})`;
}
