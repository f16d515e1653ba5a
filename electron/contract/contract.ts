import { z } from "zod";
import { programs } from "#domain/gateway/program.ts";
import { tagSchema } from "#domain/site/schema.ts";
import { exportFormats } from "#domain/tables/formats.ts";
import {
  acceptanceView,
  checklistView,
  keptPhoto,
  recordInput,
  reportCheck,
  signInput,
} from "./acceptanceViews.ts";
import { bundleCheck, receiptView } from "./bundleViews.ts";
import { call, nothing } from "./callShape.ts";
import {
  countsView,
  diffView,
  planView,
  programDiffView,
  programView,
  sshAccount,
  takeView,
} from "./gatewayViews.ts";
import { importChoice, importPreview } from "./importViews.ts";
import { jobCalls } from "./jobCalls.ts";
import { seenIdentity, unitCertificateView } from "./lineViews.ts";
import { lintView } from "./lintView.ts";
import { profileView, proposalView } from "./profileViews.ts";
import { siteEdit } from "./siteEdit.ts";
import { lineBudgetView } from "./tagViews.ts";
import {
  delegateOrder,
  documentView,
  publicKey,
  revokeOrder,
  roles,
  rootOrder,
  rotateOrder,
  trustView,
} from "./trustViews.ts";
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

