/** Why a connection or a frame was refused: for each word what happened, and what to do. */

export type Cause = readonly [says: string, tryThis: string];
export type Causes = Readonly<Record<string, Cause>>;

/** A word of a newer workbench is told as it came, with the advice that fits most often. */
export function known(causes: Causes, word: string, usual: string): Cause {
  return causes[word] ?? [`“${word}”`, causes[usual]?.[1] ?? ""];
}

const reachReasons: Readonly<Record<string, string>> = {
  refused: "nothing listens on that port",
  timeout: "no answer in time",
  reset: "the connection was cut at once",
  unreachable: "there is no way to that address",
  nameUnknown: "no name server knows that name",
  certificate: "its certificate is not one that this computer trusts",
};

export function reachReason(reason: string): string {
  return reachReasons[reason] ?? `“${reason}”`;
}

const lineTries: Readonly<Record<string, string>> = {
  refused: "The device is there. Check the port, usually 502, and whether Modbus TCP is switched on in it.",
  reset: "Many devices take one connection only: close other programs that talk to it.",
  unreachable: "Give this computer an address in the device's network, then try again.",
  nameUnknown: "Use the device's IP address instead of its name.",
};

export function lineTry(reason: string): string {
  return (
    lineTries[reason] ?? "Check the IP address, the cable, and that this computer is in the same network."
  );
}

const gatewayTries: Readonly<Record<string, string>> = {
  refused:
    "The computer is there. Check the port, usually 7000. A fresh Neuron from 2.13 on listens to its own computer only: sign in through SSH.",
  reset: "Neuron may be restarting: wait a minute and try again.",
  unreachable: "Give this computer an address in the gateway's network, then try again.",
  nameUnknown: "Use the gateway's IP address instead of its name.",
  certificate:
    "Check that the address is the one in the certificate, and this computer's clock; or use http://.",
};

export function gatewayTry(reason: string, url: string): string {
  // A certificate that is not known here ends the call in the same way as a missing route.
  if (url.startsWith("https:") && (reason === "reset" || reason === "unreachable"))
    return "Try http:// instead of https://: the gateway may have no certificate that this computer trusts.";
  return (
    gatewayTries[reason] ??
    "Check its power and cable, the address, and that this computer is in its network."
  );
}

const uplinkTries: Readonly<Record<string, string>> = {
  refused: "The broker's computer is there. Check the port: MQTT uses 1883, with TLS 8883.",
  timeout: "Most likely a firewall or the modem stops it: ask for this port to be opened outwards.",
  reset: "A firewall may be cutting it: ask for this port to be opened outwards.",
};

export function uplinkTry(reason: string): string {
  return (
    uplinkTries[reason] ?? "Check the modem, its SIM card and signal, and this computer's network settings."
  );
}

const frameReasons: Causes = {
  short: ["its answer was too short", "Check the baud rate first, then the A/B wires and the termination."],
  crc: [
    "its answer was damaged on the way",
    "Check baud rate and parity, then termination, shield, and whether two devices share this number.",
  ],
  wrongLength: [
    "its answer has another length than was asked for",
    "Ask for fewer registers, or check the count in the device's manual.",
  ],
  wrongFunction: [
    "it answered another question",
    "Another master or a slow converter is likely: lengthen the time-out and listen on the line.",
  ],
  wrongUnit: [
    "another unit answered in its place",
    "Check the numbers set on the devices, and a converter that changes them.",
  ],
  neverSilent: [
    "the line is never quiet, so it could not be asked",
    "Check baud rate and bias resistors, and unplug devices one by one: one of them keeps sending.",
  ],
};

export function frameReason(reason: string): Cause {
  return known(frameReasons, reason, "crc");
}

const nodeReasons: Causes = {
  noReads: [
    "no tag of it was read",
    "Check unit numbers, addresses and line settings against what was found in the Line step.",
  ],
  notLinked: [
    "it has no connection to its devices",
    "Check that the line is plugged into the gateway, and the port's name and settings there.",
  ],
  notPublished: [
    "nothing of it arrived at the broker",
    "Check the broker's address, account and rights in the Uplink step: it says which of them is wrong.",
  ],
  notRunning: ["it does not run", "Check the node's settings and the gateway's log."],
};

/** Why a node, or a group of it, did not come up. */
export function nodeReason(reason: string): Cause {
  return known(nodeReasons, reason, "notRunning");
}
