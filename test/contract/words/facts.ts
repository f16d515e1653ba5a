import type { ConnectCause } from "#adapters/mqtt/connackCause.ts";
import type { TlsCause } from "#adapters/mqtt/tlsCause.ts";
import type { Fault, FaultCode } from "#domain/fault.ts";
import { neuronErrors } from "#domain/gateway/neuronErrors.ts";
import { type Phrase, type PhraseCode, phraseCodes } from "#domain/phrase.ts";
import type { Problem, ProblemCode } from "#domain/problem.ts";

/** Facts as the product really makes them, for every code: one set for each thing that can be said. */
type FactsOf<U extends { code: string }, C extends U["code"]> = Omit<Extract<U, { code: C }>, "code" | "at">;

const reach = ["refused", "timeout", "reset", "unreachable", "nameUnknown"];
const host = "10.0.0.7";
const url = "http://10.0.0.7:7000";
const path = "/home/anna/Sites/north.site.json";
const topic = "lastmile/north/line1/fast";
const files = "diskFull readOnly noPermission missing busy tooManyOpen device EISDIR EACCES EXDEV".split(" ");

const tlsCauses = Object.keys({
  expired: true,
  notYetValid: true,
  unknownAuthority: true,
  wrongName: true,
  clientCertificateRequired: true,
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
  silent: 0,
  other: 0,
};

const because = [
  "gateway.differs",
  "gateway.unhealthy",
  "gateway.refused",
  "gateway.unreachable",
  "gateway.unexpected",
  "gateway.signedOut",
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
  "line.unreachable": reach.map((reason) => ({ host, port: 502, reason })),
  "gateway.unreachable": reach.map((reason) => ({ url, reason })),
  "gateway.loginRefused": [{ url, user: "admin" }],
  "gateway.signedOut": [{ url }],
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
  ],
  "gateway.rolledBack": because.map((word) => ({ url, because: word })),
  "gateway.rollbackFailed": because.map((word) => ({ url, because: word })),
  "uplink.nameUnknown": [{ host: "broker.example" }],
  "uplink.unreachable": reach.map((reason) => ({ host, port: 1883, reason })),
  "uplink.tlsFailed": tlsCauses.map((cause) => ({ host, cause })),
  "uplink.connectRefused": [
    ...Object.entries(connectCauses).map(([cause, reason]) => ({ host, cause, reason })),
    ...[128, 131, 140, 149].map((reason) => ({ host, cause: "other", reason })),
  ],
  "uplink.subscribeDenied": [{ topic }],
  "uplink.publishDenied": [128, 135, 144, 151].map((reason) => ({ topic, reason })),
  "uplink.publishNotSeen": [{ topic, afterMs: 10_000 }],
  "uplink.closed": [{ host }, { host: "" }],
  "file.unreadable": files.map((reason) => ({ path, reason })),
  "file.unwritable": files.map((reason) => ({ path, reason })),
  "file.locked": ["anna@laptop, pid 4312", "?"].map((by) => ({ path, by })),
  "journal.broken": [{ path, line: 17 }],
  "secrets.unavailable": ["wrongPassphrase", "damaged", "plainText", "noKeychain"].map((reason) => ({
    reason,
  })),
  "pipe.closed": [{}],
  "pipe.outdated": [{}],
  internal: [{ reason: "watching tags was refused" }, { reason: "a scan job shows bundle." }],
};

const sites = [
  "it is not a JSON object",
  "it must be a whole number from 1",
  "Invalid input: expected string, received undefined",
  "Invalid input: expected array, received object",
  'Invalid option: expected one of "none"|"even"|"odd"',
  "Too big: expected number to be <=65535",
  "Too small: expected string to have >=1 characters",
  'Unrecognized key: "colour"',
  "Invalid string: must match pattern /x/",
];

