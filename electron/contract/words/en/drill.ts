import type { PhraseCode } from "#domain/phrase.ts";
import { given, plural } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { span } from "./span.ts";

type DrillCode = Extract<PhraseCode, `doing.drill${string}` | `drill${string}`>;

/** The outage drill: what is being done, why samples were lost, what to do. */
export const drill: Pick<PhraseWords, DrillCode> = {
  "doing.drillPreparing": () => "Listening at the broker before anything is cut",
  "doing.drillBefore": () => "Counting while the link is up",
  "doing.drillPull": () => "Pull the network cable between gateway and broker now",
  "doing.drillOut": () => "The link is cut",
  "doing.drillPlug": () => "Plug the cable in again now",
  "doing.drillTail": () => "The link is back: waiting for what was kept",

  "drillCause.cacheOff": (f) =>
    `${messages(f.lost)} lost: the gateway keeps nothing while its broker is away.`,
  "drillCause.cacheSmall": (f) =>
    `${messages(f.lost)} lost: the cache was full${given(f.messages, (kept) => ` at ${kept} messages`)}, and the oldest gave way.`,
  "drillCause.cacheLost": (f) =>
    `${messages(f.lost)} lost although the cache is on: a restart or new settings threw it away.`,
  "drillCause.qos0": (f) =>
    `${messages(f.lost)} lost at QoS 0: sent into the dead connection before the gateway noticed, and never repeated.`,
  "drillCause.unrepeated": (f) =>
    `${messages(f.lost)} lost although QoS asks for an acknowledgement: sent into the dead connection and not sent again.`,
  "drillCause.notBack": (f) => `${messages(f.lost)} missing: the gateway did not come back after the outage.`,
  "drillCause.outside": (f) => `${messages(f.lost)} lost while the link was up.`,
  "drillCause.unknown": (f) => `${messages(f.lost)} lost in the outage, for a reason that does not show.`,
  "drillTry.cacheOff": () =>
    "Switch on the offline cache of the gateway's MQTT node: applying this site does it.",
  "drillTry.cacheSmall": () =>
    "Give the cache more memory and disk, or publish less: longer intervals, or only what changed.",
  "drillTry.cacheLost": () =>
    "Put the gateway on a supply that outlasts the outage, and do not change its settings while it is offline. Neuron keeps its cache only as long as it runs.",
  "drillTry.qos0": () => "Use QoS 1, so that what was not acknowledged is sent again.",
  "drillTry.unrepeated": () =>
    "Let the gateway publish to a broker on its own machine (NanoMQ), and let that one bridge to the cloud.",
  "drillTry.notBack": () =>
    "Look whether its MQTT node runs, and restart it; then look at the broker's log for why it was not let in.",
  "drillTry.outside": () =>
    "Check the link's quality and the broker's limits; the Uplink step shows round trips and largest message.",
  "drillTry.unknown": () =>
    "Repeat the drill with the proxy in between: it sees what was sent and what was not.",
  "drillTry.waited": () =>
    "Publish something regularly, a counter every ten seconds is enough, so that the bridge empties its queue.",
  "drillTry.held": () =>
    "This proves nothing of the cache: hold longer than one and a half times the keep-alive, or cut with a reset.",
  "drillTry.replaySlow": () => "Shorten the cache's sync interval on the gateway's MQTT node.",

  "drillNote.waited": (f) =>
    `What was kept lay ready for ${span(f.ms)} and came only with the next fresh message, as NanoMQ's bridge does.`,
  "drillNote.held": () => "The connection itself lived through the outage: nothing had to be kept.",
  "drillNote.replaySlow": (f) =>
    `The cache gives back ${f.perSecond ?? 0} messages a second, fewer than the site makes: after a long outage it never catches up.`,
  "drillNote.cacheSpan": (f) =>
    `The cache holds ${plural(f.messages, "message", "messages")}: an outage of ${span(f.ms)} at this site's rate.`,
  "drillNote.skipped": (f) =>
    `The gateway itself left out ${messages(f.count)}: a round took longer than its interval. They do not count as lost.`,
  "drillNote.unheard": (f) => `Not drilled, because nothing of it arrived before the cut: ${f.groups ?? ""}.`,
  "drillNote.ownLink": (f) =>
    `This computer's own way to the broker broke ${plural(f.breaks, "time", "times")} too: messages at QoS 0 may count as lost that were not.`,
  "drillNote.opaque": () => "TLS hides the messages from the proxy: causes are told by what arrived alone.",
};

function messages(count: string | number | undefined): string {
  return plural(count, "message", "messages");
}
