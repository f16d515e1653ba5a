import { z } from "zod";
import { programs } from "#domain/gateway/program.ts";
import { payloadFormats } from "#domain/payload/reading.ts";
import { serialSettingsSchema, siteHeadSchema, tagSchema } from "#domain/site/schema.ts";
import { wireTruths } from "#domain/verify/tagCheck.ts";
import { adviceDetail } from "./adviceViews.ts";
import { drillDetail } from "./drillViews.ts";
import {
  candidateView,
  certificateView,
  foundGateway,
  foundHost,
  foundUnit,
  suspectUnit,
} from "./lineViews.ts";
import { phraseView } from "./phraseView.ts";
import { reportDetail } from "./reportViews.ts";
import { standInDetail } from "./standInViews.ts";
import { resolveDetail } from "./tagViews.ts";
import { wireFailure } from "./wire.ts";

/** What the page is shown. Every view is plain data that survives JSON. */

/** A problem or fault as it crosses the pipe: its code and every fact, where it sits for a problem. */
export const failureView = wireFailure;
export type FailureView = z.infer<typeof failureView>;

export const siteView = z.strictObject({
  key: z.literal("site"),
  head: siteHeadSchema,
  path: z.string(),
  saved: z.enum(["saved", "saving", "unsaved"]),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** why the site cannot be changed, or what opening it found */
  notice: failureView.nullable(),
  evidence: z.strictObject({ lines: z.number(), head: z.string(), cutBytes: z.number() }),
});
export type SiteView = z.infer<typeof siteView>;

export const tagView = z.strictObject({
  key: z.string(),
  /** place in the table */
  index: z.number(),
  tag: tagSchema,
  /** the address in Neuron's grammar, and the 0-based wire address, for people */
  printed: z.string(),
});
export type TagView = z.infer<typeof tagView>;

export const linkView = z.strictObject({
  /** `line:<id>`, `gateway` or `uplink` */
  key: z.string(),
  state: z.enum(["idle", "busy", "ok", "warn", "bad"]),
  says: phraseView,
  failure: failureView.nullable(),
});
export type LinkView = z.infer<typeof linkView>;

export const gatewayView = z.strictObject({
  key: z.literal("gateway"),
  url: z.string(),
  user: z.string(),
  version: z.string(),
  skewMs: z.number(),
  defaultPassword: z.boolean(),
  plugins: z.array(z.string()),
  /** what runs there, refreshed while the page looks */
  nodes: z.array(
    z.strictObject({
      node: z.string(),
      plugin: z.string(),
      running: z.number(),
      link: z.number(),
      rtt: z.number(),
      groups: z.number(),
      tags: z.number(),
    }),
  ),
  /** SHA-256 of the running configuration, and whether it equals the site's; null: not compared yet */
  digest: z.string(),
  differences: z.number().nullable(),
  /** when a change was begun that left the gateway between the old configuration and the new; null: none */
  unfinishedSince: z.number().nullable(),
});
export type GatewayView = z.infer<typeof gatewayView>;

export const liveView = z.strictObject({
  key: z.string(),
  text: z.string(),
  /** for sparks; null when not a number */
  number: z.number().nullable(),
  /** hex words, or bits, as read */
  words: z.string(),
  at: z.number(),
  quality: z.enum(["good", "bad"]),
  failure: failureView.nullable(),
});
export type LiveView = z.infer<typeof liveView>;

const reading = z
  .strictObject({ text: z.string(), number: z.number().nullable(), at: z.number() })
  .nullable();

export const verdicts = ["waiting", "same", "differs", "stale", "failed"] as const;

export const verifyView = z.strictObject({
  key: z.string(),
  index: z.number(),
  wire: reading,
  gateway: reading,
  cloud: reading,
  words: z.string(),
  /** how the wire's value is known: read by us, heard in another master's poll, told by the gateway */
  wireBy: z.enum(wireTruths).nullable(),
  topic: z.string(),
  /** from the read on the wire to the arrival in the cloud */
  latencyMs: z.number().nullable(),
  verdict: z.enum(verdicts),
  says: phraseView,
  attempt: z.number(),
});
export type VerifyView = z.infer<typeof verifyView>;

export const wireView = z.strictObject({
  key: z.string(),
  seq: z.number(),
  at: z.number(),
  medium: z.enum(["modbus", "mqtt"]),
  line: z.string(),
  direction: z.enum(["sent", "received", "heard"]),
  /** Modbus unit; null for MQTT */
  unit: z.number().nullable(),
  says: phraseView,
  /** bytes of a frame, `11 03 …`, or the payload's text */
  bytes: z.string(),
  verdict: z.enum(["good", "badCrc", "short", "unexpected"]),
  gapMs: z.number(),
  /** what an MQTT payload holds, where its format is known */
  decoded: z
    .strictObject({
      format: z.enum(payloadFormats),
      readings: z.array(
        z.strictObject({ device: z.string(), tag: z.string(), text: z.string(), at: z.number().nullable() }),
      ),
      /** readings that are not shown here */
      more: z.number(),
      notes: z.array(phraseView),
    })
    .exactOptional(),
});
export type WireView = z.infer<typeof wireView>;

export const stageView = z.strictObject({
  key: z.string(),
  says: phraseView,
  /** warn: good for the gateway, and yet something to know, in `notes` or in `failure` */
  state: z.enum(["waiting", "busy", "good", "warn", "bad", "skipped"]),
  ms: z.number().nullable(),
  found: phraseView.nullable(),
  failure: failureView.nullable(),
  notes: z.array(phraseView).exactOptional(),
});
export type StageView = z.infer<typeof stageView>;

