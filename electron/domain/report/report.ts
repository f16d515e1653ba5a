import { z } from "zod";
import { acceptanceSchema } from "../acceptance/acceptance.ts";
import { grades, reasons } from "../acceptance/grade.ts";
import { phraseCodes } from "../phrase.ts";

const count = z.number();
/** ms since 1970, within what a calendar has */
const time = z.number().min(0).max(8.64e15);
const text = z.string();
const phrase = z.strictObject({
  code: z.enum(phraseCodes),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
const verdictState = z.enum(["waiting", "same", "differs", "stale", "failed"]);

const pointSchema = z.strictObject({
  key: text,
  line: text,
  group: text,
  tag: text,
  unit: count,
  functionCode: count,
  /** 0-based, as it goes over the wire */
  wireAddress: count,
  /** as the vendor's manual prints it where that is known, else in the gateway's form */
  printed: text,
  type: text,
  order: text,
  scale: count,
  bias: count,
  engineeringUnit: text,
  attempt: count,
  state: verdictState,
  says: phrase,
  at: time,
  /** `by`: who told what is true on the wire, where it was not Lastmile's own read */
  wire: z.strictObject({ text, at: time, words: text, by: text }).nullable(),
  gateway: z.strictObject({ text, at: time }).nullable(),
  cloud: z.strictObject({ text, at: time, sampledAt: time, topic: text }).nullable(),
  latencyMs: count.nullable(),
  /** a change that was made to see it pass, as shown; null: the process as it was */
  stimulus: z.strictObject({ way: text, from: text, to: text, restored: z.boolean().nullable() }).nullable(),
});

const deviationSchema = z.strictObject({
  key: text,
  attempt: count,
  at: time,
  state: verdictState,
  says: phrase,
  closed: z.boolean(),
});

const lineSchema = z.strictObject({
  name: text,
  kind: z.enum(["serial", "tcp"]),
  /** the gateway's port or the host, and the settings as people write them: `9600 8E1` */
  place: text,
  settings: text,
  units: z
    .array(
      z.strictObject({
        number: count,
        name: text,
        identity: text,
        profile: text,
      }),
    )
    .readonly(),
  /** the newest certificate of each unit that was measured */
  certificates: z
    .array(
      z.strictObject({
        unit: count,
        at: time,
        verdict: z.enum(["good", "slow", "bad"]),
        says: phrase,
        asked: count,
        good: count,
        badCrc: count,
        silent: count,
        badShare: count,
        p50Ms: count.nullable(),
        p99Ms: count.nullable(),
      }),
    )
    .readonly(),
});

const uplinkSchema = z.strictObject({
  host: text,
  port: count,
  tls: z.boolean(),
  version: text,
  clientId: text,
  qos: count,
  topics: z.array(text).readonly(),
  mutualTls: z.boolean(),
  check: z
    .strictObject({
      at: time,
      good: z.boolean(),
      stages: z.array(z.strictObject({ says: phrase, state: text, ms: count.nullable() })).readonly(),
      chain: z
        .array(z.strictObject({ subject: text, issuer: text, validTo: time, fingerprint: text }))
        .readonly(),
    })
    .nullable(),
});

const drillSchema = z.strictObject({
  at: time,
  good: z.boolean(),
  /** how long nothing came through; null: not told */
  outageMs: count.nullable(),
  arrived: count.nullable(),
  /** null: not known, as where only changes are sent */
  lost: count.nullable(),
  duplicated: count,
  reordered: count,
  late: count,
});

const digest = text;
const configurationSchema = z.strictObject({
  /** of what runs in the gateway, as it was read last; empty: never read */
  running: digest,
  readAt: time.nullable(),
  appliedAt: time.nullable(),
  bundle: z.strictObject({ digest, seq: count, issuer: text, at: time }).nullable(),
  receipt: z
    .strictObject({
      bundle: digest,
      seq: count,
      outcome: z.enum(["applied", "rolledBack"]),
      because: text,
      configAfter: digest,
      counter: count,
      serial: text,
      attestedBy: z.enum(["gateway", "technician"]),
    })
    .nullable(),
});

/** What a site's acceptance comes to: signed as it is, and every rendering shows this and nothing else. */
export const reportSchema = z.strictObject({
  format: z.literal(1),
  site: z.strictObject({
    id: text,
    name: text,
    path: z.array(text).readonly(),
    engineer: text,
    training: z.boolean(),
  }),
  /** ms since 1970, and how far local time was ahead of UTC */
  madeAt: time,
  utcOffsetMinutes: count,
  program: text,
  verdict: z.enum(["good", "bad"]),
  standing: z.strictObject({
    grade: z.enum(grades),
    good: z.boolean(),
    reasons: z.array(z.strictObject({ reason: z.enum(reasons), count })).readonly(),
    items: z.strictObject({ total: count, ok: count, nok: count, na: count, left: count }),
    tags: z.strictObject({ total: count, proved: count, bad: count, deferred: count, untested: count }),
    coverage: count,
  }),
  /** as built */
  lines: z.array(lineSchema).readonly(),
  gateway: z
    .strictObject({
      url: text,
      version: text,
      serial: text,
      keyFingerprint: text,
      signedInAt: time.nullable(),
    })
    .nullable(),
  points: z.array(pointSchema).readonly(),
  /** tags without a final verdict, by Verify or by hand, named one by one */
  untested: z.array(text).readonly(),
  deviations: z.array(deviationSchema).readonly(),
  uplink: uplinkSchema.nullable(),
  drill: drillSchema.nullable(),
  /** how far the gateway's clock was ahead of the laptop's */
  time: z.strictObject({ skewMs: count, at: time }).nullable(),
  credentials: z
    .strictObject({ defaultPassword: z.boolean(), seenAt: time, changedAt: time.nullable() })
    .nullable(),
  configuration: configurationSchema,
  /** the last snapshot, and when one was really put back */
  restore: z.strictObject({ snapshotAt: time.nullable(), snapshot: digest, putBackAt: time.nullable() }),
  acceptance: acceptanceSchema,
  /** the evidence that all of this was derived from: so many lines, ending in this hash */
  evidence: z.strictObject({ lines: count, head: digest }),
});
export type Report = z.infer<typeof reportSchema>;
