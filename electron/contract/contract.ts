import { z } from "zod";
import {
  gatewaySchema,
  groupSchema,
  lineSchema,
  tagSchema,
  unitSchema,
  uplinkSchema,
} from "#domain/site/schema.ts";
import {
  failureView,
  gatewayView,
  jobView,
  linkView,
  liveView,
  sessionView,
  siteView,
  tagView,
  verifyView,
  wireView,
} from "./views.ts";

/**
 * The conversation between a page (or any other client) and the workbench, defined once.
 *
 * A call answers within a second. What takes longer is a job: the call answers its id and the `jobs` topic tells
 * the rest. A topic is a table of keyed items: a snapshot, then changes with a rising `seq`.
 */
const nothing = z.strictObject({});
const jobStarted = z.strictObject({ jobId: z.string() });

export const siteEdit = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("describe"),
    name: z.string().max(127),
    path: z.array(z.string().max(64)).max(6),
    engineer: z.string().max(127),
    note: z.string().max(4000),
  }),
  z.strictObject({ kind: z.literal("setGateway"), gateway: gatewaySchema.nullable() }),
  z.strictObject({ kind: z.literal("putLine"), line: lineSchema }),
  z.strictObject({ kind: z.literal("removeLine"), id: z.string() }),
  z.strictObject({ kind: z.literal("setUnits"), line: z.string(), units: z.array(unitSchema) }),
  z.strictObject({
    kind: z.literal("putTags"),
    tags: z.array(tagSchema).max(100_000),
    groups: z.array(groupSchema),
  }),
  z.strictObject({ kind: z.literal("replaceTag"), key: z.string(), tag: tagSchema }),
  z.strictObject({ kind: z.literal("removeTags"), keys: z.array(z.string()).max(100_000) }),
  z.strictObject({
    kind: z.literal("setInterval"),
    line: z.string(),
    group: z.string(),
    intervalMs: z.int().max(86_400_000),
  }),
  z.strictObject({ kind: z.literal("setUplink"), uplink: uplinkSchema.nullable() }),
]);

const portInfo = z.strictObject({
  path: z.string(),
  label: z.string(),
  manufacturer: z.string(),
  serialNumber: z.string(),
  usbId: z.string(),
  simulated: z.boolean(),
});

/** What an import would do, before it does it. Good rows can be taken without the bad. */
const importPreview = z.strictObject({
  importId: z.string(),
  rows: z.number(),
  good: z.number(),
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  /** the first good rows, as they would stand in the site */
  tags: z.array(
    z.strictObject({
      key: z.string(),
      tag: tagSchema,
      printed: z.string(),
      change: z.enum(["added", "changed", "same"]),
    }),
  ),
  problems: z.array(failureView),
});

/** How the designed configuration differs from the running one, by tag. */
const planView = z.strictObject({
  equal: z.boolean(),
  nodes: z.strictObject({
    add: z.array(z.string()),
    change: z.array(z.string()),
    remove: z.array(z.string()),
  }),
  tags: z.strictObject({ add: z.number(), change: z.number(), remove: z.number() }),
  problems: z.array(failureView),
});

const bundleCheck = z.strictObject({
  good: z.boolean(),
  site: z.string(),
  gateway: z.string(),
  issuedAt: z.string(),
  issuer: z.string(),
  digest: z.string(),
  files: z.array(z.strictObject({ path: z.string(), size: z.number(), sha256: z.string() })),
  problems: z.array(failureView),
});

function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output };
}

