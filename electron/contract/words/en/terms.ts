import { clip } from "../given.ts";

/** Names of things that problems speak of, and what is wrong with a type, an access or a call. */

const names: Readonly<Record<string, readonly [one: string, many: string]>> = {
  site: ["site", "sites"],
  line: ["line", "lines named"],
  unit: ["unit", "units with number"],
  group: ["group", "groups named"],
  tag: ["tag", "tags named"],
  topic: ["topic", "topics"],
  "engineering unit": ["engineering unit", "engineering units"],
  description: ["description", "descriptions"],
  signer: ["signer", "signers"],
  clientId: ["client ID", "client IDs"],
};

export function kind(what: string): string {
  return names[what]?.[0] ?? "name";
}

export function kinds(what: string): string {
  return names[what]?.[1] ?? "things named";
}

/** Neuron's own node for events, and the one that Lastmile makes. */
export const takenNames: readonly string[] = ["monitor", "uplink"];

/** A group is told apart by its line's id and its name; people know the name. */
export function ownName(what: string, name: string): string {
  return what === "group" ? name.slice(name.indexOf("/") + 1) : name;
}

const cloned: Readonly<Record<string, string>> = {
  id: "The site id",
  name: "The site name",
  file: "The file name",
  clientId: "The client ID",
  serial: "The gateway's serial number",
  key: "The gateway's key",
  topic: "The topic",
};

/** What no two sites of a batch may share. */
export function clonedPart(what: string): string {
  return cloned[what] ?? "The name";
}

const jobs: Readonly<Record<string, string>> = {
  scan: "scanning a line",
  resolve: "resolving an address",
  snapshot: "taking a snapshot of the gateway",
  apply: "applying to the gateway",
  uplink: "checking the uplink",
  verify: "verifying the tags",
  bundle: "making a bundle",
  clone: "cloning sites",
  report: "making a report",
};

export function job(name: string): string {
  return jobs[name] ?? "a job of this kind";
}

export function ordersFor(type: string): string {
  if (type.endsWith("16")) return "16-bit types take L or B.";
  if (type.endsWith("64") || type === "double") return "64-bit types take L, B, LL, LB, BL, BB, WS or WR.";
  return "32-bit types take LL, LB, BL or BB.";
}

export function typeReason(reason: string): string {
  return reason === "bitArea" ? "coils and discrete inputs hold single bits" : `“${reason}”`;
}

const instead: Readonly<Record<string, string>> = {
  bool: "bit",
  word: "uint16",
  dword: "uint32",
  lword: "uint64",
  int8: "int16",
  uint8: "uint16",
};

export function typeInstead(type: string): string {
  return instead[type.toLowerCase()] ?? "int16 or uint16";
}

const points: Readonly<Record<string, string>> = {
  duplicate: "is described twice",
  samePlace: "has the address and type of another one",
  address: "has an address that does not fit its type or byte order",
  access: "is written although its place can only be read",
  number: "has a scale, bias or decimals that its type cannot have",
  sentinel: "has a special value of another length than its own",
  tooLong: "is longer than one read may be",
  unknown: "is named but not described",
};

export function pointReason(reason: string): string {
  return points[reason] ?? "does not fit";
}

const properties: Readonly<Record<string, string>> = {
  noForm: "it has no Modbus form",
  entity: "its form does not say coil, discrete input, input or holding register",
  address: "its address or length is outside what Modbus has",
  type: "its data type is none that a tag can have, or does not fit its register",
  unit: "its unit number is missing or not 1 to 247",
  line: "it names no line of this site",
  name: "it has no name that a gateway takes",
  duplicate: "another property has the same name",
  limits:
    "its name, unit or description is longer than a gateway takes, or its access does not fit its register",
};

export function propertyReason(reason: string): string {
  return properties[reason] ?? "it does not fit";
}

const readOnly =
  "Leave reading only, or take the coil or holding register that the manual gives for writing.";

const accesses: Readonly<Record<string, readonly [says: string, tryThis: string]>> = {
  discrete: ["discrete inputs cannot be written", readOnly],
  input: ["input registers cannot be written", readOnly],
  registerBit: [
    "a single bit of a register cannot be written",
    "Leave reading only, or write the whole register as a tag of its own.",
  ],
  readOnly: ["the site says that it is only read", "Tick Write at the tag, if its manual allows writing."],
  none: ["it is neither read nor written", "Choose at least reading."],
};

export function accessReason(reason: string): readonly [says: string, tryThis: string] {
  return (
    accesses[reason] ?? [
      `“${clip(reason, 24)}” is not known`,
      "Write Read, Write or Subscribe, or several of them.",
    ]
  );
}

export function columnList(columns: string): string {
  return columns.split(", ").join(" and ");
}

const choices: Readonly<Record<string, readonly [says: string, tryThis: string]>> = {
  base: ["whether its numbers count from 0 or from 1", "Choose the number of the first register, 0 or 1."],
  area: ["in which area its numbers stand", "Choose holding, input, discrete or coil."],
  unit: ["which unit it is for", "Choose the unit number."],
  start: ["where the model begins in the device", "Give the wire address of the model's first register."],
};

export function choice(what: string): string {
  return choices[what]?.[0] ?? "all that is needed";
}

export function choiceTry(what: string): string {
  return choices[what]?.[1] ?? "Choose it for the whole table.";
}

const damages: Readonly<Record<string, string>> = {
  zip: "the spreadsheet is damaged or cut off",
  encrypted: "it is protected by a password",
  tooLarge: "it holds more than any table of tags",
  oldExcel: "it is a spreadsheet of before 2007 (.xls)",
  json: "it is not whole JSON",
  yaml: "it is not valid YAML",
  shape: "nothing in it is a list of tags of this format",
};

export function damage(reason: string): string {
  return damages[reason] ?? "it is damaged";
}

const parts: Readonly<Record<string, string>> = {
  scaling: "the scaling",
  registers: "the registers",
  rule: "the rule",
  startingAddress: "the unquoted address",
  count: "a place that only the device knows, behind",
};

export function partName(part: string): string {
  return parts[part] ?? `the part ${part}`;
}

/** What to do about an input, by the beginning of its reason. */
export function inputTry(reason: string): string {
  if (reason.startsWith("no such ")) return "Reload the page.";
  if (reason.startsWith("no ")) return "Start this action again.";
  return reason.startsWith("larger ")
    ? "Choose a smaller file, or split it."
    : "Correct the value and try again.";
}

/** A wrong call: what is missing, or how it is written; further lines are kept for copying. */
export function usage(reason: string): string {
  const [first = "", ...more] = reason.split("\n");
  return [`${usageClause(first)}.`, ...more].join("\n");
}

function usageClause(reason: string): string {
  if (reason.startsWith("needs ")) return `This call ${reason}`;
  const unknown = /^(?:unknown verb|Unknown option) (.+)$/.exec(reason)?.[1];
  if (unknown !== undefined) return `There is no “${unknown.replace(/^["']|["']$/g, "")}” to call`;
  const isForm = reason.includes(" | ") || reason.includes("[--");
  return isForm ? `Write it like this: lastmile ${reason}` : `This call does not fit: ${reason}`;
}
