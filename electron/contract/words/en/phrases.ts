import { given, plural } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { exceptionName } from "./causes.ts";

export const phrases: PhraseWords = {
  "link.none": () => "not set up",
  "link.closed": () => "not in use",
  "link.listening": () => "listening before talking",
  "link.free": () => "free, the line is ours",
  "link.taken": (f) => `another master talks${given(f.units, (units) => ` to units ${units}`)}`,
  "link.lost": () => "lost",
  "link.signedOut": () => "not signed in",
  "link.signedIn": (f) => `signed in${given(f.version, (version) => `, Neuron ${version}`)}`,
  "link.unreachable": () => "does not answer",
  "link.notChecked": () => "not checked",
  "link.checked": (f) => `checked${given(f.ms, (ms) => ` · ${ms} ms`)}`,
  "link.checkFailed": () => "check failed",

  "doing.listening": () => "Listening before talking, to hear whether another master is on the line",
  "doing.asking": (f) => `Asking unit ${f.unit}${given(f.found, (found) => ` · ${found} found`)}`,
  "doing.identifying": (f) => `Asking unit ${f.unit} who it is`,
  "doing.readingGateway": () => "Reading what runs on the gateway",
  "doing.checkingPlan": () => "Checking the plan before anything is sent",
  "doing.snapshot": () => "Keeping a snapshot of the gateway",
  "doing.applying": () => "Sending the configuration to the gateway",
  "doing.comparing": () => "Comparing the gateway with the site",
  "doing.waitingForNodes": (f) =>
    `Waiting for the gateway's nodes to run${given(f.node, (node) => ` · ${node}`)}`,
  "doing.rollingBack": () => "Putting the previous configuration back",
  "doing.uplinkStage": (f) => `Checking the uplink${given(f.stage, (stage) => ` · ${stage}`)}`,
  "doing.collecting": (f) =>
    `Reading the wire, the gateway and the cloud${given(f.attempt, (attempt) => ` · round ${attempt}`)}`,
  "doing.packing": () => "Packing and signing the bundle",
  "doing.stopping": () => "Stopping after the exchange in flight",

  "stage.validate": () => "Check offline",
  "stage.snapshot": () => "Snapshot",
  "stage.apply": () => "Apply",
  "stage.compare": () => "Compare",
  "stage.health": () => "Nodes run",
  "stage.rollback": () => "Put back",
  "stage.name": () => "Name",
  "stage.tcp": () => "Reach",
  "stage.tls": () => "TLS",
  "stage.connect": () => "MQTT connect",
  "stage.subscribe": () => "Subscribe",
  "stage.roundTrip": () => "There and back",
  "stage.gatewayLink": () => "Gateway's own link",
  "stage.groups": () => "Groups arrive",

  "found.addresses": (f) => given(f.addresses, String) || "resolved",
  "found.open": (f) => `the port is open${given(f.port, (port) => `, ${port}`)}`,
  "found.tlsOff": () => "TLS is off: anybody on the way can read this",
  "found.tls": (f) =>
    `${f.protocol ?? "TLS"}${given(f.subject, (subject) => ` · ${subject}`)}${given(f.days, (days) => ` · valid for ${plural(days, "day", "days")}`)}`,
  "found.connected": (f) => `accepted${given(f.ms, (ms) => ` in ${ms} ms`)}`,
  "found.subscribed": (f) => `allowed to read${given(f.topic, (topic) => ` ${topic}`)}`,
  "found.roundTrips": (f) =>
    `${given(f.count, (count) => `${plural(count, "message", "messages")} came back`) || "came back"}${given(f.ms, (ms) => ` · ${ms} ms`)}`,
  "found.gatewayLinked": () => "the gateway is connected to this broker",
  "found.gatewayNotLinked": () => "the gateway is not connected to this broker",
  "found.gatewaySkipped": () => "not signed in to a gateway",
  "found.groupsHeard": (f) => `${plural(f.heard ?? f.groups ?? f.count ?? 0, "group", "groups")} heard`,
  "found.groupsSilent": (f) =>
    `nothing heard${given(f.groups ?? f.silent ?? f.count, (groups) => ` of ${groups}`)}`,
  "found.valid": (f) => `fits the gateway${given(f.tags, (tags) => ` · ${plural(tags, "tag", "tags")}`)}`,
  "found.snapshot": (f) =>
    `kept${given(f.nodes, (nodes) => ` · ${plural(nodes, "node", "nodes")}`)}${given(f.tags, (tags) => ` · ${plural(tags, "tag", "tags")}`)}`,
  "found.applied": (f) => `accepted${given(f.tags, (tags) => ` · ${plural(tags, "tag", "tags")}`)}`,
  "found.equal": () => "runs exactly what was designed",
  "found.healthy": (f) =>
    `${given(f.nodes, (nodes) => `${plural(nodes, "node", "nodes")} `)}running and linked`,
  "found.restored": () => "the previous configuration runs again",

  "verdict.waiting": () => "Waiting for a value at all three places.",
  "verdict.same": () => "The wire, the gateway and the cloud show the same value.",
  "verdict.scale": (f) =>
    `The ${f.where ?? "far end"} shows ${given(f.factor, (factor) => `${factor} times`) || "a multiple of"} the wire. A scale is applied twice or not at all.`,
  "verdict.wordOrder": () =>
    "The words are swapped between wire and gateway: the byte order of this tag is wrong.",
  "verdict.sign": () =>
    "The sign is lost: the type is unsigned where the device sends a signed value, or the other way.",
  "verdict.precision": () =>
    "Digits are cut on the way: the precision or the type is too small for this value.",
  "verdict.stale": (f) =>
    `The cloud shows an old value${given(f.ageMs ?? f.ms, (ms) => `, ${Math.round(Number(ms) / 100) / 10} s behind`)}.`,
  "verdict.swapped": (f) =>
    `This value belongs to another tag${given(f.tag ?? f.other, (tag) => `: ${tag}`)}.`,
  "verdict.differs": () => "The values differ, and no scale, word order or sign explains it.",
  "verdict.wireSilent": (f) => `The unit${given(f.unit, (unit) => ` ${unit}`)} does not answer on the wire.`,
  "verdict.gatewayError": (f) =>
    `The gateway reports an error for this tag${given(f.error, (error) => ` (${error})`)}.`,
  "verdict.gatewayMissing": () => "The gateway does not have this tag.",
  "verdict.cloudMissing": () => "Nothing of this tag arrived in the cloud.",
  "verdict.cloudError": (f) =>
    `The message in the cloud carries an error instead of a value${given(f.error, (error) => ` (${error})`)}.`,

  "wire.read": (f) => `Read ${area(f.area)} ${range(f)}`,
  "wire.registers": (f) => plural(f.count ?? 0, "register", "registers"),
  "wire.bits": (f) => plural(f.count ?? 0, "bit", "bits"),
  "wire.write": (f) => `Write ${area(f.area)} ${range(f)}`,
  "wire.written": (f) => `Written ${area(f.area)} ${range(f)}`,
  "wire.exception": (f) => `Refused: ${exceptionName(Number(f.exception))}`,
  "wire.identify": () => "Who are you?",
  "wire.identity": (f) => `Identity${given(f.identity, (text) => ` · ${text}`)}`,
  "wire.other": (f) => `Function ${f.function}`,
  "wire.badCrc": (f) => `Bad CRC${given(f.bytes, (bytes) => ` · ${plural(bytes, "byte", "bytes")}`)}`,
  "wire.noise": (f) => `Stray bytes${given(f.bytes, (bytes) => ` · ${bytes}`)}`,
  "wire.publish": (f) => `Publish ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
  "wire.message": (f) => `Message ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
};

const areas: Readonly<Record<string, string>> = {
  coil: "coils",
  discrete: "discrete inputs",
  input: "input",
  holding: "holding",
};

function area(name: string | number | undefined): string {
  return areas[String(name)] ?? "";
}

/** `0–9`, or `7` alone. Offsets are 0-based, as on the wire. */
function range(f: Readonly<Record<string, string | number>>): string {
  if (f.from === undefined) return "";
  return f.to === undefined || f.to === f.from ? String(f.from) : `${f.from}–${f.to}`;
}
