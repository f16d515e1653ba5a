import type { Problem } from "#domain/problem.ts";
import type { Bridge, BridgeTopic } from "#domain/site/site.ts";
import { filtersMeet, isTopicFilter } from "./topicFilter.ts";

/** What makes a bridge unfit, as a word. */
export type BridgeFault = "server" | "quote" | "empty" | "topic" | "nothing" | "tlsMissing" | "tlsStray";

const serverForm = /^(tls\+)?mqtt-tcp:\/\/(\[[0-9A-Fa-f:.]+\]|[^/:\s]+):\d{1,5}$/;

/**
 * What NanoMQ would take and yet never do, or end over: it is not asked, because it does not tell.
 *
 * @returns `bridge.invalid` with the field in `at`, and `bridge.loop` for messages that would go round for ever
 */
export function checkBridge(bridge: Bridge, password: string): readonly Problem[] {
  const invalid = (field: string, reason: BridgeFault): Problem => ({
    code: "bridge.invalid",
    field,
    reason,
    at: { field },
  });
  const problems: Problem[] = [];
  if (!serverForm.test(bridge.server)) problems.push(invalid("server", "server"));
  if (bridge.clientId.trim() === "") problems.push(invalid("clientId", "empty"));
  if (bridge.forwards.length + bridge.subscriptions.length === 0)
    problems.push(invalid("forwards", "nothing"));
  const secured = bridge.server.startsWith("tls+");
  if (secured && !bridge.tls) problems.push(invalid("tls", "tlsMissing"));
  if (!secured && bridge.tls) problems.push(invalid("tls", "tlsStray"));
  // How NanoMQ reads an escape is not known, and it ends over what it cannot read.
  for (const [field, text] of texts(bridge, password))
    if (/["\\\p{Cc}]/u.test(text)) problems.push(invalid(field, "quote"));
  bridge.forwards.forEach(({ local, remote }, index) => {
    if (!isTopicFilter(local)) problems.push(invalid(`forwards[${index}].local`, "topic"));
    if (/[+#]/.test(remote)) problems.push(invalid(`forwards[${index}].remote`, "topic"));
  });
  bridge.subscriptions.forEach(({ local, remote }, index) => {
    if (!isTopicFilter(remote)) problems.push(invalid(`subscriptions[${index}].remote`, "topic"));
    if (/[+#]/.test(local)) problems.push(invalid(`subscriptions[${index}].local`, "topic"));
  });
  return problems.length > 0 ? problems : loops(bridge);
}

/** A message that comes down and is forwarded up again into the same subscription never ends. */
function loops({ forwards, subscriptions }: Bridge): readonly Problem[] {
  return subscriptions.flatMap((down, index): readonly Problem[] => {
    const arrivesAs = down.local === "" ? down.remote : down.local;
    const back = forwards.find((up) => {
      const leavesAs = up.remote === "" ? up.local : up.remote;
      return filtersMeet(arrivesAs, up.local) && filtersMeet(leavesAs, down.remote);
    });
    return back ? [{ code: "bridge.loop", topic: arrivesAs, at: { field: `subscriptions[${index}]` } }] : [];
  });
}

function texts(bridge: Bridge, password: string): readonly (readonly [string, string])[] {
  const topics = (field: string, items: readonly BridgeTopic[]) =>
    items.flatMap(({ local, remote }, index) => [
      [`${field}[${index}].local`, local] as const,
      [`${field}[${index}].remote`, remote] as const,
    ]);
  return [
    ["server", bridge.server],
    ["clientId", bridge.clientId],
    ["username", bridge.username],
    ["password", password],
    ...(bridge.tls ? Object.values(bridge.tls).map((path) => ["tls", path as string] as const) : []),
    ...topics("forwards", bridge.forwards),
    ...topics("subscriptions", bridge.subscriptions),
  ];
}
