/**
 * Sentences that are neither problems nor faults: what a job is doing, what a check found, what a frame says.
 * The words stand in contract/words, one exhaustive table a language; facts fill their places.
 */
export const phraseCodes = [
  // links in the header
  "link.none",
  "link.closed",
  "link.listening",
  "link.free",
  "link.taken",
  "link.polled",
  "link.lost",
  "link.signedOut",
  "link.signedIn",
  "link.unreachable",
  "link.notChecked",
  "link.checked",
  "link.checkFailed",
  // jobs: what is being done now
  "doing.listening",
  "doing.asking",
  "doing.identifying",
  "doing.readingGateway",
  "doing.checkingPlan",
  "doing.snapshot",
  "doing.applying",
  "doing.comparing",
  "doing.waitingForNodes",
  "doing.rollingBack",
  "doing.uplinkStage",
  "doing.collecting",
  "doing.packing",
  "doing.stopping",
  // apply and uplink stages
  "stage.validate",
  "stage.snapshot",
  "stage.apply",
  "stage.compare",
  "stage.health",
  "stage.rollback",
  "stage.name",
  "stage.tcp",
  "stage.tls",
  "stage.connect",
  "stage.subscribe",
  "stage.roundTrip",
  "stage.gatewayLink",
  "stage.groups",
  // what was found in words beside a stage
  "found.addresses",
  "found.open",
  "found.tlsOff",
  "found.tls",
  "found.connected",
  "found.subscribed",
  "found.roundTrips",
  "found.gatewayLinked",
  "found.gatewayNotLinked",
  "found.gatewaySkipped",
  "found.groupsHeard",
  "found.groupsSilent",
  "found.valid",
  "found.snapshot",
  "found.applied",
  "found.equal",
  "found.healthy",
  "found.restored",
  // verdicts of a tag
  "verdict.waiting",
  "verdict.same",
  "verdict.scale",
  "verdict.wordOrder",
  "verdict.sign",
  "verdict.precision",
  "verdict.stale",
  "verdict.swapped",
  "verdict.differs",
  "verdict.wireSilent",
  "verdict.gatewayError",
  "verdict.gatewayMissing",
  "verdict.cloudMissing",
  "verdict.cloudError",
  // frames on the wire
  "wire.read",
  "wire.registers",
  "wire.bits",
  "wire.write",
  "wire.written",
  "wire.exception",
  "wire.identify",
  "wire.identity",
  "wire.other",
  "wire.badCrc",
  "wire.noise",
  "wire.publish",
  "wire.message",
] as const;
export type PhraseCode = (typeof phraseCodes)[number];

export interface Phrase {
  readonly code: PhraseCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

export function phrase(code: PhraseCode, facts: Phrase["facts"] = {}): Phrase {
  return { code, facts };
}
