import type { ProgramDifference } from "../program.ts";
import { sealed } from "../seal.ts";
import { hiddenInFile } from "./bridgeInFile.ts";
import type { RunningBridge } from "./bridgeSchema.ts";
import type { NanomqState } from "./nanomqState.ts";

type Topic = RunningBridge["forwards"][number];
type Setting = readonly [field: string, text: string, secret?: "secret"];

/** What applying `wanted` would do to the broker, bridge by bridge; without the noise of order. Empty: nothing. */
export function diffNanomq(wanted: NanomqState, running: NanomqState): readonly ProgramDifference[] {
  const shown = bridgeDifferences(wanted, running);
  const isOtherFile = wanted.file !== undefined && running.file !== undefined && wanted.file !== running.file;
  return shown.length > 0 || !isOtherFile ? shown : [otherFile];
}

const otherFile: ProgramDifference = {
  kind: "file",
  change: "change",
  item: "nanomq.conf",
  field: "",
  wanted: "",
  running: "",
};

function bridgeDifferences(wanted: NanomqState, running: NanomqState): readonly ProgramDifference[] {
  const now = new Map(running.bridges.map((bridge) => [bridge.name, bridge]));
  const names = new Set(wanted.bridges.map((bridge) => bridge.name));
  return [
    ...wanted.bridges.flatMap((bridge) => {
      const other = now.get(bridge.name);
      if (other === undefined) return [whole("add", bridge)];
      return [
        ...settingDifferences(bridge.name, settings(bridge), settings(other)),
        ...hiddenDifferences(bridge.name, wanted.file, running.file),
        ...topicDifferences("forward", bridge.name, bridge.forwards, other.forwards),
        ...topicDifferences("subscription", bridge.name, bridge.subscriptions, other.subscriptions),
      ];
    }),
    ...running.bridges.filter((bridge) => !names.has(bridge.name)).map((bridge) => whole("remove", bridge)),
  ];
}

function whole(change: "add" | "remove", bridge: RunningBridge): ProgramDifference {
  const text = `${bridge.server} · ${bridge.clientId}`;
  const texts = change === "add" ? { wanted: text, running: "" } : { wanted: "", running: text };
  return { kind: "bridge", change, item: bridge.name, field: "", ...texts };
}

/** Names as the broker's file has them. */
function settings(bridge: RunningBridge): readonly Setting[] {
  return [
    ["server", bridge.server],
    ["proto_ver", String(bridge.protocol)],
    ["clientid", bridge.clientId],
    ["clean_start", String(bridge.cleanStart)],
    ["keepalive", `${bridge.keepAliveSeconds}s`],
    ["username", bridge.username],
    ["password", bridge.password, "secret"],
    ["enable", String(bridge.enable)],
    ["ssl", bridge.tls ? "on" : ""],
  ];
}

/** What only the file tells: compared where both are known. */
function hiddenDifferences(
  item: string,
  wanted: string | undefined,
  running: string | undefined,
): readonly ProgramDifference[] {
  if (wanted === undefined || running === undefined) return [];
  const of = (file: string) => Object.entries(hiddenInFile(file, item));
  return settingDifferences(item, of(wanted), of(running));
}

function settingDifferences(
  item: string,
  wanted: readonly Setting[],
  running: readonly Setting[],
): readonly ProgramDifference[] {
  const [want, run] = [
    new Map(wanted.map((one) => [one[0], one])),
    new Map(running.map((one) => [one[0], one])),
  ];
  return [...new Set([...want.keys(), ...run.keys()])].flatMap((field) => {
    const [a, b] = [want.get(field)?.[1] ?? "", run.get(field)?.[1] ?? ""];
    if (a === b) return [];
    const secret = (want.get(field) ?? run.get(field))?.[2] === "secret";
    const shown = (text: string) => (secret && text !== "" ? sealed : text);
    return [{ kind: "setting", change: changeOf(a, b), item, field, wanted: shown(a), running: shown(b) }];
  });
}

function topicDifferences(
  kind: "forward" | "subscription",
  item: string,
  wanted: readonly Topic[],
  running: readonly Topic[],
): readonly ProgramDifference[] {
  const text = ({ local, remote, qos }: Topic) =>
    `${kind === "forward" ? `${local} → ${remote || local}` : `${remote} → ${local || remote}`} · QoS ${qos}`;
  const keyOf = (topic: Topic) => (kind === "forward" ? topic.local : topic.remote);
  const [want, run] = [keyed(wanted, keyOf), keyed(running, keyOf)];
  return [...new Set([...want.keys(), ...run.keys()])].flatMap((field) => {
    const [a, b] = [want.get(field), run.get(field)].map((topic) => (topic ? text(topic) : "")) as [
      string,
      string,
    ];
    return a === b ? [] : [{ kind, change: changeOf(a, b), item, field, wanted: a, running: b }];
  });
}

/** One topic may be there twice, so the second has its own key. */
function keyed(topics: readonly Topic[], keyOf: (topic: Topic) => string): ReadonlyMap<string, Topic> {
  const found = new Map<string, Topic>();
  for (const topic of topics) {
    let key = keyOf(topic);
    while (found.has(key)) key += " ";
    found.set(key, topic);
  }
  return found;
}

function changeOf(wanted: string, running: string): ProgramDifference["change"] {
  return running === "" ? "add" : wanted === "" ? "remove" : "change";
}
