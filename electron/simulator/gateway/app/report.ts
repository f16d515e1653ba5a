import { readableTags, showTag } from "../access.ts";
import { isObject, type JsonObject, parseJson, printJson } from "../json.ts";
import { attribute, type Group, type Subscription } from "../model.ts";
import type { Report } from "./formats.ts";
import type { Shown } from "./payload.ts";

/**
 * What of a group goes into the next message to a subscriber: tags with the subscribe attribute only when they
 * changed since they were last sent, errors only when wanted.
 *
 * @returns undefined where nothing is left to send
 */
export function takeReport(
  group: Group,
  subscription: Subscription,
  options: { readonly withErrors: boolean; readonly now: number },
): Report | undefined {
  const tags: Shown[] = [];
  for (const tag of readableTags(group)) {
    const shown = showTag(group, tag);
    const state = shown.error === undefined ? printJson(shown.value ?? null) : `error ${shown.error}`;
    const changed = subscription.sent.get(tag.name) !== state;
    subscription.sent.set(tag.name, state);
    if ((tag.attribute & attribute.subscribe) !== 0 && !changed) continue;
    if (shown.error !== undefined && !options.withErrors) continue;
    tags.push(shown);
  }
  if (tags.length === 0) return undefined;
  return {
    node: subscription.driver,
    group: subscription.group,
    timestamp: options.now,
    tags,
    staticTags: staticTags(subscription.staticTags),
  };
}

/** Static tags come as an object, or as text holding an object with the member `static_tags`. */
function staticTags(given: JsonObject | string | undefined): JsonObject {
  const document = typeof given === "string" ? parseJson(given) : given;
  if (!isObject(document)) return {};
  return isObject(document.static_tags) ? document.static_tags : document;
}
