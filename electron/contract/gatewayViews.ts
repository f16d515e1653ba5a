import { z } from "zod";
import { programs } from "#domain/gateway/program.ts";
import { phraseView } from "./phraseView.ts";
import { failureView } from "./views.ts";

/** How the designed configuration differs from the running one, by tag. */
export const planView = z.strictObject({
  equal: z.boolean(),
  nodes: z.strictObject({
    add: z.array(z.string()),
    change: z.array(z.string()),
    remove: z.array(z.string()),
  }),
  tags: z.strictObject({ add: z.number(), change: z.number(), remove: z.number() }),
  problems: z.array(failureView),
});

/** The account of the gateway's computer, for a tunnel to a gateway that listens to itself only. */
export const sshAccount = z.strictObject({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535),
  user: z.string().min(1).max(64),
  password: z.string().max(256).exactOptional(),
  /** private key, PEM or OpenSSH format */
  key: z.string().max(65_536).exactOptional(),
  passphrase: z.string().max(256).exactOptional(),
  /** `SHA256:…` of the server's key, which a person has confirmed */
  hostKey: z.string().max(64).exactOptional(),
});

/** What is not the same in the design, in a bundle and on the gateway; texts, empty where a thing is not. */
export const diffView = z.strictObject({
  equal: z.boolean(),
  /** rows in all; the first 2,000 are given */
  total: z.number(),
  rows: z.array(
    z.strictObject({
      kind: z.enum(["node", "setting", "group", "tag", "subscription"]),
      node: z.string(),
      name: z.string(),
      designed: z.string(),
      /** null: compared without a bundle */
      bundled: z.string().nullable(),
      running: z.string(),
    }),
  ),
  problems: z.array(failureView),
});

/** What taking over what runs there would put into the site, and what cannot be said by a site. */
export const takeView = z.strictObject({
  lines: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["serial", "tcp"]),
      groups: z.number(),
      tags: z.number(),
    }),
  ),
  tags: z.number(),
  /** the broker that it publishes to; null: it publishes nothing */
  uplink: z.strictObject({ host: z.string(), port: z.number(), topic: z.string() }).nullable(),
  /** the first 200, and how many there are */
  notes: z.array(phraseView),
  notesTotal: z.number(),
});

const counter = z.number().nullable();

/** What each node did since it started; null for what its kind or version does not count. */
export const countsView = z.strictObject({
  nodes: z.array(
    z.strictObject({
      node: z.string(),
      reads: counter,
      readErrors: counter,
      sent: counter,
      sendErrors: counter,
      cached: counter,
      disconnections: counter,
      /** the last error of each group that had one, the newest first; `at` by our clock, ms */
      errors: z.array(z.strictObject({ group: z.string(), failure: failureView, at: z.number() })),
    }),
  ),
});

/** A program beside Neuron that somebody signed in to. */
export const programView = z.strictObject({
  key: z.enum(programs),
  url: z.string(),
  /** empty where the program knows no accounts */
  user: z.string(),
  version: z.string(),
  defaultPassword: z.boolean(),
  /** false: it has to be handed in before anything but a known bridge's own settings can be changed */
  fileKnown: z.boolean(),
  digest: z.string(),
  items: z.array(
    z.strictObject({
      kind: z.enum(["bridge", "stream", "rule"]),
      name: z.string(),
      /** this site put it there */
      own: z.boolean(),
      /** null: the program does not tell */
      running: z.boolean().nullable(),
      /** what it is: a server, a statement; never a password */
      text: z.string(),
      /** messages out, messages in, and how many were lost or went wrong */
      counts: z.strictObject({ sent: z.number(), received: z.number(), failed: z.number() }).nullable(),
    }),
  ),
  /** what applying the site would change; null: not compared, or the site wants nothing there */
  differences: z.number().nullable(),
  /** when a change was begun of which nobody knows how it ended; null: none */
  unfinishedSince: z.number().nullable(),
});
export type ProgramView = z.infer<typeof programView>;

/** How the site's part differs from what such a program runs. */
export const programDiffView = z.strictObject({
  equal: z.boolean(),
  total: z.number(),
  rows: z.array(
    z.strictObject({
      kind: z.enum(["bridge", "setting", "forward", "subscription", "file", "stream", "rule"]),
      change: z.enum(["add", "change", "remove"]),
      item: z.string(),
      field: z.string(),
      wanted: z.string(),
      running: z.string(),
    }),
  ),
  problems: z.array(failureView),
});
