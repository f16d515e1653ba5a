import type { TagWrite } from "../access.ts";
import type { JsonObject } from "../json.ts";
import { error, Refusal } from "../refusal.ts";
import { bodyOf, done, type Handlers, objectsIn, textIn } from "./call.ts";

/** Writes answer 0 once the request was sent, whether or not the unit took it, as measured. */
export const writeCalls: Handlers = {
  "POST write": async (core, call) => {
    const body = bodyOf(call);
    return {
      error: await refuseOr(
        core.access.writeOne(textIn(body, "node"), textIn(body, "group"), tagWrite(body)),
      ),
    };
  },
  "POST write/tags": async (core, call) => {
    const body = bodyOf(call);
    const writes = objectsIn(body, "tags").map(tagWrite);
    return {
      error: await refuseOr(core.access.writeMany(textIn(body, "node"), textIn(body, "group"), writes)),
    };
  },
  "POST write/gtags": async (core, call) => {
    const body = bodyOf(call);
    for (const group of objectsIn(body, "groups")) {
      const writes = objectsIn(group, "tags").map(tagWrite);
      await refuseOr(core.access.writeMany(textIn(body, "node"), textIn(group, "group"), writes));
    }
    return done;
  },
};

function tagWrite(body: JsonObject): TagWrite {
  if (body.value === undefined) throw new Refusal(error.body);
  return { tag: textIn(body, "tag"), value: body.value };
}

async function refuseOr(result: Promise<number>): Promise<number> {
  const number = await result;
  if (number !== 0) throw new Refusal(number);
  return number;
}
