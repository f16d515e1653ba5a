import { showTag } from "../access.ts";
import { replyTag, showReading } from "../app/payload.ts";
import { isObject, type JsonObject, scientificNumeral } from "../json.ts";
import type { GatewayTag } from "../model.ts";
import { error } from "../refusal.ts";
import { checkTag, printedTag, readTag } from "../tagRules.ts";
import { isReal } from "../types.ts";
import { bodyOf, type Handlers, integerIn, textIn } from "./call.ts";

export const readCalls: Handlers = {
  "POST read": async (core, call) => {
    const body = bodyOf(call);
    const node = core.registry.driver(textIn(body, "node"));
    const group = core.registry.group(node.name, textIn(body, "group"));
    const poll = () => core.runtime.driverOf(node)?.poll(group);
    // The first one after a change of tags knows nothing yet, as measured.
    if (body.sync === true && group.readings.size > 0) await poll();
    else if (body.sync === true) void poll();
    // A list of tags in the body is not looked at, only the query is, as measured.
    return { tags: core.access.read(node.name, group.name, wantedBy(body)).map(replyTag) };
  },
  "POST read/paginate": (core, call) => {
    const body = bodyOf(call);
    const group = core.registry.group(textIn(body, "node"), textIn(body, "group"));
    const query = isObject(body.query) ? body.query : {};
    const size = Number(query.pageSize ?? 10);
    const page = Number(query.currentPage ?? 1);
    const failed = (tag: GatewayTag) => {
      const reading = group.readings.get(tag.name);
      return reading !== undefined && "error" in reading;
    };
    const tags = [...group.tags.values()]
      .filter((tag) => query.isError !== true || failed(tag))
      .filter(wantedBy(body));
    const items = tags.slice((page - 1) * size, page * size).map((tag) => {
      const { type, name, address, attribute, description, precision, decimal, bias, unit } = printedTag(tag);
      const { name: _, ...state } = replyTag(showTag(group, tag));
      return {
        name,
        type,
        address,
        attribute,
        description,
        precision,
        decimal,
        bias,
        unit,
        ...state,
        attributes: {},
      };
    });
    return { meta: { currentPage: page, pageSize: size, total: tags.length }, items };
  },
  "POST read/test": async (core, call) => {
    const body = bodyOf(call);
    const node = core.registry.driver(textIn(body, "driver"));
    textIn(body, "group");
    for (const name of ["attribute", "type", "precision", "decimal", "bias"]) integerIn(body, name);
    const tag = readTag({ ...body, name: textIn(body, "tag") });
    const driver = core.runtime.driverOf(node);
    if (node.plugin !== "Modbus TCP") return { error: error.testUnsupported };
    if (driver === undefined) return { error: error.notRunning };
    const number = checkTag({ ...tag, decimal: 0, bias: 0 });
    if (number !== 0) return { error: number };
    const reading = await driver.test(tag);
    if ("error" in reading) return { error: reading.error };
    if (Array.isArray(reading.value)) return {};
    if (isReal(tag.type)) return { value: scientificNumeral(Number(reading.value)) };
    return { value: showReading({ ...tag, decimal: 0, bias: 0 }, reading, false).value };
  },
};

function wantedBy(body: JsonObject): (tag: GatewayTag) => boolean {
  const query = isObject(body.query) ? body.query : {};
  const { name, description } = query;
  return (tag) =>
    (typeof name !== "string" || tag.name.includes(name)) &&
    (typeof description !== "string" || tag.description.includes(description));
}
