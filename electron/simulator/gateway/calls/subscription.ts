import { isObject, type JsonObject } from "../json.ts";
import type { Subscription } from "../model.ts";
import { error, Refusal } from "../refusal.ts";
import { addSubscription } from "../registry.ts";
import { bodyOf, type Core, done, type Handlers, objectsIn, queried, staticTagsIn, textIn } from "./call.ts";

export const subscriptionCalls: Handlers = {
  "GET subscribe": (core, call) => ({
    groups: core.registry.app(queried(call, "app")).subscriptions.map(printedSubscription),
  }),
  "POST subscribe": (core, call) => {
    const body = bodyOf(call);
    subscribe(core, textIn(body, "app"), body);
    return done;
  },
  "PUT subscribe": (core, call) => {
    const body = bodyOf(call);
    const subscription = findSubscription(core, body);
    if (isObject(body.params)) subscription.params = body.params;
    subscription.staticTags = staticTagsIn(body);
    return done;
  },
  "DELETE subscribe": (core, call) => {
    const body = bodyOf(call);
    const { subscriptions } = core.registry.app(textIn(body, "app"));
    subscriptions.splice(subscriptions.indexOf(findSubscription(core, body)), 1);
    return done;
  },
  "POST subscribes": (core, call) => {
    const body = bodyOf(call);
    const app = textIn(body, "app");
    for (const group of objectsIn(body, "groups")) subscribe(core, app, group);
    return done;
  },
  "GET subscribes": (core, call) => {
    const { subscriptions } = core.registry.app(queried(call, "app"));
    const isSubscribed = (driver: string, group: string) =>
      subscriptions.some((s) => s.driver === driver && s.group === group);
    return {
      drivers: core.registry.drivers
        .filter((node) => node.groups.size > 0)
        .map((node) => ({
          name: node.name,
          groups: [...node.groups.keys()].map((name) => ({
            name,
            subscribed: isSubscribed(node.name, name),
          })),
        })),
    };
  },
};

/** Subscribes and sends at once what is known of the group. */
export function subscribe(core: Core, appName: string, body: JsonObject): void {
  const app = core.registry.app(appName);
  const driver = core.registry.driver(textIn(body, "driver"));
  const group = core.registry.group(driver.name, textIn(body, "group"));
  const params = isObject(body.params) ? body.params : undefined;
  const subscription = addSubscription(app, driver.name, group.name, params, staticTagsIn(body));
  if (group.readings.size > 0) core.runtime.appOf(app)?.report(group, subscription);
}

export function printedSubscription(subscription: Subscription): JsonObject {
  return {
    driver: subscription.driver,
    group: subscription.group,
    params: subscription.params,
    static_tags: subscription.staticTags,
  };
}

function findSubscription(core: Core, body: JsonObject): Subscription {
  const app = core.registry.app(textIn(body, "app"));
  const driver = textIn(body, "driver");
  const group = textIn(body, "group");
  const found = app.subscriptions.find((s) => s.driver === driver && s.group === group);
  if (found === undefined) throw new Refusal(error.notSubscribed);
  return found;
}