export const calls = {
  "app.info": call(nothing, z.strictObject({ version: z.string(), host: z.enum(["desktop", "web", "cli"]) })),
  "sites.list": call(
    nothing,
    z.array(z.strictObject({ path: z.string(), name: z.string(), changedAt: z.number() })),
  ),
  "site.create": call(
    z.strictObject({ name: z.string().max(127), path: z.array(z.string()).max(6) }),
    nothing,
  ),
  "site.open": call(z.strictObject({ path: z.string() }), nothing),
  "site.training": call(nothing, nothing),
  /** the training site's tag table (CSV), to be looked at or handed in like any other */
  "training.table": call(nothing, z.strictObject({ name: z.string(), text: z.string() })),
  "site.close": call(nothing, nothing),
  "site.edit": call(z.strictObject({ edit: siteEdit }), nothing),
  "site.undo": call(nothing, nothing),
  "site.redo": call(nothing, nothing),
  "ports.list": call(nothing, z.array(portInfo)),
  /** this machine's networks, as ranges that can be searched */
  "networks.list": call(nothing, z.array(z.strictObject({ name: z.string(), range: z.string() }))),
  "line.close": call(z.strictObject({ line: z.string() }), nothing),
  "gateway.signIn": call(
    z.strictObject({ url: z.string().max(255), user: z.string().max(64), password: z.string().max(64) }),
    nothing,
  ),
  "gateway.signOut": call(nothing, nothing),
  "gateway.plan": call(nothing, planView),
  "uplink.setPassword": call(z.strictObject({ password: z.string().max(4096) }), nothing),
  "live.start": call(nothing, nothing),
  "live.stop": call(nothing, nothing),
  /** appends text to a file being handed in; a chunk is at most 512 K characters */
  "upload.append": call(z.strictObject({ id: z.string().max(64), text: z.string().max(524_288) }), nothing),
  "tags.preview": call(z.strictObject({ uploadId: z.string(), line: z.string() }), importPreview),
  "tags.import": call(z.strictObject({ importId: z.string() }), z.strictObject({ taken: z.number() })),
  "tags.export": call(nothing, z.strictObject({ download: z.string(), name: z.string() })),
  "job.scan": call(
    z.strictObject({
      line: z.string(),
      from: z.int().min(1).max(247),
      to: z.int().min(1).max(247),
      /** the id of a scan of this line that was stopped: goes on where it ended, in its range, with what it found */
      continues: z.string().exactOptional(),
    }),
    jobStarted,
  ),
  /** looks for hosts that speak Modbus TCP in a range, `192.168.1.0/24` or `192.168.1.10-192.168.1.60` */
  "job.network": call(
    z.strictObject({
      range: z.string().max(64),
      port: z.int().min(1).max(65_535),
      /** hosts asked a second at most */
      perSecond: z.int().min(1).max(200),
    }),
    jobStarted,
  ),
  /** finds baud rate, parity and stop bits: by listening where somebody talks, else by asking */
  "job.detect": call(z.strictObject({ line: z.string() }), jobStarted),
  "job.quality": call(z.strictObject({ line: z.string(), unit: z.int().min(1).max(247) }), jobStarted),
  /** writes one tag after a person confirmed it: read before, write, read back; `value` as the person typed it */
  "job.write": call(z.strictObject({ tag: z.string(), value: z.string().max(200) }), jobStarted),
  "job.snapshot": call(nothing, jobStarted),
  "job.apply": call(nothing, jobStarted),
  "job.uplink": call(nothing, jobStarted),
  "job.verify": call(nothing, jobStarted),
  "job.bundle": call(nothing, jobStarted),
  "job.cancel": call(z.strictObject({ jobId: z.string() }), nothing),
  /** `uploadId` names base64 text handed in by upload.append */
  "bundle.check": call(z.strictObject({ uploadId: z.string() }), bundleCheck),
  /** base64 of the bytes from `offset`; `done` when nothing is left */
  "download.read": call(
    z.strictObject({ id: z.string(), offset: z.int().min(0) }),
    z.strictObject({ base64: z.string(), next: z.number(), done: z.boolean() }),
  ),
} as const;

export const topics = {
  session: sessionView,
  site: siteView,
  tags: tagView,
  jobs: jobView,
  links: linkView,
  gateway: gatewayView,
  live: liveView,
  verify: verifyView,
  wire: wireView,
} as const;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]["input"]>;
export type CallOutput<N extends CallName> = z.infer<(typeof calls)[N]["output"]>;
export type TopicName = keyof typeof topics;
export type TopicItem<N extends TopicName> = z.infer<(typeof topics)[N]>;

/** How many items of a topic a client keeps: frames pass, the rest are tables. */
export const keptItems: Partial<Record<TopicName, number>> = { wire: 2000 };
