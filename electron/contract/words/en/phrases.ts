import type { PhraseCode } from "#domain/phrase.ts";
import { clip, given, plural, validUntil } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { drill } from "./drill.ts";
import { exceptionName } from "./replies.ts";
import { span } from "./span.ts";
import { verdicts } from "./verdicts.ts";

export const phrases: PhraseWords = {
  "link.none": () => "not set up",
  "link.closed": () => "not in use",
  "link.listening": () => "listening before talking",
  "link.free": () => "free, the line is ours",
  "link.taken": (f) => `another master talks${given(f.units, (units) => ` to ${unitsOf(units)}`)}`,
  "link.polled": (f) => `the gateway polls it${given(f.units, (units) => `: ${unitsOf(units)}`)}`,
  "link.lost": () => "lost",
  "link.signedOut": () => "not signed in",
  "link.signedIn": (f) => `signed in${given(f.version, (version) => `, Neuron ${version}`)}`,
  "link.unreachable": () => "does not answer",
  "link.notChecked": () => "not checked",
  "link.checked": (f) => given(f.ms, (ms) => `${ms} ms`) || "checked",
  "link.checkFailed": () => "check failed",

  "port.latencyTimer": (f) =>
    `The adapter waits ${f.ms ?? 16} ms before it hands over bytes: small reads take up to three times as long. Set its latency timer to 1 ms: echo 1 | sudo tee /sys/bus/usb-serial/devices/${f.port ?? "ttyUSB0"}/latency_timer`,

  "doing.listening": (f) => `Listening before talking${given(f.line, (line) => ` on ${line}`)}`,
  "doing.asking": (f) =>
    `Asking unit${given(f.unit, (unit) => ` ${unit}`)}${given(f.found, (found) => ` · ${found} found`)}`,
  "doing.askingAgain": (f) =>
    `Asking silent unit${given(f.unit, (unit) => ` ${unit}`)} again, more slowly${given(f.found, (found) => ` · ${found} found`)}`,
  "doing.askingHosts": (f) =>
    `Asking the network${given(f.host, (host) => ` · ${host}`)}${given(f.found, (found) => ` · ${found} found`)}`,
  "doing.identifying": (f) => `Asking unit${given(f.unit, (unit) => ` ${unit}`)} who it is`,
  "doing.readingGateway": () => "Reading what runs on the gateway",
  "doing.checkingPlan": () => "Checking the plan before anything is sent",
  "doing.snapshot": () => "Keeping a snapshot of the gateway",
  "doing.applying": (f) =>
    `Changing the gateway${given(f.change, (change) => ` · change ${change} of ${f.changes}`)}`,
  "doing.comparing": () => "Comparing the gateway with the site",
  "doing.waitingForNodes": () => "Waiting for the gateway's nodes to run and read",
  "doing.changingProgram": () => "Changing what runs there",
  "doing.waitingForProgram": () => "Waiting until it connects and runs",
  "doing.rollingBack": () => "Putting the previous configuration back",
  "doing.uplinkStage": (f) => `Checking the uplink${given(f.stage, (stage) => ` · ${stageName(stage)}`)}`,
  "doing.standingIn": (f) =>
    `Publishing in the gateway's place · ${plural(f.queued, "message waits", "messages wait")}`,
  "doing.keeping": (f) => `No link · ${plural(f.queued, "message", "messages")} kept on the disk`,
  "doing.collecting": (f) =>
    `Reading wire, gateway and cloud${given(f.total, (total) => ` · ${f.same ?? 0} of ${total} proved`)}`,
  "doing.checkingSites": () => "Checking every row of the table",
  "doing.cloning": (f) => `Writing and signing${given(f.site, (site) => ` · ${clip(site, 40)}`)}`,
  "doing.awaitingChange": (f) => `Change the value at the device now${given(f.tag, (tag) => `: ${tag}`)}`,
  "doing.awaitingFarEnds": (f) => `Waiting for ${f.value ?? "the value"} in gateway and cloud`,
  "doing.restoring": (f) => `Putting back ${f.value ?? "what was there"}`,
  "doing.downlink": () => "Asking the gateway over MQTT",
  "doing.watching": (f) => `Listening to the broker · ${plural(f.messages, "message", "messages")}`,
  "doing.adviceSearching": () => "Trying how long the path lets a session be silent",
  "doing.adviceProving": (f) => `Keeping a session alive${given(f.seconds, (s) => ` with ${s} s`)}`,
  "doing.packing": () => "Packing and signing the bundle",
  "doing.reporting": () => "Putting the report together and signing it",
  "doing.printing": () => "Printing the PDF",
  "doing.stopping": () => "Stopping after the exchange in flight",
  "doing.hearingSettings": (f) =>
    `Listening${given(f.settings, (settings) => ` at ${settings}`)}, nothing is sent`,
  "doing.tryingSettings": (f) =>
    `Trying ${f.settings ?? "settings"}${given(f.unit, (unit) => ` · asking unit ${unit}`)}`,
  "doing.readingLength": (f) =>
    `Reading unit ${f.unit ?? ""}${given(f.registers, (count) => ` · ${plural(count, "register", "registers")} at a time`)}`,
  "doing.readingGap": (f) => `Reading with ${f.gapMs ?? 0} ms between requests`,
  "doing.soaking": (f) => `Watching unit ${f.unit ?? ""} for ${plural(f.minutes, "minute", "minutes")}`,
  "doing.resolving": (f) => `Reading the registers around the address of unit ${f.unit ?? ""}`,
  "doing.writing": () => "Writing and reading back",

  "take.nodeStays": (f) =>
    `“${f.node ?? "?"}” (${f.plugin ?? "?"}) stays on the gateway as it is. It is not part of the site.`,
  "take.tagKept": (f) =>
    `“${f.node ?? "?"} · ${f.tag ?? "?"}” (type ${f.type ?? "?"}, ${f.address ?? "?"}) is more than a site can say. It is kept as it was found.`,
  "take.groupKept": (f) =>
    `The group “${f.node ?? "?"}/${f.group ?? "?"}” (${f.intervalMs ?? "?"} ms) has no tag that a site can say. It is kept as it was found.`,
  "take.groupUnpublished": (f) =>
    `The group “${f.node ?? "?"}/${f.group ?? "?"}” is not published, and stays so.`,
  "take.settingsKept": (f) =>
    `Settings of “${f.node ?? "?"}” that are kept as they were found: “${f.settings ?? "?"}”.`,
  "take.topicKept": (f) =>
    `The group “${f.node ?? "?"}/${f.group ?? "?"}” keeps its own topic “${f.topic ?? "?"}”.`,
  "take.orderWritten": (f) =>
    `“${f.node ?? "?"}” has a byte order of its own. It is written to ${plural(f.tags, "tag", "tags")} instead.`,
  "take.secretSealed": (f) =>
    `The ${f.what === "key" ? "private key" : "password"} of “${f.node ?? "?"}” goes to this computer's store, not to the site file.`,
  "take.secretLeft": (f) => `The secret “${f.what ?? "?"}” of “${f.node ?? "?"}” is not taken over.`,

  "stage.validate": () => "Check offline",
  "stage.snapshot": () => "Snapshot",
  "stage.apply": () => "Apply",
  "stage.compare": () => "Compare",
  "stage.health": () => "Nodes run",
  "stage.published": () => "Published",
  "stage.programUp": () => "Connects and runs",
  "stage.rollback": () => "Put back",
  "stage.name": () => "Name",
  "stage.tcp": () => "Reach",
  "stage.tls": () => "TLS",
  "stage.connect": () => "MQTT connect",
  "stage.subscribe": () => "Subscribe",
  "stage.publish": () => "Publish",
  "stage.roundTrip": () => "There and back",
  "stage.will": () => "Last will",
  "stage.retained": () => "Retained message",
  "stage.session": () => "Session kept",
  "stage.keepAlive": () => "Keep-alive",
  "stage.payload": () => "Largest message",
  "stage.gatewayLink": () => "Gateway's own link",
  "stage.groups": () => "Groups arrive",
  "stage.before": () => "Read before",
  "stage.write": () => "Write",
  "stage.readBack": () => "Read back",
  "stage.change": () => "Change at the device",
  "stage.follow": () => "Follow it to the cloud",
  "stage.restore": () => "Put back",
  "stage.ask": () => "Ask over MQTT",

  "found.before": (f) => `it was ${f.value ?? "unknown"}`,
  "found.written": () => "accepted by the unit",
  "found.readBack": (f) => `it is ${f.value ?? "unknown"} now`,
  "found.answered": (f) =>
    `${f.value ?? "answered"}${given(f.topic, (topic) => ` · answered on ${clip(topic, 80)}`)}`,
  "found.changed": (f) => `it went from ${f.before ?? "unknown"} to ${f.value ?? "unknown"}`,
  "found.followed": (f) =>
    `${f.value ?? "it"} came to gateway and cloud${given(f.ms, (ms) => ` after ${span(ms)}`)}`,
  "found.putBack": (f) => `put back: ${f.value ?? "what was there"}`,
  "found.leftAlone": (f) => `somebody set it to ${f.value ?? "another value"} since; it was left so`,

  "evidence.fc43": (f) => `The unit names itself${given(named(f), (name) => `: “${name}”`)}`,
  "evidence.fc17": (f) => `Its server id fits${given(f.text, (text) => `: “${clip(text, 60)}”`)}`,
  "evidence.sunspec": (f) =>
    `It has ${given(f.model, (model) => `SunSpec model ${model}`) || "a SunSpec model"}${given(named(f), (name) => ` and names itself “${name}”`)}`,
  "evidence.fingerprint": (f) => `The words ${given(f.register, (at) => `at register ${at} `)}fit`,
  "evidence.firmware": (f) =>
    `Maker and model fit${given(named(f), (name) => ` (“${name}”)`)}, but firmware${given(f.revision, (revision) => ` ${revision}`)} is not the one described`,
  "cause.none": () => "This unit reads well over this line.",
  "cause.noReply": () =>
    "Nothing came back. Check power, the port and whether A and B are swapped; then scan for the unit.",
  "cause.settings": () =>
    "Bytes come, but no frame is whole: baud rate or parity is wrong. Detect the settings of the line.",
  "cause.floating": () =>
    "Bytes arrive while nobody talks: the bus floats. Check the bias resistors and the common wire, then listen again.",
  "cause.secondMaster": () => "Another master talks on this line. Stop it, or read what it reads.",
  "cause.echo": () =>
    "The adapter sends back what we say. It is left out; switch the echo off where it can be.",
  "cause.adapterTimer": () =>
    "This unit reads well, but the USB adapter waits 16 ms before it hands over a few bytes: small reads take up to three times as long. Set its latency timer to 1 ms: on Windows in the device manager (port settings, advanced), elsewhere in its driver.",
  "cause.duplicate": () =>
    "Two devices answer to this number. Unplug one, scan again, and give it another unit number.",
  "cause.turnaround": () =>
    "The first bytes of replies are damaged: a driver is switched too late or too early. Check the adapter's direction control.",
  "cause.load": (f) =>
    `It read well alone and reads badly with ${plural(f.units, "unit", "units")} on the line: too much load, a weak supply or too many terminators. Measure 60 ohm between A and B with the power off, then add the units one by one.`,
  "cause.noise": () =>
    "Errors grow with length: noise, a missing terminator or long stubs. Put 120 ohm at both ends, then certify again; if that does not help, certify it alone on the line.",
  "cause.gap": (f) =>
    `It answers only after a pause${given(f.gapMs, (ms) => ` of ${ms} ms`)}. Leave it that much between requests.`,
  "cause.gapAfter": (f) =>
    `It misses requests that follow an answer of ${given(f.unit, (unit) => `unit ${unit}`) || "another unit"}${given(f.gapMs, (ms) => ` within ${ms} ms`)}: it needs a longer silence between frames. Leave it that much between requests.`,
  "cause.died": (f) =>
    `It answered for ${span(f.afterMs)} and then no more. Switch it off and on: if it comes back, its firmware hangs. Run a soak to see after how long.`,
  "cause.silences": (f) =>
    `Every frame is whole, but ${f.silent ?? "some"} of ${f.asked ?? "the"} reads stayed unanswered. The unit is too busy at times: give it a longer time-out, then measure again.`,
  "cause.slow": (f) =>
    `It answers late at times${given(f.p99, (ms) => `, up to ${ms} ms`)}. Give it a longer time-out.`,
  "cause.unknown": () =>
    "Frames are bad for no reason that shows. Read the unit alone on the line, then add the others one by one.",

  "lineCause.good": (f) => `All ${plural(f.units, "unit reads", "units read")} well: this line is good.`,
  "lineCause.slow": (f) =>
    `Every frame of ${plural(f.units, "unit", "units")} is whole, but ${f.slow ?? "some"} answer late at times. Give the line a longer time-out.`,
  "lineCause.oneUnit": (f) =>
    `Only unit ${f.unit ?? ""} of ${f.units ?? "all"} reads badly: the line itself is good. Look at that unit, its stub and its number.`,
  "lineCause.some": (f) =>
    `Units ${f.bad ?? ""} of ${f.units ?? "all"} read badly, the others well. Look at the stretch of cable that they share, and at its far end.`,
  "lineCause.all": (f) =>
    `All ${f.units ?? ""} units read badly, and not for one reason. Unplug all but the nearest, certify it alone, then add the others one by one.`,
  "lineCause.unfinished": (f) =>
    `${f.certified ?? 0} of ${f.units ?? "all"} units are certified, none of them bad. Certify the others.`,

  "found.garbled": (f) =>
    `Unit ${f.unit ?? ""}: something answers but no frame is whole. Two units have this number, or the line is noisy.`,
  "found.twice": (f) =>
    `Unit ${f.unit ?? ""} answered one question twice: two units have this number. Give one of them another.`,
  "found.oneForAll": () =>
    "It answers to every number: this is one device, not many. Add it once, under the number in its manual (often 1 or 255).",
  "found.goOn": (f) => `To go on with what was not asked: --units ${f.units ?? ""}`,
  "found.addresses": (f) => given(f.addresses, String) || "known",
  "found.open": (f) => `port${given(f.port, (port) => ` ${port}`)} is open`,
  "found.tlsOff": () => "TLS is off: anybody on the way can read along",
  "found.tls": (f) =>
    `${f.protocol || "TLS"}${given(f.subject, (subject) => ` · ${clip(subject, 60)}`)}${given(validUntil(f.until), (day) => ` · valid until ${day}`)}`,
  "found.connected": (f) =>
    `accepted${given(f.ms, (ms) => ` in ${ms} ms`)}${given(f.version, (version) => ` · MQTT ${version}`)}`,
  "found.subscribed": (f) =>
    `allowed to read${given(f.topics, (topics) => ` ${plural(topics, "topic", "topics")}`)}`,
  "found.published": (f) =>
    `arrived at a second client${given(f.topics, (topics) => ` · ${plural(topics, "topic", "topics")}`)}`,
  "found.willSeen": (f) => `told of a vanished client${given(f.ms, (ms) => ` after ${span(ms)}`)}`,
  "found.retained": () => "kept, handed on, and cleared again",
  "found.retainsNothing": () => "this broker retains nothing, and says so",
  "found.sessionKept": () => "a message that came meanwhile was waiting",
  "found.keepAliveKept": (f) =>
    `a silent client was given up${given(f.ms, (ms) => ` after ${span(ms)}`)}${given(f.seconds, (seconds) => ` at a keep-alive of ${seconds} s`)}`,
  "found.keepAliveSet": (f) => `the broker sets it itself${given(f.seconds, (seconds) => `: ${seconds} s`)}`,
  "found.payload": (f) =>
    `${size(f.bytes)} arrived${given(f.limit, (limit) => ` · limit ${size(limit)}`)}${given(f.needed, (needed) => ` · this site needs ${size(needed)}`)}`,
  "note.expires": (f) =>
    `${given(f.subject, (subject) => `The certificate of ${clip(subject, 50)}`) || "A certificate"} expires${given(f.days, (days) => ` in ${plural(days, "day", "days")}`)}${given(f.until, (day) => `, on ${day}`)}. Have it renewed before you leave the site to itself.`,
  "note.addressHasNoName": () =>
    "The host is an address: Neuron then checks no name and would take any certificate of this authority. Use the broker's name.",
  "note.token": (f) =>
    `The password is a token${given(f.subject, (subject) => ` for ${clip(subject, 40)}`)}${given(f.until, (until) => `, valid until ${until}: the gateway cannot renew it, and the broker lets it in no longer`)}. It says: ${clip(f.claims, 120)}.`,
  "note.nagle": (f) =>
    `The link itself takes ${f.pingMs ?? "few"} ms; the rest${given(f.ms, (ms) => ` of ${ms} ms`)} is the broker holding small packets back (Nagle's algorithm). In mosquitto set set_tcp_nodelay true.`,
  "note.gatewayWithoutWebSocket": () =>
    "Neuron speaks no WebSocket: the gateway needs the broker's TCP or TLS port.",
  "found.roundTrips": (f) =>
    `${given(f.count, (count) => `${plural(count, "message", "messages")} came back`) || "came back"}${given(f.p50, (ms) => ` · half within ${ms} ms`)}${given(f.max, (ms) => `, slowest ${ms} ms`)}${given(f.pingMs, (ms) => ` · ping ${ms} ms`)}`,
  "found.gatewayLinked": () => "the gateway is connected to this broker",
  "found.gatewayNotLinked": () => "the gateway is not connected to this broker",
  "found.gatewaySkipped": () => "not checked: needs a gateway that is signed in and connected",
  "found.groupsHeard": (f) => `${f.heard ?? 0} of ${plural(f.total, "group", "groups")} heard`,
  "found.groupsSilent": (f) => `nothing heard${given(f.groups, (groups) => ` of ${clip(groups, 80)}`)}`,
  "found.valid": (f) =>
    `fits the gateway${given(f.tags, (tags) => ` · ${plural(tags, "tag", "tags")}`)}${given(f.nodes, (nodes) => ` · ${plural(nodes, "node", "nodes")}`)}`,
  "found.snapshot": (f) =>
    `kept${given(f.nodes, (nodes) => ` · ${plural(nodes, "node", "nodes")}`)}${given(f.digest, (digest) => ` · ${digest}`)}`,
  "found.applied": (f) =>
    `accepted${given(f.changes, (changes) => ` · ${plural(changes, "change", "changes")}`)}`,
  "found.equal": (f) => `runs exactly what was designed${given(f.digest, (digest) => ` · ${digest}`)}`,
  "found.healthy": (f) =>
    `every node runs${given(f.reads, (reads) => ` · ${plural(reads, "value", "values")} read`)}`,
  "found.publishSeen": (f) => given(f.topic, (topic) => `heard on “${clip(topic, 60)}”`) || "published",
  "found.publishNotLooked": () => "not looked at: this computer does not reach the broker",
  "found.restored": () => "the previous configuration runs again",
  "found.programSnapshot": (f) => `kept${given(f.digest, (digest) => `, digest ${digest}`)}`,
  "found.programValid": (f) => plural(f.differences, "difference", "differences"),
  "found.programChanged": (f) => plural(f.calls, "change made", "changes made"),
  "found.programRestored": () => "what ran before runs again",
  "found.bridgeUp": (f) => given(f.bridge, (name) => `“${name}” is connected`) || "it is connected",
  "found.bridgeGone": () => "no bridge of this site is left",
  "found.rulesUp": (f) => plural(f.rules, "rule runs", "rules run"),

  ...drill,
  ...verdicts,

  "sparkplug.noBirth": (f) =>
    `Data of ${clip(f.node ?? "a node", 60)} came before its birth: names behind aliases are not known.`,
  "sparkplug.dead": (f) => `${clip(f.node ?? "A node", 60)} went offline.`,
  "sparkplug.seqGap": (f) =>
    `Messages of ${clip(f.node ?? "a node", 60)} are missing${given(f.seen, (seen) => `: ${f.expected ?? "?"} was due, ${seen} came`)}.`,
  "sparkplug.aliasUnknown": (f) =>
    `No birth of ${clip(f.node ?? "a node", 60)} named alias ${f.alias ?? "?"}.`,
  "wire.read": (f) => `Read ${area(f.area)} ${range(f)}`,
  "wire.registers": (f) => plural(f.count ?? 0, "register", "registers"),
  "wire.bits": (f) => plural(f.count ?? 0, "bit", "bits"),
  "wire.write": (f) => `Write ${area(f.area)} ${range(f)}`,
  "wire.written": (f) => `Written ${area(f.area)} ${range(f)}`,
  "wire.exception": (f) =>
    given(f.exception, (code) => `Refused: ${exceptionName(Number(code))}`) || "Refused",
  "wire.identify": () => "Who are you?",
  "wire.identity": (f) => `Identity${given(f.identity, (text) => ` · ${text}`)}`,
  "wire.other": (f) => `Function ${f.function ?? ""}`,
  "wire.badCrc": (f) => `Bad CRC${given(f.bytes, (bytes) => ` · ${plural(bytes, "byte", "bytes")}`)}`,
  "wire.noise": (f) => `Stray bytes${given(f.bytes, (bytes) => ` · ${bytes}`)}`,
  "wire.publish": (f) => `Publish ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
  "wire.message": (f) => `Message ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
};

function size(bytes: string | number | undefined): string {
  const count = Number(bytes ?? 0);
  return count < 10_000 ? `${count} B` : `${Math.round(count / 1024)} KiB`;
}

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

/** A stage's name inside a sentence; its code comes as a fact. */
function stageName(stage: string | number): string {
  return Object.hasOwn(phrases, stage) ? phrases[stage as PhraseCode]({}) : String(stage);
}

function unitsOf(units: string | number): string {
  return String(units).includes(",") ? `units ${units}` : `unit ${units}`;
}

function named(f: Readonly<Record<string, string | number | undefined>>): string {
  return [f.vendor, f.product].filter((one) => one !== undefined && one !== "").join(" ");
}
