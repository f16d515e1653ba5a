import { clip, given, isWindowsPort, plural } from "../given.ts";
import type { FaultWords } from "../say.ts";
import * as causes from "./causes.ts";
import { failureClause } from "./clauses.ts";
import * as identity from "./identity.ts";
import * as programs from "./programs.ts";
import * as replies from "./replies.ts";
import { span } from "./span.ts";
import { fileReason, secretsReason } from "./storage.ts";
import { reasonText } from "./texts.ts";
import * as uplink from "./uplinkCauses.ts";

export const faults: FaultWords = {
  "line.silent": (f) => ({
    says: `Unit ${f.unit} did not answer within ${span(f.afterMs)}.`,
    try: "Check its number and its power; on RS-485 then baud rate, parity and the A/B wires.",
  }),
  "line.badFrame": (f) => {
    const [says, tryThis] = causes.frameReason(f.reason);
    return { says: `No good answer from unit ${f.unit}: ${says}.`, try: tryThis };
  },
  "line.exception": (f) => ({
    says: `Unit ${f.unit} refused: ${replies.exceptionName(f.exception)}.`,
    try: replies.exceptionTry(f.exception),
  }),
  "line.writeNotKept": (f) => ({
    says: `Unit ${f.unit} did not keep the value: ${clip(f.wrote, 40)} was written, it holds ${clip(f.found, 40)}.`,
    try: "Check that it takes values from outside (remote mode, no write lock) and its limits for this value; or its program sets the register itself.",
  }),
  "line.taken": (f) => ({
    says: `Another master is talking on this line${given(f.units, (units) => ` to ${/,/.test(String(units)) ? "units" : "unit"} ${units}`)}.`,
    try: `Nothing was sent${f.frames > 0 ? `, ${plural(f.frames, "frame", "frames")} heard` : ""}. Stop or unplug the other master, then try again.`,
  }),
  "line.busy": (f) => ({
    says: `${f.port} is in use by another program.`,
    try: `Close the other program (a Modbus tool, a terminal, another Lastmile) and try again.${isWindowsPort(f.port) ? " If none has it, unplug the adapter and plug it in again: a driver can keep a port after its program has ended." : ""}`,
  }),
  "line.noPermission": (f) => ({
    says: `This user may not open ${f.port}.`,
    try: ["", "root", "wheel"].includes(f.group)
      ? "Ask whoever looks after this computer for the right to use serial ports."
      : `Run “sudo usermod -aG ${f.group} $USER”, then sign out of this computer and in again.`,
  }),
  "line.portMissing": (f) => ({
    says: `There is no port ${f.port}.`,
    try: "Plug the adapter in, or choose another port. The list shows what is there now.",
  }),
  "line.driverFailed": (f) => ({
    says: `The adapter's driver does not open ${f.port} (${f.reason}).`,
    try: isWindowsPort(f.port)
      ? "Unplug the adapter and plug it in again. If that does not help, install the driver of its maker (CH340, FTDI, CP210x, Prolific): the device manager shows whether Windows has one."
      : "Unplug the adapter and plug it in again. If that does not help, it may be a port without a chip behind it: choose another.",
  }),
  "line.lost": (f) =>
    /^[^/]+:\d+$/.test(f.port)
      ? {
          says: `The connection to ${f.port} was lost while it was in use.`,
          try: "Check the network cable and the device's power, then start again.",
        }
      : {
          says: `${f.port} went away while it was in use.`,
          try: "Check the USB plug and its cable, then start again.",
        },
  "line.turnedAway": (f) => ({
    says: `${f.port} took the connection and cut it before it answered anything.`,
    try: "Most likely it takes only one or two connections: close the other programs and gateways that talk to it.",
  }),
  "line.unreachable": (f) => ({
    says: `${f.host}, port ${f.port}, cannot be reached: ${causes.reachReason(f.reason)}.`,
    try: causes.lineTry(f.reason),
  }),
  "gateway.unreachable": (f) => ({
    says: `The gateway at ${f.url} cannot be reached: ${causes.reachReason(f.reason)}.`,
    try: causes.gatewayTry(f.reason, f.url),
  }),
  "gateway.loginRefused": (f) => ({
    says: `The gateway at ${f.url} does not know user ${f.user} with this password.`,
    try: "Type it again. A Neuron that nobody changed has user admin, password 0000.",
  }),
  "gateway.signedOut": (f) => ({
    says: `The gateway at ${f.url} has ended the session.`,
    try: "Sign in again. It was probably restarted, or its clock or password was changed.",
  }),
  "gateway.refused": (f) => ({
    says: `The gateway refused ${replies.gatewayCall(f.call)}: ${replies.refusal(f.status, f.error)}.`,
    try: replies.refusalTry(f.status, f.error),
  }),
  "gateway.unexpected": (f) => ({
    says: `The gateway was asked ${replies.gatewayCall(f.call)}, and its answer does not fit: ${reasonText(f.reason)}.`,
    try: "Check that this address is a Neuron gateway, and that it runs Neuron 2.",
  }),
  "gateway.identityChanged": (f) => ({
    says: `Another gateway answers at ${f.url}: its ${identity.partName(f.part)} has changed.\nKnown: ${f.kept}\nNow: ${f.found}\nNo password was sent.`,
    try: identity.changedTry(f.part),
  }),
  "gateway.certificateUntrusted": (f) => ({
    says: `This computer does not trust the certificate of ${f.url}: ${identity.certificateCause(f.cause)}.\nSHA-256: ${f.fingerprint}\nNo password was sent.`,
    try: "Compare this fingerprint with the gateway's own. If they are the same, trust it: it is pinned from then on.",
  }),
  "ssh.unreachable": (f) => ({
    says: `SSH on ${f.host} cannot be reached: ${identity.sshReason(f.reason)}.`,
    try: identity.sshTry(f.reason),
  }),
  "ssh.hostKeyChanged": (f) => ({
    says: `The SSH server at ${f.host} has another key than the one it was known by.\nKnown: ${f.kept}\nNow: ${f.found}\nNo password was sent.`,
    try: "Check the address and the cable. Trust the new key only if you know that this computer was set up anew; else somebody may be in between.",
  }),
  "ssh.loginRefused": (f) => ({
    says: `The SSH server at ${f.host} does not let user ${f.user} in with this password or key.`,
    try: "Type it again: it is the account of the gateway's computer, not of Neuron. Some servers take keys only.",
  }),
  "ssh.forwardRefused": (f) =>
    f.reason === "nobody"
      ? {
          says: `SSH works, and nothing listens at ${f.to} on ${f.host}.`,
          try: "Check that Neuron runs there, and its port: Neuron has 7000, NeuronEX 8085.",
        }
      : {
          says: `The SSH server at ${f.host} lets nobody through to ${f.to}.`,
          try: "Set AllowTcpForwarding yes in its sshd_config and restart it, or let Neuron listen on 0.0.0.0.",
        },
  "ssh.lost": (f) => ({
    says: `The SSH connection to ${f.host} was lost.`,
    try: "Check the cable and the gateway's power, then sign in again.",
  }),
  "gateway.differs": (f) => ({
    says: `The gateway holds something else than was sent (${f.differences === 1 ? "1 difference" : `${f.differences} differences`}).`,
    try: "Compare site and gateway in the Gateway step. Its version may keep some settings differently.",
  }),
  "gateway.unhealthy": (f) => {
    const [says, tryThis] = causes.nodeReason(f.reason);
    return { says: `“${f.node}” did not come up on the gateway within 30 s: ${says}.`, try: tryThis };
  },
  "gateway.rolledBack": (f) => ({
    says: `The change was not kept: ${failureClause(f.because)}. The gateway runs its previous configuration again.`,
    try: "Correct the cause and apply again. Nothing on the gateway was lost.",
  }),
  "gateway.rollbackFailed": (f) => ({
    says: `The change failed (${failureClause(f.because)}), and the previous configuration could not be put back.`,
    try: "Do not leave the site yet. Sign in to the gateway again: what it ran before is offered to be put back.",
  }),
  "gateway.writeNotKept": (f) => ({
    says: `The gateway took ${f.wrote} for “${f.tag}”, and still shows ${f.found}.`,
    try: "Most likely the device refused it or limits it, and the gateway does not tell. Look at the device, or write in the Line step.",
  }),
  "gateway.snapshotLost": (f) => ({
    says:
      f.node === ""
        ? "What the gateway ran before is not kept on this computer."
        : `What “${f.node}” ran before had a password that this computer no longer knows.`,
    try: "Check the site, type its broker's password in the Uplink step, and apply: that ends the change forwards.",
  }),
  "program.loginRefused": (f) => ({
    says:
      f.program === "ekuiper"
        ? `eKuiper at ${f.url} wants a token, and has none of ours.`
        : `${programs.programNames[f.program]} at ${f.url} does not know user ${f.user} with this password.`,
    try: programs.accountTry(f.program),
  }),
  "program.refused": (f) => {
    const [says, tryThis] = programs.refusal(f.program, f.status, f.error, f.says);
    return { says: `${programs.programNames[f.program]} refused “${f.call}”: ${says}.`, try: tryThis };
  },
  "program.unexpected": (f) => ({
    says: `${programs.programNames[f.program]} was asked “${f.call}”, and the answer does not fit: ${reasonText(f.reason)}.`,
    try: `Check that ${f.url} is ${programs.programNames[f.program]}'s API, and not another program's page.`,
  }),
  "program.unhealthy": (f) => {
    const [says, tryThis] = programs.sickness(f.reason);
    return { says: `“${f.item}” did not come up within 30 s: ${says}.`, try: tryThis };
  },
  "program.snapshotLost": (f) => ({
    says:
      f.item === ""
        ? `What ${programs.programNames[f.program]} ran before is not kept on this computer.`
        : `What ${programs.programNames[f.program]} ran before had a password at “${f.item}” that this computer no longer knows.`,
    try: "Check the site and its passwords, and apply: that ends the change forwards.",
  }),
  "uplink.nameUnknown": (f) => ({
    says: `No name server knows ${f.host}.`,
    try: "Check the spelling and this network's name server, or use the broker's IP address.",
  }),
  "uplink.unreachable": (f) => ({
    says: `${f.host}, port ${f.port}, cannot be reached: ${causes.reachReason(f.reason)}.`,
    try: causes.uplinkTry(f.reason),
  }),
  "uplink.tlsFailed": (f) => {
    const [says, tryThis] = uplink.tlsCause(f.cause);
    const seen = given(f.seen, (fact) => ` (${uplink.tlsSeen(f.cause, clip(fact, 60))})`);
    return { says: `No secure connection to ${f.host}: ${says}${seen}.`, try: tryThis };
  },
  "uplink.connectRefused": (f) => {
    const [says, tryThis] = uplink.connectCause(f.cause, f.reason);
    return { says: `The broker ${f.host} did not let us in: ${says}.`, try: tryThis };
  },
  "uplink.tokenExpired": (f) => ({
    says: `The password is a token that expired on ${f.until}; this computer's clock says ${f.clock}.`,
    try: "Have a new token issued and keep it as the password. If the clock is wrong, set it first.",
  }),
  "uplink.tokenEarly": (f) => ({
    says: `The password is a token that is valid only from ${f.from}; this computer's clock says ${f.clock}.`,
    try: "Check the clock of this computer and of whoever issued the token.",
  }),
  "uplink.subscribeDenied": (f) => ({
    says: `The broker does not allow reading topic ${clip(f.topic, 80)}.`,
    try: "The proof of arrival needs it: ask for a rule that lets this user subscribe to the topic.",
  }),
  "uplink.publishDenied": (f) => ({
    says: `The broker did not take a message to ${clip(f.topic, 80)}: ${uplink.mqttReason(f.reason)}.`,
    try: uplink.publishTry(f.reason),
  }),
  "uplink.publishNotSeen": (f) => ({
    says: `A message to ${clip(f.topic, 80)} was sent but did not come back within ${span(f.afterMs)}.`,
    try: "Most likely the broker drops it without a word: ask for the right to publish to this topic.",
  }),
  "uplink.closed": (f) => {
    const [says, tryThis] = uplink.closedCause(f.cause);
    return {
      says: `The broker${given(f.host, (host) => ` ${host}`)} closed the connection: ${says}.`,
      try: tryThis,
    };
  },
  "uplink.willDenied": (f) => ({
    says: `The broker keeps no last will for ${clip(f.topic, 80)}: a client that vanishes is not told of.`,
    try: "Neuron sets no will. For other clients ask for the right to publish to their will's topic.",
  }),
  "uplink.notRetained": (f) => ({
    says: `A retained message to ${clip(f.topic, 80)} was not handed to a later subscriber.`,
    try: "Neuron retains nothing. Where others rely on it, ask whether the broker retains messages.",
  }),
  "uplink.sessionNotKept": (f) => ({
    says: `The broker ${f.host} did not keep a session: what came while the client was away is lost.`,
    try: "Ask for persistent sessions. Without them let the gateway keep its own cache.",
  }),
  "uplink.keepAliveIgnored": (f) => ({
    says: `A client that fell silent was not given up within ${span(f.afterMs)}, though its keep-alive is ${f.seconds} s.`,
    try: "A gateway that dies is noticed late. Watch for missing messages instead.",
  }),
  "uplink.payloadTooLarge": (f) => ({
    says: `A message of ${f.bytes} bytes, as large as this site's largest, does not get through; ${f.limit} bytes do.`,
    try: "Ask for a higher limit of the message size, or split the largest group.",
  }),
  "downlink.silent": (f) => ({
    says: `The gateway did not answer a request on ${clip(f.topic, 60)} within ${span(f.afterMs)}.`,
    try: uplink.silences[f.because] ?? "Compare the topic, the node's and the group's name with the gateway.",
  }),
  "downlink.refused": (f) => ({
    says: `The gateway refused to write “${clip(f.tag, 40)}”: ${replies.neuronError(f.error)} (error ${f.error}).`,
    try: "Compare the tag, its access and the value with what runs on the gateway.",
  }),
  "downlink.notKept": (f) => ({
    says: `The gateway took ${clip(f.wrote, 20)} for “${clip(f.tag, 30)}” over MQTT, and still shows ${clip(f.found, 20)}.`,
    try: "Most likely the device refused it or limits it: the gateway answers as if it was done. Look at the device.",
  }),
  "stimulus.none": (f) => ({
    says: `“${clip(f.tag, 40)}” did not change on the wire within ${span(f.afterMs)}.`,
    try: "Change it at the device while the time runs, or write a value instead.",
  }),
  "stimulus.notRestored": (f) => ({
    says: `“${clip(f.tag, 40)}” holds ${clip(f.found, 20)} and should hold ${clip(f.before, 20)} again.`,
    try: `Write ${clip(f.before, 20)} to it, here or at the device, before you leave.`,
  }),
  "drill.silent": (f) => ({
    says: `Nothing of the site's ${plural(f.groups, "group", "groups")} arrived at the broker within ${span(f.afterMs)}: there is nothing to cut.`,
    try: "Check the uplink first; the drill begins only when values arrive.",
  }),
  "drill.notThrough": (f) =>
    f.host === ""
      ? {
          says: "This computer is on no network by which the gateway could reach it.",
          try: "Connect it to the gateway's network, or do the drill by hand.",
        }
      : {
          says: `The gateway did not come through the proxy at ${f.host}:${f.port}; its settings are as before.`,
          try: "Let this computer's firewall take connections on that address, or do the drill by hand.",
        },
  "drill.noBreak": (f) => ({
    says:
      f.phase === "plug"
        ? `No message came again within ${span(f.afterMs)} after the outage.`
        : `Messages went on arriving for ${span(f.afterMs)}: no cable was pulled.`,
    try:
      f.phase === "plug"
        ? "Check that the cable is in, and the gateway's own link in the Gateway step."
        : "Pull the cable on the gateway's way to the broker, not this computer's.",
  }),
  "file.unreadable": (f) => {
    const [says, tryThis] = fileReason(f.reason);
    return { says: `${f.path} cannot be read: ${says}.`, try: tryThis };
  },
  "file.unwritable": (f) => {
    const [says, tryThis] = fileReason(f.reason);
    return {
      says: `${f.path} cannot be written: ${says}.`,
      try: `${tryThis} What was saved before is still there.`,
    };
  },
  "file.locked": (f) => ({
    says: `${f.path} is open in another Lastmile${f.by === "?" ? "" : ` (${f.by.replace(", pid ", ", process ")})`}.`,
    try: "Close it there first. If another computer crashed with it open, wait one minute.",
  }),
  "journal.broken": (f) => ({
    says: `The evidence ${f.path} was changed at line ${f.line}: from there on it proves nothing.`,
    try: "The site opens read-only. Keep the file as it is, and go on in a copy.",
  }),
  "secrets.unavailable": (f) => {
    const [says, tryThis] = secretsReason(f.reason);
    return { says: `${says}.`, try: tryThis };
  },
  "pdf.noBrowser": () => ({
    says: "There is no Chromium on this computer that could print a PDF.",
    try: "Install Chromium, Chrome or Edge, or save the report as HTML and print that from any browser.",
  }),
  "pdf.failed": (f) => ({
    says: `The PDF could not be made: ${reasonText(f.reason)}.`,
    try: "Try again, or save the report as HTML and print that from any browser.",
  }),
  "pipe.closed": () => ({
    says: "The connection to the workbench was lost.",
    try: "It reconnects by itself. If it does not, start Lastmile again; running jobs are kept.",
  }),
  "pipe.outdated": () => ({
    says: "This page is older than the workbench behind it.",
    try: "Reload the page.",
  }),
  internal: (f) => ({
    says: `Lastmile made a mistake: ${reasonText(f.reason)}.`,
    try: "Try once more. If it comes again, send this sentence to whoever looks after Lastmile.",
  }),
};
