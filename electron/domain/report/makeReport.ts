import { type EvidenceLine, foldAcceptance } from "../acceptance/foldAcceptance.ts";
import { standingOf, tagStanding } from "../acceptance/grade.ts";
import { settingsText } from "../site/settingsText.ts";
import type { Line, Site } from "../site/site.ts";
import { topicOf } from "../site/topic.ts";
import { printAddress } from "../tag/printAddress.ts";
import { tagKey } from "../tag/tag.ts";
import { type PointEvidence, type ReportFacts as ProofFacts, reportOf } from "../verify/report.ts";
import { isProvable } from "../verify/summary.ts";
import { type EvidenceFacts, factsInEvidence } from "./factsInEvidence.ts";
import { type Report, reportSchema } from "./report.ts";

/** What neither the site nor its evidence says. */
export interface Making {
  readonly madeAt: number;
  readonly utcOffsetMinutes: number;
  readonly program: string;
  /** hash of the last of these lines of evidence */
  readonly head: string;
}

/** The report, from the site and its evidence alone: the same of both, the same report. */
export function makeReport(site: Site, lines: readonly EvidenceLine[], making: Making): Report {
  const facts = factsInEvidence(lines);
  const attempts = lines
    .filter(({ kind }) => kind === "job.verified")
    .flatMap(({ body }) => body.points as readonly PointEvidence[]);
  const proof = reportOf(site, attempts, proofFacts(making));
  const latest = new Map(attempts.map((point) => [point.key, point]));
  const acceptance = foldAcceptance(lines);
  const standing = standingOf(site, acceptance, latest);
  const manual = new Map(site.tags.map((tag) => [tagKey(tag), tag.manual ?? printAddress(tag.address)]));
  const isOpen = (key: string) => ["untested", "deferred"].includes(tagStanding(key, acceptance, latest));
  const { gateway, drill, time, credentials, configuration, restore } = facts;
  const { madeAt, utcOffsetMinutes, program, head } = making;
  const report: Report = {
    format: 1,
    site: {
      id: site.id,
      name: site.name,
      path: site.path,
      engineer: site.engineer,
      training: site.training,
    },
    madeAt,
    utcOffsetMinutes,
    program,
    verdict: standing.good ? "good" : "bad",
    standing,
    lines: site.lines.map((line) => lineOf(line, facts)),
    gateway,
    points: proof.points.map(({ skewMs: _, stimulus, wire, ...point }) => ({
      ...point,
      printed: manual.get(point.key) ?? point.printed,
      wire: wire && { ...wire, by: wire.by ?? "" },
      stimulus: stimulus === "none" ? null : stimulus,
    })),
    untested: site.tags.filter((tag) => isProvable(tag) && isOpen(tagKey(tag))).map(tagKey),
    deviations: proof.deviations,
    uplink: uplinkOf(site, facts),
    drill,
    time,
    credentials,
    configuration,
    restore,
    acceptance,
    evidence: { lines: lines.length, head },
  };
  // What stands in the report is what its schema knows, in the schema's order.
  return reportSchema.parse(report);
}

function proofFacts({ madeAt, program, head }: Making): ProofFacts {
  return { madeAt, program, gateway: null, configDigest: "", evidence: head };
}

function lineOf(line: Line, { certificates }: EvidenceFacts): Report["lines"][number] {
  const serial = line.kind === "serial";
  return {
    name: line.name,
    kind: line.kind,
    place: serial ? line.gatewayPort || line.port : `${line.host}:${line.port}`,
    settings: serial ? settingsText(line.settings) : "",
    units: line.units.map(({ number, name, identity, profile = "" }) => ({
      number,
      name,
      identity,
      profile,
    })),
    certificates: certificates.get(line.id) ?? [],
  };
}

function uplinkOf(site: Site, { uplinkCheck }: EvidenceFacts): Report["uplink"] {
  const { uplink } = site;
  if (uplink === null) return null;
  const { host, port, tls, version, clientId, qos, clientCertificate } = uplink;
  const topics = site.groups.flatMap(({ line: id, name }) => {
    const line = site.lines.find((one) => one.id === id);
    return line === undefined ? [] : [topicOf(site, line, name)];
  });
  return {
    host,
    port,
    tls,
    version,
    clientId,
    qos,
    topics: [...new Set(topics)],
    mutualTls: clientCertificate !== undefined && clientCertificate !== "",
    check: uplinkCheck,
  };
}
