import { type Cause, type Causes, known } from "./causes.ts";

/** Why a broker was not reached in a good way: for each word what happened, and what to do. */

const tlsCauses: Causes = {
  expired: [
    "its certificate has expired",
    "Check the date of this computer first, then have the certificate renewed.",
  ],
  notYetValid: [
    "its certificate is not valid yet",
    "The clock of this computer is probably behind. Set it and try again.",
  ],
  clockHere: [
    "the clock of this computer is years behind, so that no certificate is valid by it",
    "Set date and time of this computer. Check the gateway's clock too: without a battery it starts in 1970.",
  ],
  clockThere: [
    "the broker's clock stands in 1970, or did when its certificate was made",
    "Ask whoever runs the broker to set its clock, and to make its certificate anew if it is of that time.",
  ],
  unknownAuthority: [
    "its certificate was signed by an authority that is not known here",
    "Paste this authority's certificate (PEM) into the uplink's settings. If another one stands there, it is the wrong one.",
  ],
  selfSigned: [
    "it signed its certificate itself",
    "If this is your broker, paste this very certificate (PEM) as the authority into the uplink's settings.",
  ],
  missingIntermediate: [
    "it leaves out the certificate between its own and the authority",
    "Ask whoever runs the broker to serve the whole chain, or paste that certificate below the authority's own.",
  ],
  wrongName: [
    "its certificate is for another name",
    "Use a name that stands in the certificate as the host, or have the certificate made for this one.",
  ],
  addressNotNamed: [
    "its certificate does not name this address",
    "Use a name from the certificate as the host. Neuron checks no name where the host is an address: it would take any broker.",
  ],
  clientCertificateRequired: [
    "it asks for a certificate of this client",
    "Put the client certificate and its key, as the broker's people issued them, into the uplink's settings.",
  ],
  clientCertificateUnknown: [
    "it does not accept our client certificate",
    "Check that the broker trusts the authority that signed it, and that it was not revoked.",
  ],
  clientCertificateExpired: [
    "our client certificate is not valid by the broker's clock",
    "Have the client certificate renewed; if its dates are right, the broker's clock is wrong.",
  ],
  keyMissing: [
    "the key of our client certificate is not kept on this computer",
    "Choose the key file in the uplink's settings. It is a secret and never stands in the site file.",
  ],
  keyUnreadable: [
    "our client certificate or its key cannot be read",
    "Both must be PEM, the key without a passphrase. Choose the files again.",
  ],
  keyMismatch: [
    "the key does not belong to our client certificate",
    "Choose the key that was made with this certificate; often two files were mixed up.",
  ],
  notTls: [
    "it does not speak TLS on this port",
    "Use the broker's TLS port, usually 8883, or switch TLS off if it has none.",
  ],
  weak: [
    "it offers only encryption that is no longer safe",
    "Ask whoever runs the broker for TLS 1.2 or newer and a key of 2048 bits or more.",
  ],
  sniNeeded: [
    "it serves several names and was not told one that it knows",
    "Use the broker's name as the host instead of its address. Neuron cannot send a name of its own choice.",
  ],
  proxy: [
    "something on the way answers in the broker's place, in HTTP",
    "A proxy or the sign-in page of a guest network: sign in there, use another network, or ask for this port to be let through.",
  ],
  silent: [
    "it took the connection and then said nothing",
    "Check that this is the TLS port. A firewall may let the connection in and stop what follows.",
  ],
  other: [
    "the handshake broke off",
    "Check that the port is the TLS port and that the pasted authority is a whole PEM certificate.",
  ],
};

/** What the certificate says that shows the cause. */
export function tlsSeen(cause: string, seen: string): string {
  if (cause === "expired") return `it was valid until ${seen}`;
  if (cause === "notYetValid") return `it is valid from ${seen}`;
  if (cause === "clockHere") return `it says ${seen}`;
  if (cause === "clockThere") return `made on ${seen}`;
  return cause === "unknownAuthority" || cause === "missingIntermediate"
    ? `signed by ${seen}`
    : `it is for ${seen}`;
}

export function tlsCause(cause: string): Cause {
  return known(tlsCauses, cause, "other");
}

const askBroker = "Ask whoever runs the broker.";