export const problemFacts: { readonly [C in ProblemCode]: readonly FactsOf<Problem, C>[] } = {
  "file.notJson": [
    "Unexpected end of JSON input",
    "Expected ':' after property name in JSON at position 5",
    `Unexpected token '}', "{"a":}" is not valid JSON`,
    "the text ends too early at character 40",
    "a comma or } was expected at character 312",
  ].map((reason) => ({ reason })),
  "file.newerFormat": [{ format: 3, known: 1 }],
  "file.notASite": sites.map((reason) => ({ reason })),
  "file.changedOutside": [{ path }],
  "file.notFound": [{ path }],
  "input.invalid": [
    "no import 1",
    "no upload a7",
    "no download a7",
    "larger than 100663296 characters",
    "port 70000",
    "Invalid topic a/#/b",
    "no such call: tags.fly",
    "not a message of a gateway: node",
    "a quotation mark is not closed",
    "edit.line.timeoutMs: Invalid input: expected number, received string; edit: Unrecognized key: x",
  ].map((reason) => ({ reason })),
  "site.none": [{}],
  "site.readOnly": ["journal.broken", "file.unwritable", ""].map((reason) => ({ reason })),
  "address.malformed": [{ text: "40001", expected: "1!400001, 1!400001#BL" }],
  "address.unitOutOfRange": [{ text: "300!400001", unit: 300 }],
  "address.registerOutOfRange": [{ text: "1!4665536", register: 665_536 }],
  "address.orderUnfit": ["int16", "float", "uint64", "double"].map((type) => ({
    text: "1!400001#WS",
    order: "WS",
    type,
  })),
  "address.typeUnfit": [{ text: "1!000001", type: "float", reason: "bitArea" }],
  "tag.typeUnknown": [{ text: "real" }],
  "tag.typeMisread": ["INT8", "bool", "DWORD"].map((type) => ({ type })),
  "tag.nameMissing": [{}],
  "tag.nameTooLong": [{ name: "north pump ".repeat(20), bytes: 220, limit: 127 }],
  "tag.duplicate": [{ name: "flow", group: "fast" }],
  "tag.accessUnfit": ["discrete", "input", "registerBit", "readOnly", "none", "Execute"].map((reason) => ({
    name: "flow",
    reason,
  })),
  "tag.numberInvalid": ["1,5 kW", "0", "3.5"].map((text) => ({ text })),
  "tag.lineUnknown": [{ line: "line 9" }],
  "text.tooLong": [
    { what: "topic", text: "", bytes: 0, limit: 255 },
    ...["topic", "line", "group", "engineering unit", "description"].map((what) => ({
      what,
      text: "x".repeat(300),
      bytes: 300,
      limit: 255,
    })),
  ],
  "table.columnMissing": [{ columns: "name" }, { columns: "name, address, type" }],
  "table.empty": [{}],
  "group.intervalTooShort": ["fast", ""].map((group) => ({ group, intervalMs: 50, limitMs: 100 })),
  "group.unknown": [{ group: "fast" }],
  "name.empty": ["site", "line", "group", "clientId"].map((what) => ({ what })),
  "name.duplicate": [
    { what: "line", name: "line 1" },
    { what: "line", name: "monitor" },
    { what: "unit", name: "3" },
    { what: "group", name: "a7f3/fast" },
  ],
  "line.unknown": [{ line: "line 9" }],
  "line.settingsInvalid": [
    "port",
    "--parity x",
    "timeout 90000 ms",
    'host ""',
    'host "a b"',
    "port 70000",
    'gateway port ""',
    `gateway port "${"x".repeat(31)}"`,
    "baud rate 12345",
    "Error baud rate of 12345 is not supported on your platform",
    "Invalid data bits setting 9",
    "Invalid parity setting 7",
    "Invalid stop bits setting 3",
    "600 groups on line 1, 512 at most",
    "tcp://here is not tcp://host:port",
  ].map((reason) => ({ reason })),
  "unit.broadcast": [{}],
  "unit.outOfRange": [{ unit: 250 }],
  "value.unfit": [{ value: "70000", type: "uint16" }],
  "value.notNumber": ["4,2", ""].map((text) => ({ text })),
  "uplink.none": [{}],
  "uplink.hostMissing": [{}],
  "uplink.caMissing": [{}],
  "gateway.notSignedIn": [{}],
  "gateway.urlInvalid": [{ text: "10.0.0.7" }],
  "tags.none": [{}],
  "job.unknown": [{ job: "a7f3" }],
  "job.running": ["scan", "snapshot", "apply", "uplink", "verify", "bundle"].map((kind) => ({ kind })),
  "bundle.malformed": [
    "base64",
    "manifest.json is not JSON",
    "manifest.json and manifest.dsse do not come first",
    "larger than 67108864 bytes",
    "the archive is cut off",
    "more than 256 files",
    "entry 3 has no plain path or size",
    "neuron.json is there twice",
    "neuron.json has an unusual header",
    "neuron.json has bytes after its end",
    "the archive does not end where it should",
    "Invalid input: expected string, received undefined",
  ].map((reason) => ({ reason })),
  "bundle.tampered": [{ file: "neuron.json" }],
  "bundle.signatureInvalid": [{}],
  usage: [
    "needs a site file",
    "needs (--port P [--baud 9600] | --tcp HOST:PORT)",
    'unknown verb "fly"',
    "uplink check SITE [--gateway URL]",
    "Unknown option '--foo'\n  scan --port P",
  ].map((reason) => ({ reason })),
};

const read = { wire: "229.4", seen: "2294" };
const sides = ["gateway", "cloud"] as const;

