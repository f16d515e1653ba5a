/** The programs beside Neuron: their names, their numbers, and what their texts stumble over. */

import type { RuleFault } from "#domain/gateway/ekuiper/checkRules.ts";
import type { BridgeFault } from "#domain/gateway/nanomq/checkBridge.ts";
import type { Program } from "#domain/gateway/program.ts";
import type { HoconFault } from "#domain/hocon/readHocon.ts";
import { clip } from "../given.ts";

type Cause = readonly [says: string, tryThis: string];

export const programNames: Readonly<Record<Program, string>> = { nanomq: "NanoMQ", ekuiper: "eKuiper" };

/** The account that each is delivered with. */
const factoryAccounts: Readonly<Record<Program, string>> = {
  nanomq: "A NanoMQ that nobody changed has user admin, password public.",
  ekuiper: "An eKuiper that asks for a token is not supported: switch its authentication off.",
};

export function accountTry(program: Program): string {
  return `Type it again. ${factoryAccounts[program]}`;
}

const nanomqNumbers: Readonly<Record<number, Cause>> = {
  101: ["it does not know this order", "Check the version of NanoMQ: 0.21 or newer is needed."],
  102: ["it has no such call", "Check the version of NanoMQ: 0.21 or newer is needed."],
  103: ["the password is wrong", "Sign in again."],
  104: ["it wants a user and a password", "Sign in again."],
  107: ["something that it needs is missing", "Check the bridge's settings."],
  108: ["a value does not fit", "Check the bridge's server, topics and numbers."],
  109: ["it could not read what was sent", "Check the bridge's texts for unusual characters."],
  111: ["this part of it is switched off", "Use a build of NanoMQ that has it, or do without."],
  115: ["it has no bridge of this name", "Hand in its configuration file, so that the bridge can be made."],
  117: ["its configuration file would not be readable", "Check the file that was handed in."],
  118: [
    "it cannot write its configuration file",
    "Check the disk of the gateway and the file's rights there.",
  ],
};

export function refusal(program: Program, status: number, error: number, says: string): Cause {
  const known = program === "nanomq" ? nanomqNumbers[error] : undefined;
  if (known) return [`${known[0]} (${error})`, known[1]];
  if (says !== "") return [`“${clip(says, 160)}”`, "Correct what it names, and try again."];
  if (status === 404)
    return ["it has no such page (404)", `Check that this address is ${programNames[program]}'s API.`];
  if (status >= 500)
    return [`it failed inside (${status})`, "Look into its log on the gateway, and start it anew."];
  return [`status ${status}`, `Check that this address is ${programNames[program]}'s API, and its version.`];
}

const unhealthy: Readonly<Record<string, Cause>> = {
  bridgeDown: [
    "it did not connect to the cloud's broker",
    "Check the server, user and password, and whether the gateway reaches the broker: NanoMQ's log names the cause.",
  ],
  ruleDown: [
    "it does not run",
    "Look at the rule's status in eKuiper: most often its stream or its target cannot be opened.",
  ],
};

export function sickness(reason: string): Cause {
  return unhealthy[reason] ?? (unhealthy.ruleDown as Cause);
}

const hoconFaults: Readonly<Record<HoconFault, string>> = {
  endsEarly: "a brace or a bracket is not closed",
  noKey: "a name was expected",
  noValue: "“=” and a value were expected",
  oneLine: "each key needs its own line",
  quoteOpen: "a quotation mark is not closed on its line",
  badEscape: "a backslash stands before something that it cannot stand before",
  stray: "something stands here that does not belong",
  substitution: "values taken from elsewhere are not supported",
  tooDeep: "blocks are nested too deep",
};

export function hoconFault(reason: string): string {
  return hoconFaults[reason as HoconFault] ?? hoconFaults.stray;
}

const bridgeFaults: Readonly<Record<BridgeFault, Cause>> = {
  server: [
    "the server is no address of a broker",
    "Write it as mqtt-tcp://host:1883, or tls+mqtt-tcp://host:8883.",
  ],
  quote: [
    "a text holds a quotation mark, a backslash or a control character",
    "Take it out: NanoMQ would end over it.",
  ],
  empty: ["the client id is empty", "Give the bridge a name of its own at the broker."],
  topic: [
    "a topic is empty or has its wildcards in the wrong place",
    "Put + alone in its level, and # at the end.",
  ],
  nothing: ["it passes nothing on", "Add a topic that goes up, or one that comes down."],
  tlsMissing: [
    "the server wants TLS, and no files are named for it",
    "Name the authority's file on the gateway.",
  ],
  tlsStray: ["files for TLS are named, and the server is without", "Write the server as tls+mqtt-tcp://…."],
};

export function bridgeFault(reason: string): Cause {
  return bridgeFaults[reason as BridgeFault] ?? bridgeFaults.topic;
}

const ruleFaults: Readonly<Record<RuleFault, Cause>> = {
  notSelect: ["its statement does not begin with SELECT", "Write what it selects, and from which stream."],
  notStream: [
    "its statement does not create a stream of its name",
    "Write CREATE STREAM with the same name.",
  ],
  streamMissing: [
    "it reads a stream that the site does not have",
    "Add the stream, or correct the name after FROM.",
  ],
  noAction: ["it does nothing with what it finds", "Add an action, such as mqtt."],
  passwordMissing: [
    "a password in its action is not known on this computer",
    "Type it into the site's rule again, or take the rule from the gateway where it runs.",
  ],
};

export function ruleFault(reason: string): Cause {
  return ruleFaults[reason as RuleFault] ?? ruleFaults.notSelect;
}
