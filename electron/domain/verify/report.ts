import type { Phrase } from "#domain/phrase.ts";
import type { Line, Site, Uplink } from "#domain/site/site.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { type Deviation, isProvable, type Summary, summarise } from "./summary.ts";
import type { VerdictState, WireTruth } from "./tagCheck.ts";

const reportFormat = 1;

/** One attempt at one point: what was seen and what was made of it. Times in ms since 1970. */
export interface PointEvidence {
  readonly key: string;
  /** from 1; a retest is a new attempt and never replaces an older one */
  readonly attempt: number;
  readonly state: VerdictState;
  readonly says: Phrase;
  readonly at: number;
  readonly wire: {
    readonly text: string;
    readonly at: number;
    readonly words: string;
    /** absent in evidence of earlier versions, which always read themselves */
    readonly by?: WireTruth;
  } | null;
  readonly gateway: { readonly text: string; readonly at: number } | null;
  readonly cloud: {
    readonly text: string;
    readonly at: number;
    /** the message's own timestamp, gateway's clock */
    readonly sampledAt: number;
    readonly topic: string;
  } | null;
  readonly latencyMs: number | null;
  /** gateway's clock minus ours at the time, whole seconds */
  readonly skewMs?: number;
  /** what moved the value; absent: what the process did by itself */
  readonly stimulus?: Stimulus;
}

/** A change that was made to prove a still value. Readings as texts. */
export interface Stimulus {
  /** written by Lastmile and put back, or changed by hand at the device */
  readonly way: "write" | "device";
  readonly from: string;
  readonly to: string;
  /** the value that was there stands there again; null where nothing was written */
  readonly restored: boolean | null;
}

/** What is known around the points. */
export interface ReportFacts {
  readonly madeAt: number;
  readonly program: string;
  readonly gateway: { readonly url: string; readonly version: string; readonly skewMs: number } | null;
  /** digest of the configuration in force, see printConfig; empty when it was not read */
  readonly configDigest: string;
  /** digest of the evidence file's last line */
  readonly evidence: string;
}

/** The minimum data set of one point. */
export interface PointRecord extends Omit<PointEvidence, "stimulus"> {
  readonly line: string;
  readonly group: string;
  readonly tag: string;
  readonly unit: number;
  readonly functionCode: number;
  /** 0-based, as it goes over the wire */
  readonly wireAddress: number;
  /** as a manual prints it, register numbers from 1 */
  readonly printed: string;
  readonly type: string;
  readonly order: string;
  readonly scale: number;
  readonly bias: number;
  readonly engineeringUnit: string;
  /** what moved the value; "none": what the process did by itself */
  readonly stimulus: Stimulus | "none";
}

/** The report as plain data; every rendering of it shows this and nothing else. */
export interface Report {
  readonly format: number;
  readonly verdict: "good" | "bad";
  readonly site: { readonly id: string; readonly name: string; readonly path: readonly string[] };
  readonly engineer: string;
  readonly madeAt: number;
  readonly program: string;
  readonly gateway: ReportFacts["gateway"];
  readonly broker: Pick<Uplink, "host" | "port" | "tls" | "clientId" | "qos"> | null;
  readonly configDigest: string;
  readonly evidence: string;
  readonly summary: Summary;
  readonly points: readonly PointRecord[];
  /** keys of provable tags without a final verdict, named one by one */
  readonly untested: readonly string[];
  readonly deviations: readonly Deviation[];
}

/**
 * @param points every attempt there was, any order; those of tags that the site no longer has are left out
 * @returns points in the site's order, each tag's attempts oldest first; good only if every provable tag's last
 *          attempt was the same at both ends
 */
export function reportOf(site: Site, points: readonly PointEvidence[], facts: ReportFacts): Report {
  const attempts = new Map<string, PointEvidence[]>();
  for (const point of [...points].sort((a, b) => a.attempt - b.attempt)) {
    attempts.set(point.key, [...(attempts.get(point.key) ?? []), point]);
  }
  const latest = new Map(
    [...attempts].flatMap(([key, all]) => all.slice(-1).map((point) => [key, point] as const)),
  );
  const summary = summarise(site, latest);
  const { uplink } = site;
  return {
    format: reportFormat,
    verdict: summary.good ? "good" : "bad",
    site: { id: site.id, name: site.name, path: site.path },
    engineer: site.engineer,
    madeAt: facts.madeAt,
    program: facts.program,
    gateway: facts.gateway,
    broker: uplink && {
      host: uplink.host,
      port: uplink.port,
      tls: uplink.tls,
      clientId: uplink.clientId,
      qos: uplink.qos,
    },
    configDigest: facts.configDigest,
    evidence: facts.evidence,
    summary,
    points: site.tags.flatMap((tag) =>
      (attempts.get(tagKey(tag)) ?? []).map((point) => recordOf(site, tag, point)),
    ),
    untested: site.tags.filter((tag) => isProvable(tag) && !isFinal(latest.get(tagKey(tag)))).map(tagKey),
    deviations: site.tags.flatMap((tag) => deviationsOf(attempts.get(tagKey(tag)) ?? [])),
  };
}

/** The report as text: the same report, the same bytes. */
export function printReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function recordOf(site: Site, tag: Tag, point: PointEvidence): PointRecord {
  const line: Line | undefined = site.lines.find((one) => one.id === tag.line);
  return {
    key: point.key,
    line: line?.name ?? tag.line,
    group: tag.group,
    tag: tag.name,
    unit: tag.address.unit,
    functionCode: functionCodes[tag.address.area],
    wireAddress: tag.address.offset,
    printed: printAddress(tag.address),
    type: tag.type,
    order: tag.address.order ?? tag.address.stringOrder ?? "",
    scale: tag.scale,
    bias: tag.bias,
    engineeringUnit: tag.unit,
    attempt: point.attempt,
    state: point.state,
    says: point.says,
    at: point.at,
    wire: point.wire,
    gateway: point.gateway,
    cloud: point.cloud,
    latencyMs: point.latencyMs,
    ...(point.skewMs !== undefined && { skewMs: point.skewMs }),
    stimulus: point.stimulus ?? "none",
  };
}

const functionCodes = { coil: 1, discrete: 2, holding: 3, input: 4 } as const;

function isFinal(point: PointEvidence | undefined): boolean {
  return point !== undefined && point.state !== "waiting";
}

function deviationsOf(attempts: readonly PointEvidence[]): readonly Deviation[] {
  return attempts
    .filter((point) => point.state !== "same" && point.state !== "waiting")
    .map(({ key, attempt, at, state, says }) => ({
      key,
      attempt,
      at,
      state,
      says,
      closed: attempts.some((later) => later.attempt > attempt && later.state === "same"),
    }));
}
