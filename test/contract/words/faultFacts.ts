import type { ClosedCause } from "#adapters/mqtt/closedCause.ts";
import type { ConnectCause } from "#adapters/mqtt/connackCause.ts";
import type { TlsCause } from "#adapters/mqtt/tlsCause.ts";
import type { Fault, FaultCode } from "#domain/fault.ts";
import { neuronErrors } from "#domain/gateway/neuronErrors.ts";
import { programs } from "#domain/gateway/program.ts";
import { type FactsOf, host, hostKey, path, topic, url } from "./facts.ts";

const reach = ["refused", "timeout", "reset", "unreachable", "nameUnknown"];
const files = "diskFull readOnly noPermission missing busy tooManyOpen device EISDIR EACCES EXDEV".split(" ");

const tlsCauses = Object.keys({
  expired: true,
  notYetValid: true,
  clockHere: true,
  clockThere: true,
  unknownAuthority: true,
  selfSigned: true,
  missingIntermediate: true,
  wrongName: true,
  addressNotNamed: true,
  clientCertificateRequired: true,
  clientCertificateUnknown: true,
  clientCertificateExpired: true,
  keyMissing: true,
  keyUnreadable: true,
  keyMismatch: true,
  sniNeeded: true,
  proxy: true,
  notTls: true,
  weak: true,
  silent: true,
  other: true,
} satisfies Record<TlsCause, true>);

const connectCauses: Readonly<Record<ConnectCause, number>> = {
  badUser: 4,
  notAuthorized: 135,
  clientIdRefused: 2,
  protocolVersion: 1,
  serverUnavailable: 136,
  banned: 138,
  quota: 151,
  portIsTls: 0,
  portIsWebSocket: 0,
  webSocketPath: 404,
  notWebSocket: 0,
  proxy: 302,
  notMqtt: 0,
  silent: 0,
  other: 0,
};

const closedCauses = Object.keys({
  takenOver: true,
  keepAlive: true,
  notAuthorized: true,
  tooLarge: true,
  quota: true,
  shuttingDown: true,
} satisfies Record<ClosedCause, true>);

const because = [
  "gateway.differs",
  "gateway.unhealthy",
  "gateway.refused",
  "gateway.unreachable",
  "gateway.unexpected",
  "gateway.signedOut",
  "gateway.identityChanged",
  "ssh.lost",
  "program.refused",
  "program.unexpected",
  "program.unhealthy",
  "program.loginRefused",
  "journal.broken",
  "file.unwritable",
  "cancelled",
  "closing",
];

