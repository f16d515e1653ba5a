import { clip, given, plural } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import { failureClause } from "./clauses.ts";
import { handoverProblems } from "./handoverProblems.ts";
import * as identity from "./identity.ts";
import * as programs from "./programs.ts";
import { tagProblems } from "./tagProblems.ts";
import * as terms from "./terms.ts";
import { reasonText, reasonTexts } from "./texts.ts";

export const problems: ProblemWords = {
  "file.notJson": (f) => ({
    says: `This file cannot be read as JSON: ${reasonText(f.reason)}.`,
    try: "Choose a site file that Lastmile saved, or the previous version beside it.",
  }),
  "file.newerFormat": (f) => ({
    says: `This file has format ${f.format}; this Lastmile knows up to ${f.known}.`,
    try: "Install the newer Lastmile. The file was left as it is.",
  }),
  "file.notASite": (f) => ({
    says: `This is not a site file as Lastmile writes it: ${reasonText(f.reason)}.`,
    try: "Choose a file whose name ends in .site.json, or the previous version beside it.",
  }),
  "file.changedOutside": (f) => ({
    says: `${f.path} was changed by another program since it was opened.`,
    try: "Close the site and open it again to take those changes. Nothing was overwritten.",
  }),
  "file.notFound": (f) => ({
    says: `There is no file ${f.path}.`,
    try: "Check the name and whether the stick or drive is still plugged in.",
  }),
  "input.invalid": (f) => ({
    says: `This input does not fit: ${reasonTexts(f.reason)}.`,
    try: terms.inputTry(f.reason),
  }),
  "site.none": () => ({
    says: "No site is open.",
    try: "Open a site file, create one, or open the training site.",
  }),
  "site.readOnly": (f) => ({
    says: `This site can be looked at but not changed${f.reason === "" ? "" : `: ${failureClause(f.reason)}`}.`,
    try: "Keep the files as they are, and go on in a copy under another name.",
  }),
  "text.tooLong": (f) =>
    f.bytes === 0
      ? { says: `The ${terms.kind(f.what)} is empty.`, try: "Type it in; the gateway needs it." }
      : {
          says: `The ${terms.kind(f.what)} “${clip(f.text, 24)}” is ${f.bytes} bytes long; the gateway takes ${f.limit}.`,
          try: "Shorten it. A Chinese character counts three bytes.",
        },
  "name.empty": (f) =>
    f.what === "clientId"
      ? {
          says: "The client ID is missing.",
          try: "Type one in the Uplink step; no other client may have it.",
        }
      : { says: `The ${terms.kind(f.what)} has no name.`, try: "Type a name." },
  "name.duplicate": (f) =>
    f.what === "line" && terms.takenNames.includes(f.name)
      ? { says: `The gateway needs the name “${f.name}” for itself.`, try: "Give the line another name." }
      : {
          says: `There are two ${terms.kinds(f.what)} “${terms.ownName(f.what, f.name)}”.`,
          try: f.what === "unit" ? "Give one of them its own number." : "Choose another name.",
        },
  "line.unknown": (f) => ({
    says: `There is no line “${f.line}” in this site.`,
    try: "It may have been removed. Choose a line that is listed.",
  }),
  "line.settingsInvalid": (f) => ({
    says: `The settings of this line do not fit: ${reasonText(f.reason)}.`,
    try: "Edit the line in the Line step, and take port and settings from the device's manual.",
  }),
  "network.rangeInvalid": (f) => ({
    says: `"${clip(f.text, 60)}" is not a range of addresses.`,
    try: "Type it as 192.168.1.0/24 or 192.168.1.10-192.168.1.60.",
  }),
  "network.rangeTooLarge": (f) => ({
    says: `${clip(f.text, 60)} has ${f.hosts} addresses; one search asks at most ${f.limit}.`,
    try: "Name a smaller part, such as a /24 around the device.",
  }),
  "network.rangePublic": (f) => ({
    says: `${clip(f.text, 60)} is not a private network, so nothing was sent.`,
    try: "Name a range of the site's own network. Where it really uses public addresses, confirm with scan --tcp-range … --public.",
  }),
  "unit.broadcast": () => ({
    says: "Unit 0 speaks to every device on the line at once and is refused.",
    try: "Address one unit from 1 to 247.",
  }),
  "unit.outOfRange": (f) => ({ says: `Unit ${f.unit} does not exist.`, try: "Units go from 1 to 247." }),
  "uplink.none": () => ({
    says: "This site has no uplink.",
    try: "Enter the broker in the Uplink step first.",
  }),
  "uplink.hostMissing": () => ({
    says: "The broker's address is missing.",
    try: "Type its name or IP address in the Uplink step.",
  }),
  "payload.unreadable": (f) => ({
    says: `A message of ${f.bytes} bytes is not ${payloads[f.format] ?? "in any format that is known here"}.`,
    try: "Compare with the format that the publisher is set to.",
  }),
  "payload.pathInvalid": (f) => ({
    says: `“${clip(f.path, 60)}” is not a path.`,
    try: "Write members with points and places in brackets: $.data.temp, $.units[0].power, $.units[*].power.",
  }),
  "uplink.caMissing": () => ({
    says: "TLS is on, but the certificate of the authority is missing.",
    try: "Paste it (PEM) in the Uplink step: the gateway needs it to trust the broker.",
  }),
  "uplink.webSocketRefused": () => ({
    says: "The uplink goes over WebSocket, which Neuron does not speak.",
    try: "Untick WebSocket in the Uplink step and give the broker's TCP or TLS port.",
  }),
  "gateway.notSignedIn": () => ({
    says: "You are not signed in to a gateway.",
    try: "Sign in in the Gateway step first.",
  }),
  "advice.tlsProfile": () => ({
    says: "A weak link cannot be tried before this broker: its certificate does not fit the proxy's address.",
    try: "Measure the site's own path instead, or try the profile with a broker without TLS.",
  }),
  "drill.notApplied": (f) => ({
    says: `The gateway's node ${clip(f.node, 40)} does not publish to this site's broker.`,
    try: "Apply the site to the gateway first, or do the drill by hand.",
  }),
  "gateway.nothingToPutBack": (f) => ({
    says: `Nothing was changed on ${f.url} from this site, so there is nothing to put back.`,
    try: "Open the site file from which the gateway was changed last, and try again.",
  }),
  "gateway.nothingToTake": (f) => ({
    says: `Nothing runs on ${f.url} that a site could take over: no Modbus node with settings.`,
    try: "Make lines and tags here, and apply them to the gateway.",
  }),
  "gateway.siteHasTags": (f) => ({
    says: `The site has ${plural(f.tags, "tag", "tags")} of its own, which taking over would replace.`,
    try: "Take over into a new site, and compare the two.",
  }),
  "gateway.nodeUnknown": (f) => ({
    says: `The gateway runs no Modbus node “${f.node}”.`,
    try: given(f.nodes, (nodes) => `It has: “${nodes}”.`) || "Apply the site to the gateway first.",
  }),
  "gateway.atWork": () => ({
    says: "The gateway is at other work, so nothing is read through its port now.",
    try: "Wait until that is done, then read again.",
  }),
  "gateway.urlInvalid": (f) => ({
    says: `“${clip(f.text, 60)}” is not a gateway's address.`,
    try: "Write it like http://192.168.1.10:7000, without anything behind the port.",
  }),
  "ssh.targetInvalid": (f) => ({
    says: `“${clip(f.text, 60)}” does not say who signs in where by SSH.`,
    try: "Write it like pi@192.168.1.10, or pi@192.168.1.10:2222 for another port.",
  }),
  "ssh.hostKeyUnconfirmed": (f) => ({
    says: `The SSH server at ${f.host} is not known yet. Its key is ${f.fingerprint}.`,
    try: "Compare it with the gateway's own (ssh-keygen -lf on its console), then confirm it. Nothing was sent yet.",
  }),
  "ssh.keyUnreadable": (f) => ({
    says: `The SSH key cannot be used: ${identity.keyReason(f.reason)}.`,
    try: identity.keyTry(f.reason),
  }),
  "program.notSignedIn": (f) => ({
    says: `You are not signed in to ${programs.programNames[f.program]}.`,
    try: "Sign in to it in the Gateway step.",
  }),
  "program.nothingWanted": (f) => ({
    says: `The site wants nothing of ${programs.programNames[f.program]}.`,
    try:
      f.program === "nanomq"
        ? "Add a bridge in the Gateway step, or take the one that runs there."
        : "Take what runs there in the Gateway step, or add streams and rules to the site file.",
  }),
  "hocon.syntax": (f) => ({
    says: `NanoMQ would end over this configuration: ${programs.hoconFault(f.reason)}, in line ${f.line}, column ${f.column}.`,
    try: "Nothing was sent. Correct the file at this place and hand it in again.",
  }),
  "bridge.invalid": (f) => {
    const [says, tryThis] = programs.bridgeFault(f.reason);
    return { says: `The bridge does not fit: ${says}.`, try: tryThis };
  },
  "bridge.loop": (f) => ({
    says: `Messages of “${f.topic}” would go up and down between the brokers for ever.`,
    try: "Keep what goes up and what comes down in topics of their own.",
  }),
  "nanomq.fileNeeded": () => ({
    says: "This change needs NanoMQ's configuration file, and this version does not give it out.",
    try: "Fetch nanomq.conf from the gateway and hand it in when you sign in: everything else in it stays as it is.",
  }),
  "nanomq.fileOther": (f) => ({
    says: `The file is not the one that this NanoMQ runs with: “${f.name}” differs.`,
    try: "Fetch the file from this gateway again. Another broker's file would be written over this one's.",
  }),
  "rule.invalid": (f) => {
    const [says, tryThis] = programs.ruleFault(f.reason);
    return { says: `“${f.name}” does not fit: ${says}.`, try: tryThis };
  },
  "job.unknown": () => ({
    says: "This job is not known any more.",
    try: "It may have ended long ago. Start it again.",
  }),
  "job.running": (f) => ({
    says: `This is already running: ${terms.job(f.kind)}.`,
    try: "Wait until it ends, or cancel it in the list of jobs.",
  }),
  "file.exists": (f) => ({
    says: `There is something at ${f.path} already.`,
    try: "Name a folder that does not exist yet; nothing is written over.",
  }),
  ...tagProblems,
  ...handoverProblems,
};

const payloads: Readonly<Record<string, string>> = {
  values: "in the gateway's values format",
  tags: "in the gateway's tags format",
  ecp: "in the gateway's ECP format",
  custom: "what the gateway's own schema says",
  protobuf: "the gateway's Protocol Buffers report",
  sparkplug: "Sparkplug B",
  json: "JSON",
  cbor: "CBOR",
};
