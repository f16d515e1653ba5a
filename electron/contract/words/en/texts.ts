import { inWords, type TextWords } from "../texts.ts";

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of fields",
  record: "a group of fields",
};

/** The field that a reason is about; a reason without one is about the whole. */
const it = (at: string): string => (at === "" ? "it" : `“${at}”`);

const words: TextWords = {
  notJson: () => "it is not JSON",
  noToken: () => "it gave no token",
  answerTooLarge: () => "it is larger than 32 MB",
  notBase64: () => "it did not arrive whole",
  noPort: () => "no port is chosen",
  otherBytes: () => "it was changed or written by another program",
  tooSlow: () => "the browser took too long",
  noPdf: () => "the browser made none",
  jsonEnds: () => "it ends too early, as if it was cut off",
  jsonBreaks: (position) => `it breaks at character ${position}`,
  jsonStray: (letter) => `there is a “${letter}” where none belongs`,
  notObject: () => "its content is something else",
  noFormat: () => "its format number is missing",
  gone: () => "the file is not waiting here any more",
  tooLarge: (count) => `it is larger than ${Math.round(Number(count) / 1_000_000)} MB`,
  notKnownHere: () => "this page asks for something that the workbench does not know",
  notPayload: () => "the message is not one that a gateway sends",
  topicInvalid: (topic) => `“${topic}” cannot be a topic`,
  quoteOpen: () => "a quotation mark is not closed",
  option: (name, value) => `“${value}” does not fit --${name}`,
  timeout: (ms) => `a time-out of ${ms} ms is outside 1 to 30000 ms`,
  host: (host) => (host.trim() === "" ? "the host is missing" : `“${host}” cannot be a host`),
  port: (port) => `port ${port} is outside 1 to 65535`,
  gatewayPort: (port) =>
    port.trim() === "" ? "the gateway's port is missing" : `“${port}” is too long for a port of the gateway`,
  baudRate: (rate) => `${rate} baud is not possible here`,
  dataBits: () => "this adapter does not do that number of data bits",
  parity: () => "this adapter does not do that parity",
  stopBits: () => "this adapter does not do that number of stop bits",
  asciiFraming: () => "the gateway speaks RTU on serial lines, not ASCII",
  groups: (count, line, most = "") => `${line} has ${count} groups, the gateway takes ${most}`,
  notTcp: (text) => `“${text}” is not of the form tcp://host:port`,
  manifest: () => "its list of files is missing or damaged",
  cutOff: () => "it is cut off",
  twice: (file) => `“${file}” is in it twice`,
  tooManyFiles: (most) => `it holds more than ${most} files`,
  entryOdd: (file) => `“${file}” was not packed by Lastmile`,
  missing: (at) => (at === "" ? "a field is missing" : `${it(at)} is missing`),
  wrongKind: (at, kind = "") => `${it(at)} is not ${kinds[kind] ?? `“${kind}”`}`,
  wrongChoice: (at, choices = "") =>
    `${it(at)} must be ${choices.replaceAll('"', "").split("|").join(" or ")}`,
  unknownField: (at, names = "") => `“${at || names}” is a field that is not known`,
  tooBig: (at, most = "") => `${it(at)} is too large or long, ${most} at most`,
  tooSmall: (at, least = "") => `${it(at)} is too small or short, ${least} at least`,
  misshapen: (at) => `${it(at)} does not have the right form`,
};

/** A reason that came as text, as a clause without a full stop. */
export function reasonText(reason: string): string {
  return inWords(words, reason);
}

/** Several of them, as the workbench joins them; the first three are enough to act. */
export function reasonTexts(reasons: string): string {
  return reasons.split("; ").slice(0, 3).map(reasonText).join("; ");
}