/** A broker's certificate chain as presented, its own first. Dates in ms of the wall clock. */
export const chainView = z.strictObject({
  protocol: z.string(),
  cipher: z.string(),
  /** when it was looked at: what is past and what is near depends on it */
  at: z.number(),
  /** why it was not accepted, as the word of uplink.tlsFailed; empty when it was */
  cause: z.string(),
  certificates: z.array(
    z.strictObject({
      subject: z.string(),
      issuer: z.string(),
      names: z.array(z.string()).readonly(),
      validFrom: z.number(),
      validTo: z.number(),
      fingerprint: z.string(),
      /** known here: given in the settings, or one of the system's */
      known: z.boolean(),
    }),
  ),
});
export type ChainView = z.infer<typeof chainView>;

/** What a job has to show so far and at its end, by kind. */
export const jobDetail = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("scan"),
    line: z.string(),
    from: z.number(),
    to: z.number(),
    /** units asked so far; asking goes in rising order */
    asked: z.number(),
    listenedMs: z.number(),
    /** how long each unit is waited for, as learned so far */
    timeoutMs: z.number(),
    units: z.array(foundUnit),
    suspects: z.array(suspectUnit),
  }),
  z.strictObject({
    kind: z.literal("network"),
    /** as the person named it */
    range: z.string(),
    port: z.number(),
    hosts: z.number(),
    asked: z.number(),
    found: z.array(foundHost),
  }),
  z.strictObject({
    kind: z.literal("gateways"),
    range: z.string(),
    hosts: z.number(),
    asked: z.number(),
    found: z.array(foundGateway),
  }),
  z.strictObject({
    kind: z.literal("detect"),
    line: z.string(),
    /** true: heard without sending; false: found by asking; null: not known yet */
    passive: z.boolean().nullable(),
    candidates: z.array(candidateView),
    best: serialSettingsSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal("quality"),
    line: z.string(),
    /** the unit that is measured now */
    unit: z.number(),
    /** units that are measured after it */
    next: z.array(z.number()).readonly(),
    certificate: certificateView.nullable(),
  }),
  resolveDetail,
  z.strictObject({
    kind: z.literal("write"),
    tag: z.string(),
    value: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    stages: z.array(stageView),
  }),
  z.strictObject({
    kind: z.literal("stimulus"),
    tag: z.string(),
    /** Lastmile writes the value and puts back what was there, or somebody changes it at the device */
    way: z.enum(["write", "device"]),
    /** what is written; null where the device is changed by hand */
    value: z.string().nullable(),
    /** what was there before, what is there now, as a person reads it */
    before: z.string().nullable(),
    after: z.string().nullable(),
    /** null: nothing was written */
    restored: z.boolean().nullable(),
    /** from the change on the wire to its arrival in the cloud */
    latencyMs: z.number().nullable(),
    stages: z.array(stageView),
  }),
  z.strictObject({
    kind: z.literal("downlink"),
    tag: z.string(),
    /** what is to be written; null: only read */
    value: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    stages: z.array(stageView),
  }),
  z.strictObject({
    kind: z.literal("watch"),
    filters: z.array(z.string()).readonly(),
    messages: z.number(),
    bytes: z.number(),
  }),
  z.strictObject({ kind: z.literal("snapshot"), digest: z.string(), nodes: z.number(), tags: z.number() }),
  z.strictObject({ kind: z.literal("apply"), stages: z.array(stageView), digest: z.string() }),
  z.strictObject({
    kind: z.literal("program"),
    program: z.enum(programs),
    stages: z.array(stageView),
    digest: z.string(),
  }),
  z.strictObject({
    kind: z.literal("uplink"),
    stages: z.array(stageView),
    /** what the broker presented; null without TLS, or before it was seen */
    chain: chainView.nullable(),
    /** there and back by quality of service, each message alone on its way */
    trips: z.array(
      z.strictObject({
        qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
        timesMs: z.array(z.number()),
      }),
    ),
    /** the bare link, by the protocol's own ping */
    pingsMs: z.array(z.number()),
  }),
  standInDetail,
  z.strictObject({
    kind: z.literal("verify"),
    total: z.number(),
    same: z.number(),
    bad: z.number(),
    waiting: z.number(),
  }),
  adviceDetail,
  drillDetail,
  reportDetail,
  z.strictObject({
    kind: z.literal("clone"),
    folder: z.string(),
    sites: z.number(),
    made: z.number(),
  }),
  z.strictObject({
    kind: z.literal("bundle"),
    download: z.string(),
    name: z.string(),
    size: z.number(),
    digest: z.string(),
    files: z.number(),
    /** what became of passwords and keys: there are none, they are sealed to the gateway, or they stay behind */
    secrets: z.enum(["none", "sealed", "left"]),
  }),
]);
export type JobDetail = z.infer<typeof jobDetail>;

export const jobStates = ["running", "stopping", "done", "failed", "cancelled", "interrupted"] as const;

export const jobView = z.strictObject({
  key: z.string(),
  state: z.enum(jobStates),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  done: z.number(),
  total: z.number(),
  doing: phraseView.nullable(),
  leftMs: z.number().nullable(),
  failure: failureView.nullable(),
  /** done, but what was checked is not good */
  good: z.boolean(),
  detail: jobDetail,
});
export type JobView = z.infer<typeof jobView>;

export const sessionView = z.strictObject({
  key: z.literal("session"),
  /** values are read for the Tags step */
  reading: z.boolean(),
  secretsLast: z.boolean(),
  trainingRunning: z.boolean(),
  /** where the training site's NanoMQ and eKuiper answer in this run */
  beside: z.strictObject({ nanomq: z.string(), ekuiper: z.string() }).exactOptional(),
});
