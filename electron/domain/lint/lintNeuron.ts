import type { NeuronConfig, NeuronTag } from "../gateway/neuronConfig.ts";
import { accessBits, typeCodes } from "../gateway/typeCodes.ts";
import type { Problem } from "../problem.ts";
import type { Group } from "../site/site.ts";
import { runThrough } from "../sliced.ts";
import { parseAddress } from "../tag/parseAddress.ts";
import { type Access, accesses, type Tag, type TagType, tagKey } from "../tag/tag.ts";
import { ordersOf } from "../tag/width.ts";
import type { Finding, FindingId, Report } from "./finding.ts";
import { type GatewayKind, lintGroups } from "./lintGroups.ts";
import { lintPlaces } from "./lintPlaces.ts";
import { lintTags } from "./lintTags.ts";

const typeOfCode = new Map((Object.keys(typeCodes) as TagType[]).map((type) => [typeCodes[type], type]));

/** Types that pass Neuron's validation on registers and are read wrong. */
const misreadTypes = new Map([
  [1, "INT8"],
  [2, "UINT8"],
  [12, "BOOL"],
  [16, "WORD"],
  [17, "DWORD"],
  [18, "LWORD"],
  [20, "TIME"],
]);
const readBits = 7;

/** The head of an address as Neuron's reader takes it: digits, whatever they say, and anything behind. */
const looseAddress = /^(\d+)!([0134])(\d+)(.*)$/;

/**
 * What a gateway runs although it should not: addresses and types that Neuron takes and reads as something else, and
 * all that can be said of the tags that are left. Lines go by the names of their nodes.
 *
 * @param gateway that runs it
 */
export function lintNeuron(config: NeuronConfig, gateway?: GatewayKind): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (finding: Finding) => void findings.push(finding);
  const tags: Tag[] = [];
  const modbus = new Set(
    config.nodes.filter(({ plugin }) => plugin.startsWith("Modbus")).map(({ name }) => name),
  );
  for (const { driver, group, tags: own } of config.tags) {
    if (!modbus.has(driver)) continue;
    const base = baseOf(config, driver);
    for (const raw of own) {
      const read = readTag(raw, { line: driver, group }, base, report);
      if (read) tags.push(read);
    }
  }
  const groups: readonly Group[] = config.groups
    .filter(({ driver }) => modbus.has(driver))
    .map(({ driver, group, interval }) => ({ line: driver, name: group, intervalMs: interval }));
  lintGroups({ groups, lines: [], tags }, [], gateway, report);
  runThrough(lintTags(tags, report));
  runThrough(lintPlaces(tags, report));
  return findings;
}

function baseOf(config: NeuronConfig, node: string): 0 | 1 {
  const { params } = config.settings.find((setting) => setting.node === node) ?? {};
  return params?.address_base === 0 ? 0 : 1;
}

/** The tag as a site would have it; undefined, and reported, where no site could. */
function readTag(
  raw: NeuronTag,
  place: { readonly line: string; readonly group: string },
  base: 0 | 1,
  report: Report,
): Tag | undefined {
  const { name, address: text } = raw;
  const tag = tagKey({ ...place, name });
  let isTrue = true;
  const say = (id: FindingId, field: string, facts: Readonly<Record<string, string | number>>) => {
    isTrue = false;
    report({ id, tag, field, facts: { name, text, ...facts } });
  };
  if (raw.attribute > readBits) say("tag.access.unknown", "access", { attribute: raw.attribute });
  const type = typeOfCode.get(raw.type);
  if (type === undefined) {
    say("tag.type.misread", "type", { type: misreadTypes.get(raw.type) ?? String(raw.type) });
  }
  const [, unitText = "", , registerText = ""] = looseAddress.exec(text) ?? [];
  const unit = Number(unitText);
  if (unitText !== "" && (unit === 0 || unit > 247)) {
    say("tag.address.unit", "address", { unit, becomes: unit % 256 });
  } else if (base === 1 && registerText !== "" && Number(registerText) === 0) {
    say("tag.address.alias", "address", { register: registerText });
  } else if (type !== undefined) {
    const parsed = parseAddress(text, type, base);
    if (parsed.ok && isTrue) return { ...place, ...shapeOf(raw, type), name, address: parsed.value };
    if (!parsed.ok) {
      say(isJunk(parsed.problem, unitText) ? "tag.address.junk" : "tag.address.unfit", "address", { type });
    }
  }
  return undefined;
}

/** Something behind a readable beginning: an order that nobody knows is left out like any other text. */
function isJunk(problem: Problem, unitText: string): boolean {
  if (problem.code === "address.orderUnfit")
    return !ordersOf("uint64").some((order) => order === problem.order);
  return problem.code === "address.malformed" && unitText !== "";
}

function shapeOf(raw: NeuronTag, type: TagType): Omit<Tag, "line" | "group" | "name" | "address"> {
  const access: readonly Access[] = accesses.filter((one) => (raw.attribute & accessBits[one]) !== 0);
  return {
    type,
    access,
    scale: raw.decimal === 0 ? 1 : raw.decimal,
    bias: raw.bias,
    precision: raw.precision,
    unit: raw.unit,
    description: raw.description,
  };
}