const portInfo = z.strictObject({
  path: z.string(),
  label: z.string(),
  manufacturer: z.string(),
  serialNumber: z.string(),
  usbId: z.string(),
  latencyTimerMs: z.exactOptional(z.number()),
  simulated: z.boolean(),
});

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
  /** reads registers of one unit once, for a person who looks at them */
  "line.read": call(
    z.strictObject({
      line: z.string(),
      unit: z.int().min(1).max(247),
      area: z.enum(["holding", "input"]),
      offset: z.int().min(0).max(65_535),
      count: z.int().min(1).max(125),
      /** through the port of the gateway that is signed in; absent: over our own wire */
      through: z.literal("gateway").exactOptional(),
    }),
    z.strictObject({ words: z.array(z.number()), at: z.number(), latencyMs: z.number() }),
  ),
  /** this machine's networks, as ranges that can be searched */
  "networks.list": call(nothing, z.array(z.strictObject({ name: z.string(), range: z.string() }))),
  "line.close": call(z.strictObject({ line: z.string() }), nothing),
  "gateway.signIn": call(
    z.strictObject({
      url: z.string().max(255),
      user: z.string().max(64),
      password: z.string().max(64),
      ssh: sshAccount.exactOptional(),
      /** who is trusted all the same: a certificate's fingerprint or a hardware address, as a fault showed it */
      trust: z.string().max(128).exactOptional(),
    }),
    nothing,
  ),
  "gateway.signOut": call(nothing, nothing),
  /** what the applier printed when the gateway was paired: bundles are then for it alone */
  "gateway.pair": call(
    z.strictObject({
      serial: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/),
      key: publicKey,
      /** what secrets are sealed to, signed by `key`; without it they do not travel */
      sealKey: publicKey.exactOptional(),
      sealProof: z
        .string()
        .regex(/^[A-Za-z0-9+/]{86}==$/)
        .exactOptional(),
    }),
    z.strictObject({ keyFingerprint: z.string() }),
  ),
  "gateway.plan": call(nothing, planView),
  /** `uploadId` names a bundle handed in by upload.append; null compares design and gateway */
  "gateway.diff": call(z.strictObject({ uploadId: z.string().nullable() }), diffView),
  /** what runs on the gateway as lines and tags of a site without tags; `take` puts it into the site, else it is only shown */
  "gateway.take": call(z.strictObject({ take: z.boolean() }), takeView),
  /** counters and last errors of its nodes, as far as its version tells them */
  "gateway.counts": call(nothing, countsView),
  /** a new password for the user who is signed in */
  "gateway.setPassword": call(z.strictObject({ password: z.string().min(4).max(16) }), nothing),
  /** `uploadId` names NanoMQ's configuration file, handed in by upload.append; null where there is none */
  "program.signIn": call(
    z.strictObject({
      program: z.enum(programs),
      url: z.string().max(255),
      user: z.string().max(64),
      password: z.string().max(64),
      uploadId: z.string().nullable(),
    }),
    nothing,
  ),
  "program.signOut": call(z.strictObject({ program: z.enum(programs) }), nothing),
  "program.diff": call(z.strictObject({ program: z.enum(programs) }), programDiffView),
  /** puts what runs there into the site: one bridge, or all streams and rules; passwords go to the kept secrets */
  "program.take": call(z.strictObject({ program: z.enum(programs), item: z.string().nullable() }), nothing),
  "bridge.setPassword": call(z.strictObject({ password: z.string().max(1024) }), nothing),
  "uplink.setPassword": call(z.strictObject({ password: z.string().max(4096) }), nothing),
  /** the private key of the client certificate, PEM; empty forgets it */
  "uplink.setKey": call(z.strictObject({ key: z.string().max(65_536) }), nothing),
  "live.start": call(nothing, nothing),
  "live.stop": call(nothing, nothing),
  /** appends text to a file being handed in; a chunk is at most 512 K characters */
  "upload.append": call(z.strictObject({ id: z.string().max(64), text: z.string().max(524_288) }), nothing),
  /** looks at an upload: text, or base64 of a file's bytes. The latest one can be looked at again with other choices */
  "tags.preview": call(
    z.strictObject({
      uploadId: z.string(),
      line: z.string(),
      base64: z.boolean().exactOptional(),
      choice: importChoice.exactOptional(),
    }),
    importPreview,
  ),
  "tags.import": call(
    z.strictObject({ importId: z.string(), removeMissing: z.boolean().exactOptional() }),
    z.strictObject({ taken: z.number(), removed: z.number() }),
  ),
  "tags.export": call(
    z.strictObject({ format: z.enum(exportFormats).exactOptional(), line: z.string().exactOptional() }),
    z.strictObject({
      download: z.string(),
      name: z.string(),
      tags: z.number(),
      /** fields that the format cannot carry, and how many tags lose something by it */
      losses: z.array(z.strictObject({ field: z.string(), tags: z.number() })),
      leftOut: z.array(z.string()),
    }),
  ),
  /** a device profile's points as tags of one unit; `take` puts them into the site, else they are only shown */
  "tags.fromProfile": call(
    z.strictObject({
      profile: z.string().max(200),
      line: z.string(),
      unit: z.int().min(1).max(247),
      group: z.string().trim().min(1).max(64),
      /** ids of points; null: all */
      points: z.array(z.string()).max(2000).nullable(),
      /** of the tags' descriptions */
      language: z.enum(["en", "zh"]),
      /** powers of ten read from the unit, by the point that holds them */
      exponents: z.record(z.string(), z.int().min(-10).max(10)),
      take: z.boolean(),
    }),
    z.strictObject({
      tags: z.array(z.strictObject({ tag: tagSchema, printed: z.string() })),
      taken: z.number(),
      problems: z.array(failureView),
    }),
  ),
  "profiles.list": call(
    nothing,
    z.strictObject({ profiles: z.array(profileView), problems: z.array(failureView) }),
  ),
  "profiles.propose": call(z.strictObject({ seen: seenIdentity }), z.array(proposalView)),
  "thing.export": call(
    z.strictObject({ format: z.enum(["model", "td"]) }),
    z.strictObject({ download: z.string(), name: z.string() }),
  ),
  /** compares a thing model or Thing Description with the site; `take` adds tags for what has none */
  "thing.import": call(
    z.strictObject({ uploadId: z.string(), line: z.string(), take: z.boolean() }),
    z.strictObject({
      title: z.string(),
      properties: z.number(),
      mapped: z.number(),
      /** properties that no tag stood for, and tags that no property asked for */
      unmapped: z.array(z.string()),
      unused: z.array(z.string()),
      /** how many of the unmapped say where they are */
      mappable: z.number(),
      taken: z.number(),
      problems: z.array(failureView),
    }),
  ),
  /** the reads of the gateway and of Lastmile, and which groups the lines have no time for */
  "tags.plan": call(nothing, z.strictObject({ good: z.boolean(), lines: z.array(lineBudgetView) })),
  /** lints the site's tags, or those that the gateway runs now */
  "tags.lint": call(z.strictObject({ of: z.enum(["site", "gateway"]) }), lintView),
  ...jobCalls,
  /** `uploadId` names base64 text handed in by upload.append */
  "bundle.check": call(
    z.strictObject({
      uploadId: z.string(),
      /** uploads of the owner's root, and of the gateway's receipt, to be checked with it */
      rootId: z.exactOptional(z.string()),
      receiptId: z.exactOptional(z.string()),
    }),
    bundleCheck,
  ),
  /** keeps a gateway's receipt with the site, so that the next bundle follows what the gateway has */
  "bundle.receipt": call(z.strictObject({ uploadId: z.string() }), receiptView),
  /** what a table of sites (base64) would make of the open site as its template; nothing is written */
  "clone.look": call(
    z.strictObject({ uploadId: z.string() }),
    z.strictObject({
      sites: z.number(),
      first: z.array(z.strictObject({ name: z.string(), folder: z.string(), serial: z.string() })),
      problems: z.array(failureView),
    }),
  ),
  /** a table to be filled in, with the open site as its one row */
  "clone.table": call(
    nothing,
    z.strictObject({ download: z.string(), name: z.string(), variables: z.array(z.string()) }),
  ),
  "trust.show": call(nothing, trustView),
  /** a key for a role, made and kept on this computer where there is none yet */
  "trust.makeKey": call(z.strictObject({ role: z.enum(roles) }), trustView),
  /** keeps a document of the chain (base64), so that bundles made here carry it */
  "trust.take": call(z.strictObject({ uploadId: z.string() }), trustView),
  "trust.makeRoot": call(rootOrder, documentView),
  /** adds this computer's root key to the signatures of a document */
  "trust.sign": call(z.strictObject({ uploadId: z.string() }), documentView),
  "trust.rotate": call(rotateOrder, documentView),
  "trust.delegate": call(delegateOrder, documentView),
  "trust.revoke": call(revokeOrder, documentView),
  "checklists.list": call(
    nothing,
    z.strictObject({ checklists: z.array(checklistView), problems: z.array(failureView) }),
  ),
  /** starts the acceptance test with these checklists, or adds them to it */
  "acceptance.plan": call(
    z.strictObject({ checklists: z.array(z.string().max(40)).min(1).max(20) }),
    nothing,
  ),
  /** answers when what was done is on the disk */
  "acceptance.record": call(recordInput, nothing),
  /** the tester signs with this computer's key, the witness by name */
  "acceptance.sign": call(signInput, nothing),
  /** keeps a photo (base64 handed in by upload.append) without what the camera wrote beside the picture */
  "acceptance.photo": call(z.strictObject({ uploadId: z.string() }), keptPhoto),
  "photo.read": call(
    z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    z.strictObject({ download: z.string(), name: z.string() }),
  ),
  /** the ids name uploads of base64: a report (.json or .html), and what it is to be held against */
  "report.check": call(
    z.strictObject({
      uploadId: z.string(),
      evidenceId: z.exactOptional(z.string()),
      bundleId: z.exactOptional(z.string()),
      receiptId: z.exactOptional(z.string()),
      rootId: z.exactOptional(z.string()),
    }),
    reportCheck,
  ),
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
  certificates: unitCertificateView,
  links: linkView,
  gateway: gatewayView,
  programs: programView,
  live: liveView,
  verify: verifyView,
  acceptance: acceptanceView,
  wire: wireView,
} as const;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]["input"]>;
export type CallOutput<N extends CallName> = z.infer<(typeof calls)[N]["output"]>;
export type TopicName = keyof typeof topics;
export type TopicItem<N extends TopicName> = z.infer<(typeof topics)[N]>;

/** How many items of a topic a client keeps: frames pass, the rest are tables. */
export const keptItems: Partial<Record<TopicName, number>> = { wire: 2000 };