const connectCauses: Causes = {
  badUser: ["user name or password is wrong", "Type the password again, then check both with the broker."],
  notAuthorized: [
    "this user is not allowed to connect",
    "Check user name, password and client ID; the broker may allow only certain client IDs.",
  ],
  clientIdRefused: ["the client ID is not allowed", "Ask which client IDs the broker allows."],
  protocolVersion: [
    "it does not speak this version of MQTT",
    "Choose the other MQTT version in the uplink's settings.",
  ],
  serverUnavailable: ["it is not ready or too busy", "Wait a minute and try again."],
  banned: ["this client is banned", "Ask whoever runs the broker to lift the ban; it may fall by itself."],
  quota: ["a limit of the broker is used up", "Wait a minute, or ask for a higher limit of connections."],
  portIsTls: ["this port speaks TLS", "Switch TLS on in the uplink's settings, or use port 1883."],
  portIsWebSocket: [
    "this port speaks MQTT over WebSocket only",
    "Tick WebSocket in the uplink's settings, or use the port for plain MQTT, usually 1883.",
  ],
  webSocketPath: [
    "there is no MQTT at this WebSocket path",
    "Usual paths are /mqtt and /ws: ask whoever runs the broker.",
  ],
  notWebSocket: [
    "this port does not speak WebSocket",
    "Switch WebSocket off, or use the broker's WebSocket port, usually 8083, with TLS 8084.",
  ],
  proxy: [
    "something on the way answers in its place, in HTTP",
    "A proxy or the sign-in page of a guest network: sign in there, use another network, or ask for this port to be let through.",
  ],
  notMqtt: [
    "this port speaks something else than MQTT",
    "Check host and port: MQTT is usually 1883, with TLS 8883.",
  ],
  silent: [
    "it took the connection and then said nothing",
    "Check that this port speaks MQTT, usually 1883. A firewall may stop what follows.",
  ],
  other: [
    "it hung up without saying why",
    "Check port, MQTT version, client ID and user name with the broker.",
  ],
};

const reasonCodes: Readonly<Record<number, string>> = {
  129: "it could not read the packet",
  130: "it saw an error of protocol",
  131: "it has a reason of its own",
  135: "this user is not allowed to",
  140: "it wants another way of signing in",
  144: "it does not allow this topic",
  149: "the message is too large",
  151: "a limit of the broker is used up",
  153: "it does not take this form of message",
  154: "it keeps no retained messages",
  155: "it does not do this quality of service",
  156: "another broker is to be used",
  157: "the broker has moved",
};

/** @see MQTT 5, 2.4 */
export function mqttReason(reason: number): string {
  if (reason === 0) return "it cut the connection instead";
  return `${reasonCodes[reason] ?? "it does not say why"} (reason ${reason})`;
}

/** The word says most; a reason without one is looked up by its number. */
export function connectCause(cause: string, reason: number): Cause {
  const known = connectCauses[cause];
  if (known !== undefined && (cause !== "other" || reason === 0)) return known;
  return [mqttReason(reason), askBroker];
}

/** What to do where a message was not taken. */
export function publishTry(reason: number): string {
  if (reason === 149) return "Make the messages smaller: fewer tags in a group, or ask for a higher limit.";
  if (reason === 151) return "Wait a minute, publish less often, or ask for a higher limit.";
  return "Ask for a rule that lets this user publish to the topic.";
}

const closedCauses: Causes = {
  takenOver: [
    "another client came with the same client ID",
    "Give each client an ID of its own. Where the broker takes the ID from the user or the certificate, each needs its own of these.",
  ],
  keepAlive: [
    "it heard nothing from us for too long",
    "The link may have been cut in between. Choose a shorter keep-alive than the network forgets connections.",
  ],
  notAuthorized: ["it no longer allows this client", "Ask whoever runs the broker; a rule may have changed."],
  tooLarge: ["a message was too large for it", "Make the messages smaller: fewer tags in a group."],
  quota: ["a limit of the broker is used up", "Publish less often, or ask for a higher limit."],
  shuttingDown: ["it is shutting down or being restarted", "Wait a minute and try again."],
  other: [
    "it does not say why",
    "Check first whether another client uses the same client ID, then the link.",
  ],
};

export function closedCause(cause: string | undefined): Cause {
  return known(closedCauses, cause || "other", "other");
}

/** Why a gateway says nothing to a request over MQTT. */
export const silences: Readonly<Record<string, string>> = {
  notLinked: "The gateway's MQTT node has no connection to this broker: check the uplink first.",
  nodeMissing: "The gateway has no such line, and is silent then: apply the site to it first.",
  groupMissing: "The gateway has no such group, and is silent then: apply the site to it first.",
  notSignedIn: "Sign in to the gateway, so that its uplink, line and group can be looked at; then ask again.",
  otherBroker:
    "Node and group are there and linked. Check that both sides use the same broker, and the request topics in the gateway's MQTT node.",
};
