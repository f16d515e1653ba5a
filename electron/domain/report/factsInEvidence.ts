import { z } from "zod";
import type { EvidenceLine } from "../acceptance/foldAcceptance.ts";
import { phraseCodes } from "../phrase.ts";
import type { Report } from "./report.ts";

const phrase = z.object({
  code: z.enum(phraseCodes),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});

const signedIn = z.object({
  url: z.string(),
  version: z.string(),
  skewMs: z.number(),
  defaultPassword: z.boolean(),
  digest: z.string(),
});
const paired = z.object({ serial: z.string(), keyFingerprint: z.string() });
const digested = z.object({ digest: z.string() });
const bundled = z.object({ digest: z.string(), seq: z.number(), issuer: z.string() });
const receipt = z.object({
  bundle: z.string(),
  seq: z.number(),
  outcome: z.enum(["applied", "rolledBack"]),
  because: z.string(),
  configAfter: z.string(),
  counter: z.number(),
  gateway: z.object({ serial: z.string() }),
  attestedBy: z.enum(["gateway", "technician"]),
});
const uplinkChecked = z.object({
  good: z.boolean(),
  stages: z.array(z.object({ says: phrase, state: z.string(), ms: z.number().nullable() })),
  chain: z
    .object({
      certificates: z.array(
        z.object({ subject: z.string(), issuer: z.string(), validTo: z.number(), fingerprint: z.string() }),
      ),
    })
    .optional(),
});
const drilled = z.object({
  cutAt: z.number().optional(),
  restoredAt: z.number().optional(),
  arrived: z.number().optional(),
  lost: z.number().nullable(),
  duplicated: z.number(),
  reordered: z.number(),
  late: z.number(),
});
const certified = z.object({
  line: z.string(),
  certificate: z.object({
    unit: z.number(),
    verdict: z.enum(["good", "slow", "bad"]),
    says: phrase,
    asked: z.number(),
    good: z.number(),
    badCrc: z.number(),
    silent: z.number(),
    badShare: z.number(),
    p50Ms: z.number().nullish(),
    p99Ms: z.number().nullish(),
  }),
});

type Certificate = Report["lines"][number]["certificates"][number];

/** What the evidence tells around the points: the newest word on each thing. */
export type EvidenceFacts = Pick<
  Report,
  "gateway" | "drill" | "time" | "credentials" | "configuration" | "restore"
> & {
  readonly uplinkCheck: NonNullable<Report["uplink"]>["check"];
  /** of each line, by its id: the newest of each unit */
  readonly certificates: ReadonlyMap<string, readonly Certificate[]>;
};

/** A line of an older Lastmile that says less than is needed here counts as not there. */
export function factsInEvidence(lines: readonly EvidenceLine[]): EvidenceFacts {
  const last = <T>(kind: string, schema: z.ZodType<T>) => {
    for (let index = lines.length - 1; index >= 0; index -= 1) {
      const line = lines[index];
      if (line?.kind !== kind) continue;
      const read = schema.safeParse(line.body);
      if (read.success) return { ...read.data, at: line.at };
    }
    return undefined;
  };
  const when = (kind: string) => lines.findLast((line) => line.kind === kind)?.at ?? null;

  const seen = last("gateway.signedIn", signedIn);
  const key = last("gateway.paired", paired);
  const checked = last("job.uplinkChecked", uplinkChecked);
  const drill = last("job.drilled", drilled);
  const applied = last("job.applied", digested);
  const snapshot = last("job.snapshot", digested);
  const bundle = last("job.bundled", bundled);
  const told = last("bundle.receipt", receipt);
  const newest = [seen, applied, snapshot]
    .filter((one) => one !== undefined)
    .reduce<{ readonly digest: string; readonly at: number } | undefined>(
      (best, one) => (best === undefined || one.at >= best.at ? one : best),
      undefined,
    );
  return {
    gateway:
      seen === undefined && key === undefined
        ? null
        : {
            url: seen?.url ?? "",
            version: seen?.version ?? "",
            serial: key?.serial ?? "",
            keyFingerprint: key?.keyFingerprint ?? "",
            signedInAt: seen?.at ?? null,
          },
    uplinkCheck:
      checked === undefined
        ? null
        : {
            at: checked.at,
            good: checked.good,
            stages: checked.stages,
            chain: checked.chain?.certificates ?? [],
          },
    drill: drill === undefined ? null : drillFacts(drill),
    time: seen === undefined ? null : { skewMs: seen.skewMs, at: seen.at },
    credentials:
      seen === undefined
        ? null
        : {
            defaultPassword: seen.defaultPassword && (when("gateway.passwordChanged") ?? 0) < seen.at,
            seenAt: seen.at,
            changedAt: when("gateway.passwordChanged"),
          },
    configuration: {
      running: newest?.digest ?? "",
      readAt: newest?.at ?? null,
      appliedAt: applied?.at ?? null,
      bundle: bundle ?? null,
      receipt: told === undefined ? null : receiptFacts(told),
    },
    restore: {
      snapshotAt: snapshot?.at ?? null,
      snapshot: snapshot?.digest ?? "",
      putBackAt: when("job.putBack"),
    },
    certificates: certificatesIn(lines),
  };
}

function drillFacts({ cutAt, restoredAt, ...told }: z.infer<typeof drilled> & { readonly at: number }) {
  const { at, arrived = null, lost, duplicated, reordered, late } = told;
  const outageMs = cutAt === undefined || restoredAt === undefined ? null : restoredAt - cutAt;
  return { at, good: lost === 0, outageMs, arrived, lost, duplicated, reordered, late };
}

function receiptFacts({ gateway, ...told }: z.infer<typeof receipt> & { readonly at: number }) {
  const { bundle, seq, outcome, because, configAfter, counter, attestedBy } = told;
  return { bundle, seq, outcome, because, configAfter, counter, serial: gateway.serial, attestedBy };
}

function certificatesIn(lines: readonly EvidenceLine[]): ReadonlyMap<string, readonly Certificate[]> {
  const found = new Map<string, readonly Certificate[]>();
  for (const { kind, body, at } of lines) {
    if (kind !== "job.certified") continue;
    const read = certified.safeParse(body);
    if (!read.success) continue;
    const { unit, p50Ms = null, p99Ms = null, ...certificate } = read.data.certificate;
    const others = (found.get(read.data.line) ?? []).filter((one) => one.unit !== unit);
    const all = [...others, { unit, at, ...certificate, p50Ms, p99Ms }];
    found.set(
      read.data.line,
      all.sort((one, other) => one.unit - other.unit),
    );
  }
  return found;
}
