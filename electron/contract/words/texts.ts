/** A place in a document: `nodes.0.name`, `lines[0].settings`. */
const at = String.raw`(?:([\w.[\]-]*): )?`;

/**
 * Reasons that come as English text rather than as a word, from schemas, JSON readers, ports and our own checks, by
 * what they mean. The first that fits counts; what stands in brackets is given to the words.
 */
export const texts = {
  notJson: /^notJson$/,
  noToken: /^token$/,
  answerTooLarge: /^tooLarge$/,
  notBase64: /^base64$/,
  noPort: /^port$/,
  otherBytes: /^otherBytes$/,
  tooSlow: /^tooSlow$/,
  noPdf: /^noPdf$/,
  jsonEnds: /^(?:Unexpected end of JSON|Unterminated string|the text (?:ends too early|does not end))/,
  jsonBreaks: /(?:JSON at position|at character) (\d+)/,
  jsonStray: /^Unexpected token '?(.)'?/,
  notObject: /^it is not a JSON object$/,
  noFormat: /^it must be a whole number from 1$/,
  gone: /^no (?:import|upload|download) /,
  tooLarge: /^larger than (\d+) (?:characters|bytes)$/,
  notKnownHere: /^no such (?:call|topic): /,
  notPayload: /^not a message of a gateway: (.+)$/,
  topicInvalid: /^Invalid topic (.+)$/,
  quoteOpen: /^a quotation mark is not closed$/,
  option: /^--(\S+) (.*)$/,
  timeout: /^timeout (.+) ms$/,
  host: /^host "(.*)"$/,
  port: /^port (.+)$/,
  gatewayPort: /^gateway port "(.*)"$/,
  baudRate: /baud rate (?:of )?(\d+)/,
  dataBits: /^(?:Error:? )?Invalid data bits/,
  parity: /^(?:Error:? )?Invalid parity/,
  stopBits: /^(?:Error:? )?Invalid stop bits/,
  asciiFraming: /^ASCII framing$/,
  groups: /^(\d+) groups on (.*), (\d+) at most$/,
  notTcp: /^(.*) is not tcp:\/\/host:port$/,
  manifest: /^manifest\.json (?:is not JSON|and manifest\.dsse)/,
  cutOff: /cut off$|does not end where it should$/,
  twice: /^(.+) is there twice$/,
  tooManyFiles: /^more than (\d+) files$/,
  entryOdd: /^(.+) has (?:an unusual header|bytes after its end|no plain path or size)$/,
  missing: new RegExp(`^${at}Invalid input: expected .+, received undefined$`),
  wrongKind: new RegExp(`^${at}Invalid input: expected (\\w+), received \\w+$`),
  wrongChoice: new RegExp(`^${at}Invalid (?:option: expected one of|input: expected) (.+)$`),
  unknownField: new RegExp(`^${at}Unrecognized keys?: "?([^"]+)"?`),
  tooBig: new RegExp(`^${at}Too big: .*?<=?([\\d.]+)`),
  tooSmall: new RegExp(`^${at}Too small: .*?>=?(-?[\\d.]+)`),
  misshapen: new RegExp(`^${at}Invalid `),
} as const satisfies Readonly<Record<string, RegExp>>;

/** A language's words for each of them: a clause without a full stop. A part that was not there is "". */
export type TextWords = { readonly [T in keyof typeof texts]: (first: string, ...more: string[]) => string };

/** The reason in words; a text that is not known stays as it is, in quotes. */
export function inWords(words: TextWords, reason: string): string {
  for (const kind of Object.keys(texts) as (keyof typeof texts)[]) {
    const match = texts[kind].exec(reason);
    if (match === null) continue;
    const [first = "", ...more] = match.slice(1).map((part: string | undefined) => part ?? "");
    return words[kind](first, ...more);
  }
  return `“${reason.trim().replace(/[.。]+$/, "")}”`;
}
