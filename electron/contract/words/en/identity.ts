import { reachReason } from "./causes.ts";

/** What a gateway is known by, how SSH is not reached and why a key is no good, in words. */
const parts: Readonly<Record<string, string>> = {
  certificate: "certificate",
  hostKey: "SSH host key",
  mac: "hardware address (MAC)",
};

export function partName(part: string): string {
  return parts[part] ?? "identity";
}

const changedTries: Readonly<Record<string, string>> = {
  certificate:
    "Check the address. Trust the new certificate only if you know that this gateway was given another one.",
  mac: "Check the cable and the address: it may be another site's. Trust the new one only if this gateway was exchanged.",
};

export function changedTry(part: string): string {
  return changedTries[part] ?? "Check the address. Trust the new one only if you know why it has changed.";
}

const certificateCauses: Readonly<Record<string, string>> = {
  selfSigned: "it signed it itself",
  expired: "it has expired or is not valid yet, or this computer's clock is wrong",
  wrongName: "it was issued for another name",
  unknownAuthority: "nobody known here signed it",
};

export function certificateCause(cause: string): string {
  return certificateCauses[cause] ?? "it cannot be checked";
}

export function sshReason(reason: string): string {
  return reason === "notSsh" ? "something else answers on that port" : reachReason(reason);
}

const sshTries: Readonly<Record<string, string>> = {
  refused: "The computer is there. Check the port, usually 22, and whether SSH is switched on.",
  notSsh: "Check the port: SSH usually has 22.",
  nameUnknown: "Use the IP address instead of the name.",
  reset: "Wait a moment and try again: SSH servers cut connections when there are too many.",
};

export function sshTry(reason: string): string {
  return (
    sshTries[reason] ?? "Check the address, the cable, and that this computer is in the gateway's network."
  );
}

const keyReasons: Readonly<Record<string, readonly [says: string, tryThis: string]>> = {
  encrypted: ["it needs a passphrase", "Type the passphrase of the key."],
  passphrase: ["its passphrase is another one", "Type the passphrase again."],
  public: ["it is the public half", "Choose the private key: the file without .pub at its end."],
  malformed: ["it is no private key", "Choose a private key in PEM or OpenSSH format; PuTTY exports one."],
};

export function keyReason(reason: string): string {
  return keyReasons[reason]?.[0] ?? "it cannot be read";
}

export function keyTry(reason: string): string {
  return keyReasons[reason]?.[1] ?? "Choose another key.";
}