export const faultFacts: { readonly [C in FaultCode]: readonly FactsOf<Fault, C>[] } = {
  "line.silent": [{ unit: 3, afterMs: 1000 }],
  "line.badFrame": "short crc wrongLength wrongFunction wrongUnit neverSilent"
    .split(" ")
    .map((reason) => ({ unit: 3, reason })),
  "line.exception": [1, 2, 3, 4, 5, 6, 8, 10, 11, 99].map((exception) => ({ unit: 3, exception })),
  "line.writeNotKept": [{ unit: 3, wrote: "1450", found: "1200" }],
  "line.taken": [
    { frames: 12, units: "3, 4" },
    { frames: 1, units: "3" },
    { frames: 0, units: "" },
  ],
  "line.busy": [{ port: "/dev/ttyUSB0" }, { port: "127.0.0.1:7000" }, { port: "COM3" }],
  "line.noPermission": ["dialout", "root", "wheel", ""].map((group) => ({ port: "/dev/ttyUSB0", group })),
  "line.portMissing": [{ port: "COM3" }],
  "line.driverFailed": ["COM3", "/dev/ttyS4"].map((port) => ({ port, reason: "error 31" })),
  "line.lost": [{ port: "/dev/ttyUSB0" }, { port: "10.0.0.9:502" }],
  "line.turnedAway": [{ port: "10.0.0.9:502" }],
  "line.unreachable": reach.map((reason) => ({ host, port: 502, reason })),
  "gateway.unreachable": [...reach, "certificate"].map((reason) => ({ url, reason })),
  "gateway.loginRefused": [{ url, user: "admin" }],
  "gateway.signedOut": [{ url }],
  "gateway.identityChanged": [
    ...["mac", "certificate"].map((part) => ({
      url,
      part,
      kept: "00:1a:2b:3c:4d:5e",
      found: "00:1a:2b:3c:4d:5f",
    })),
    { url, part: "hostKey", kept: hostKey, found: hostKey },
  ],
  "gateway.certificateUntrusted": ["selfSigned", "expired", "wrongName", "unknownAuthority"].map((cause) => ({
    ...{ url, fingerprint: "AB:CD:EF", cause },
  })),
  "ssh.unreachable": [...reach, "notSsh"].map((reason) => ({ host, reason })),
  "ssh.hostKeyChanged": [{ host, kept: hostKey, found: hostKey }],
  "ssh.loginRefused": [{ host, user: "pi" }],
  "ssh.forwardRefused": ["prohibited", "nobody"].map((reason) => ({ host, to: "127.0.0.1:7000", reason })),
  "ssh.lost": [{ host }],
  "gateway.refused": [
    ...Object.keys(neuronErrors).map((error) => ({ call: "PUT /global/config", status: 400, error: +error })),
    { call: "GET /tags?node=line1", status: 200, error: 10_004 },
    { call: "POST /read", status: 409, error: 2199 },
    { call: "GET /plugin", status: 404, error: 0 },
    { call: "GET /node/state", status: 403, error: 0 },
    { call: "DELETE /node", status: 500, error: 0 },
    { call: "POST /other", status: 418, error: 0 },
  ].map((facts) => ({ url, ...facts })),
  "gateway.unexpected": [
    "notJson",
    "token",
    "tooLarge",
    "version: Invalid input: expected string, received undefined",
    "nodes.0.name: Invalid input: expected string, received number",
    ": Invalid input: expected object, received null",
  ].map((reason) => ({ url, call: "GET /api/v2/global/config", reason })),
  "gateway.differs": [
    { url, differences: 1 },
    { url, differences: 3 },
  ],
  "gateway.unhealthy": [
    { url, node: "line1/fast", reason: "noReads" },
    { url, node: "line1", reason: "notLinked" },
    { url, node: "line1", reason: "notRunning" },
    { url, node: "line1", reason: "notPublished" },
  ],
  "gateway.rolledBack": because.map((word) => ({ url, because: word })),
  "gateway.writeNotKept": [{ url, tag: "pump 1", wrote: "1450", found: "1200" }],
  "gateway.snapshotLost": [
    { url, node: "" },
    { url, node: "line1" },
  ],
  "gateway.rollbackFailed": because.map((word) => ({ url, because: word })),
  "program.loginRefused": programs.map((program) => ({ program, url, user: "admin" })),
  "program.refused": programs.flatMap((program) => [
    ...[101, 102, 103, 104, 107, 108, 109, 111, 115, 117, 118].map((error) => {
      return { program, url, call: "PUT /bridges/cloud", status: 200, error, says: "" };
    }),
    ...[404, 500, 418, 302].map((status) => {
      return { program, url, call: "GET /rules", status, error: 0, says: "" };
    }),
    { program, url, call: "POST /rules", status: 400, error: 1000, says: "fail to parse sql" },
  ]),
  "program.unexpected": programs.map((program) => ({
    program,
    url,
    call: "GET /brokers",
    reason: "notJson",
  })),
  "program.unhealthy": ["bridgeDown", "ruleDown"].map((reason) => {
    return { program: "nanomq" as const, url, item: "cloud-1", reason };
  }),
  "program.snapshotLost": programs.flatMap((program) =>
    ["", "cloud-1"].map((item) => ({ program, url, item })),
  ),
  "uplink.nameUnknown": [{ host: "broker.example" }],
  "uplink.unreachable": reach.map((reason) => ({ host, port: 1883, reason })),
  "uplink.tlsFailed": tlsCauses.flatMap((cause) => [
    { host, cause },
    { host, cause, seen: "2027-03-01" },
  ]),
  "uplink.connectRefused": [
    ...Object.entries(connectCauses).map(([cause, reason]) => ({ host, cause, reason })),
    ...[128, 131, 140, 149].map((reason) => ({ host, cause: "other", reason })),
  ],
  "uplink.tokenExpired": [{ until: "2026-11-20 08:00 UTC", clock: "2026-11-23 07:30 UTC" }],
  "uplink.tokenEarly": [{ from: "2026-11-25 08:00 UTC", clock: "1970-01-01 00:02 UTC" }],
  "uplink.subscribeDenied": [{ topic }],
  "uplink.publishDenied": [0, 128, 135, 144, 149, 151].map((reason) => ({ topic, reason })),
  "uplink.publishNotSeen": [{ topic, afterMs: 10_000 }],
  "uplink.closed": [{ host }, { host: "" }, ...closedCauses.map((cause) => ({ host, cause }))],
  "uplink.willDenied": [{ topic }],
  "uplink.notRetained": [{ topic }],
  "uplink.sessionNotKept": [{ host }],
  "uplink.keepAliveIgnored": [{ seconds: 2, afterMs: 6000 }],
  "uplink.payloadTooLarge": [{ bytes: 20_480, limit: 8192 }],
  "downlink.silent": ["notLinked", "nodeMissing", "groupMissing", "notSignedIn", "otherBroker"].map(
    (word) => ({ topic: "neuron/uplink/read/req", afterMs: 3000, because: word }),
  ),
  "downlink.refused": [3004, 2201, 3007].map((error) => ({ tag: "pump 1", error })),
  "downlink.notKept": [{ tag: "pump 1", wrote: "1450", found: "1200" }],
  "stimulus.none": [{ tag: "pump 1", afterMs: 60_000 }],
  "stimulus.notRestored": [{ tag: "pump 1", before: "1200", found: "1450" }],
  "drill.silent": [
    { groups: 4, afterMs: 8000 },
    { groups: 1, afterMs: 8000 },
  ],
  "drill.notThrough": [
    { host: "192.168.1.20", port: 40_123 },
    { host: "", port: 0 },
  ],
  "drill.noBreak": [
    { phase: "pull", afterMs: 300_000 },
    { phase: "plug", afterMs: 900_000 },
  ],
  "file.unreadable": files.map((reason) => ({ path, reason })),
  "file.unwritable": files.map((reason) => ({ path, reason })),
  "file.locked": ["anna@laptop, pid 4312", "?"].map((by) => ({ path, by })),
  "journal.broken": [{ path, line: 17 }],
  "secrets.unavailable": ["wrongPassphrase", "damaged", "plainText", "noKeychain"].map((reason) => ({
    reason,
  })),
  "pdf.noBrowser": [{}],
  "pdf.failed": [{ reason: "tooSlow" }, { reason: "noPdf" }],
  "pipe.closed": [{}],
  "pipe.outdated": [{}],
  internal: [{ reason: "watching tags was refused" }, { reason: "a scan job shows bundle." }],
};