const told: { readonly [C in PhraseCode]?: readonly Phrase["facts"][] } = {
  "link.taken": [
    { units: "3, 4", frames: 12 },
    { units: "3", frames: 1 },
    { units: "", frames: 0 },
  ],
  "link.polled": [
    { units: "3, 4", frames: 12 },
    { units: "3", frames: 1 },
    { units: "", frames: 0 },
  ],
  "link.signedIn": [{ version: "2.15.1", url }],
  "link.signedOut": [{ version: "", url: "" }],
  "link.unreachable": [{ version: "", url }],
  "link.checked": [{ host, ms: 12 }],
  "link.checkFailed": [{ host }],
  "port.latencyTimer": [{ port: "ttyUSB0", ms: 16 }],
  "doing.listening": [{ line: "line 1" }],
  "doing.asking": [{ unit: 3, found: 0 }],
  "doing.identifying": [{ unit: 3 }],
  "doing.hearingSettings": [{ settings: "19200 8E1" }],
  "doing.tryingSettings": [{ settings: "19200 8E1", unit: 3 }],
  "doing.readingLength": [{ unit: 3, registers: 125 }],
  "doing.readingGap": [{ gapMs: 20 }],
  "found.before": [{ value: "21.5" }],
  "found.readBack": [{ value: "22" }],
  "cause.gap": [{ gapMs: 20 }],
  "cause.silences": [{ silent: 2, asked: 391 }],
  "cause.slow": [{ p99: 240 }],
  "doing.uplinkStage": phraseCodes.filter((code) => code.startsWith("stage.")).map((stage) => ({ stage })),
  "doing.collecting": [{ same: 0, total: 412 }],
  "found.addresses": [{ addresses: "10.0.0.7, fe80::1" }, { addresses: "" }],
  "found.open": [{ host, port: 1883 }],
  "found.tls": [
    { protocol: "TLSv1.3", subject: "broker", until: "2027-03-01" },
    { protocol: "", subject: "", until: "1970-01-01" },
  ],
  "found.connected": [{ ms: 12, version: "3.1.1" }],
  "found.subscribed": [{ topics: 4 }],
  "found.roundTrips": [{ count: 20, p50: 3, max: 9 }],
  "found.groupsHeard": [{ heard: 3, total: 4 }],
  "found.groupsSilent": [{ groups: "fast, slow" }],
  "found.valid": [{ tags: 412, nodes: 3 }],
  "found.snapshot": [{ nodes: 3, digest: "a1b2c3d4e5f6" }],
  "found.applied": [{ nodes: 1 }],
  "found.equal": [{ digest: "a1b2c3d4e5f6" }],
  "found.healthy": [{ reads: 412 }],
  "found.restored": [{ nodes: 3 }],
  "verdict.waiting": [{ side: "gateway", wire: "1" }, { for: "wire" }],
  "verdict.same": [{ wire: "229.4", seen: "229.4" }],
  "verdict.scale": sides.flatMap((side) =>
    [10, 0.1, 100, 0.01, 1000, 0.001, 1e4, 1e-4, 1e6, 1e-6, 1 / 0.3, -4].map((factor) => ({
      side,
      ...read,
      factor,
    })),
  ),
  "verdict.wordOrder": ["L", "B", "LL", "LB", "BL", "BB", "WS", "WR"].map((order) => ({
    side: "gateway",
    wire: "229.4",
    seen: "-1.23457e-38",
    order,
  })),
  "verdict.sign": [{ side: "cloud", wire: "-230", seen: "65306" }],
  "verdict.precision": [0, 1, 9].map((count) => ({
    side: "cloud",
    wire: "229.43",
    seen: "229",
    digits: count,
  })),
  "verdict.stale": [
    { side: "cloud", wire: "229.4", seen: "230.1", ageMs: 12_345 },
    { side: "gateway", wire: "229.4", seen: "230.1", ageMs: 12_345 },
    { side: "cloud", wire: "229.4", seen: "230.1", ageMs: 1.79e12 },
  ],
  "verdict.swapped": [{ side: "cloud", ...read, other: "pump 2 pressure" }],
  "verdict.differs": sides.map((side) => ({ side, ...read })),
  "verdict.wireSilent": [{ side: "wire", wire: "", unit: 3, afterMs: 8123.4 }],
  "verdict.gatewayError": Object.keys(neuronErrors).map((error) => ({
    side: "gateway",
    wire: "229.4",
    error: +error,
    word: "word",
  })),
  "verdict.gatewayMissing": [{ side: "gateway", wire: "229.4", afterMs: 8000 }],
  "verdict.cloudMissing": [{ side: "cloud", wire: "229.4", afterMs: 8000 }],
  "verdict.cloudError": [{ side: "cloud", wire: "229.4", error: 3015, word: "deviceSilent" }],
  "wire.read": ["coil", "discrete", "input", "holding"].map((area) => ({ area, from: 0, to: 9 })),
  "wire.registers": [{ count: 10 }, { count: 1 }],
  "wire.bits": [{ count: 8 }],
  "wire.write": [{ area: "coil", from: 7, to: 7 }],
  "wire.written": [{ area: "holding", from: 7, to: 9 }],
  "wire.exception": [{ exception: 2, name: "illegalAddress" }],
  "wire.identify": [{ unit: 3 }],
  "wire.identity": [{ identity: "ACME PM5" }, { identity: "" }],
  "wire.other": [{ function: 8, bytes: 5 }],
  "wire.badCrc": [{ bytes: 7 }],
  "wire.noise": [{ bytes: 1 }],
  "wire.publish": [{ topic, bytes: 120 }],
  "wire.message": [{ topic, bytes: 120 }],
};

/** Codes that are not told anything have one empty set. */
export function phraseFacts(code: PhraseCode): readonly Phrase["facts"][] {
  return told[code] ?? [{}];
}
