import type { CallName } from "#contract/contract.ts";
import type { Workbench } from "#contract/server.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { phrase } from "#domain/phrase.ts";
import { firstTiming } from "#domain/plan/scanTiming.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Line } from "#domain/site/site.ts";
import { adviceDetailOf, adviseUplink } from "./advice/adviceJob.ts";
import { applyConfig } from "./applyConfig.ts";
import { makeBundle } from "./bundleDesk.ts";
import { showCertificates, wasGoodAlone } from "./certificates.ts";
import { cloneSites } from "./clone/cloneSites.ts";
import { detectSettings } from "./detect.ts";
import { askOverMqtt } from "./downlink/askOverMqtt.ts";
import { drillDetailOf, runDrill } from "./drill/drillJob.ts";
import { findGateways } from "./find/findGateways.ts";
import { keepSnapshot } from "./keptSnapshot.ts";
import { lastUsedSettings } from "./lastUsed.ts";
import type { Parts } from "./parts.ts";
import { placesToRead } from "./profileShelf.ts";
import { makeProofReport, pointsInEvidence } from "./proofReport.ts";
import { certifyUnits } from "./quality.ts";
import { usualQualityPlan } from "./qualityPlan.ts";
import { resolveDetailOf, resolveTag } from "./resolveTag.ts";
import { rollBackGateway } from "./rollBack.ts";
import { type ScanDetail, scanDetail, scanUnits } from "./scan.ts";
import { privateHosts, scanNetwork } from "./scanNetwork.ts";
import { standIn, standInBegin } from "./standin/standIn.ts";
import { proveByChange } from "./stimulus/proveByChange.ts";
import { checkUplink } from "./uplinkCheck.ts";
import { verifyTags } from "./verifyTags.ts";
import { watchMessages } from "./watchMessages.ts";
import { writeTag } from "./writeTag.ts";
import { writeThroughGateway } from "./writeThrough.ts";

type Started = Extract<CallName, `job.${string}`>;

/** The calls that start long work and answer with its id. */
export function jobHandlers(parts: Parts): Pick<Workbench["handlers"], Started> {
  const { world, tables, desk, lines, live, gateway, probe, programs, files, jobs, wire } = parts;
  const { clock } = world;
  const noDetail = { digest: "", nodes: 0, tags: 0 };

  function lineOf(id: string): Line {
    const line = desk.site().lines.find((candidate) => candidate.id === id);
    if (!line) throw new ProblemError({ code: "line.unknown", line: id });
    return line;
  }

  async function stopStandIn(): Promise<void> {
    const active = [...tables.jobs.items()].find(
      ({ state, detail }) => detail.kind === "standin" && (state === "running" || state === "stopping"),
    );
    if (!active) return;
    jobs.cancel(active.key);
    await jobs.ended(active.key);
  }

  /** What a scan had come to that was stopped, or that the program left behind. */
  function stoppedScan(jobId: string, line: string): ScanDetail {
    const job = tables.jobs.get(jobId);
    const isOver = job && job.state !== "running" && job.state !== "stopping";
    if (!isOver || job.detail.kind !== "scan" || job.detail.line !== line)
      throw new ProblemError({ code: "job.unknown", job: jobId });
    return job.detail;
  }

  return {
    "job.scan": async ({ line: id, from, to, continues }) => {
      const traffic = lines.traffic(id);
      const line = lineOf(id);
      const fresh = scanDetail(line, from, to);
      const detail = continues === undefined ? fresh : { ...stoppedScan(continues, id), listenedMs: 0 };
      return {
        jobId: jobs.start(detail, async (job) =>
          scanUnits(
            line,
            traffic,
            job,
            clock.monotonic,
            firstTiming(line),
            await placesToRead(world.profiles),
          ),
        ),
      };
    },
    "job.network": async ({ range, port, perSecond }) => {
      const hosts = privateHosts(range);
      const detail = { kind: "network" as const, range, port, hosts: hosts.length, asked: 0, found: [] };
      return { jobId: jobs.start(detail, (job) => scanNetwork(hosts, { port, perSecond }, world, job)) };
    },
    "job.gateways": async ({ range, perSecond }) => {
      const hosts = privateHosts(range);
      const detail = { kind: "gateways" as const, range, hosts: hosts.length, asked: 0, found: [] };
      return { jobId: jobs.start(detail, (job) => findGateways(hosts, perSecond, world, job)) };
    },
    "job.snapshot": async () => {
      gateway.session();
      const jobId = jobs.start({ kind: "snapshot", ...noDetail }, async (job) => {
        job.progress(0, 1, phrase("doing.readingGateway"));
        const config = await probe.apart(() => gateway.refresh(job.signal));
        const digest = gateway.digest(config);
        const count = config.tags.reduce((sum, group) => sum + group.tags.length, 0);
        await keepSnapshot(world, job.record, { url: gateway.session().url, digest, config });
        job.show({ kind: "snapshot", digest, nodes: config.nodes.length, tags: count });
        return true;
      });
      return { jobId };
    },
    "job.apply": async () => {
      gateway.session();
      const jobId = jobs.start({ kind: "apply", stages: [], digest: "" }, async (job) => {
        // The gateway is about to poll the serial lines: two masters on one line disturb each other.
        await stopStandIn();
        await live.stop();
        for (const line of desk.site().lines) if (line.kind === "serial") await lines.close(line.id);
        try {
          return await probe.apart(() => applyConfig(world, desk, gateway, job));
        } finally {
          await gateway.refresh(new AbortController().signal).catch(() => undefined);
        }
      });
      return { jobId };
    },
    "job.rollback": async () => {
      gateway.session();
      // The same kind as applying, because the two must never run beside each other.
      const jobId = jobs.start({ kind: "apply", stages: [], digest: "" }, async (job) => {
        try {
          return await probe.apart(() => rollBackGateway(world, desk, gateway, job));
        } finally {
          await gateway.refresh(new AbortController().signal).catch(() => undefined);
        }
      });
      return { jobId };
    },
    "job.program": async ({ program, action }) => {
      programs.need(program);
      // One kind for all three, because they must never run beside each other.
      const detail = { kind: "program" as const, program, stages: [], digest: "" };
      return { jobId: jobs.start(detail, (job) => programs.run(program, action, job)) };
    },
    "job.uplink": async () => {
      const site = desk.site();
      const detail = { kind: "uplink" as const, stages: [], chain: null, trips: [], pingsMs: [] };
      return { jobId: jobs.start(detail, (job) => checkUplink(world, site, gateway, wire, tables, job)) };
    },
    "job.standin": async (choice) => {
      const target = { site: desk.site(), path: desk.path ?? "" };
      const detail = standInBegin(choice);
      return { jobId: jobs.start(detail, (job) => standIn(world, target, { lines, wire, tables }, job)) };
    },
    "job.verify": async () => {
      gateway.session();
      const site = desk.site();
      const detail = {
        kind: "verify" as const,
        total: site.tags.length,
        same: 0,
        bad: 0,
        waiting: site.tags.length,
      };
      const jobId = jobs.start(detail, async (job) => {
        await live.stop();
        return verifyTags(world, site, { gateway, lines, wire, tables }, pointsInEvidence(desk), job);
      });
      return { jobId };
    },
    "job.stimulus": async ({ tag, way, value }) => {
      gateway.session();
      const site = desk.site();
      const detail = {
        ...{ kind: "stimulus" as const, tag, way, value, before: null, after: null },
        ...{ restored: null, latencyMs: null, stages: [] },
      };
      const jobId = jobs.start(detail, async (job) => {
        await live.stop();
        return proveByChange(world, site, { gateway, lines, wire, tables }, pointsInEvidence(desk), job);
      });
      return { jobId };
    },
    "job.downlink": async ({ tag, value }) => {
      const site = desk.site();
      const detail = { kind: "downlink" as const, tag, value, before: null, after: null, stages: [] };
      return { jobId: jobs.start(detail, (job) => askOverMqtt(site, gateway, world, job)) };
    },
    "job.watch": async (wanted) => {
      const site = desk.site();
      const detail = { kind: "watch" as const, filters: wanted.filters, messages: 0, bytes: 0 };
      return { jobId: jobs.start(detail, (job) => watchMessages(world, site, wire, wanted, job)) };
    },
    "job.advice": async (choice) => {
      const site = desk.site();
      return { jobId: jobs.start(adviceDetailOf(choice), (job) => adviseUplink(world, site, job)) };
    },
    "job.drill": async ({ by, how, holdSeconds }) => {
      if (by === "proxy") gateway.session();
      const site = desk.site();
      const detail = drillDetailOf({ by, how, holdSeconds });
      return { jobId: jobs.start(detail, (job) => runDrill(world, site, { gateway, wire }, job)) };
    },
    "job.bundle": async () => {
      const report = makeProofReport(world, tables, desk, gateway);
      const none = { download: "", name: "", size: 0, digest: "", files: 0, secrets: "none" as const };
      const detail = { kind: "bundle" as const, ...none };
      return { jobId: jobs.start(detail, (job) => makeBundle(world, { desk, gateway, files }, report, job)) };
    },
    "job.clone": async ({ uploadId, folder, issuedAt = new Date(clock.now()).toISOString() }) => {
      const table = fromBase64(files.take(uploadId));
      if (table === undefined) throw new ProblemError({ code: "input.invalid", reason: "base64" });
      const order = { template: desk.site(), near: desk.path ?? "", table, folder, issuedAt };
      const detail = { kind: "clone" as const, folder, sites: 0, made: 0 };
      return { jobId: jobs.start(detail, (job) => cloneSites(world, order, job)) };
    },
    "job.report": async ({ form, language }) => {
      desk.site();
      const detail = {
        kind: "report" as const,
        form,
        language,
        files: [],
        digest: "",
        grade: "notHeld" as const,
      };
      return { jobId: jobs.start(detail, (job) => parts.reports.make(job)) };
    },
    "job.cancel": async ({ jobId }) => {
      jobs.cancel(jobId);
      return {};
    },
    "job.detect": async ({ line: id }) => {
      const line = lineOf(id);
      if (line.kind !== "serial") throw new ProblemError({ code: "line.settingsInvalid", reason: "tcp" });
      const detail = { kind: "detect" as const, line: id, passive: null, candidates: [], best: null };
      const jobId = jobs.start(detail, async (job) => {
        // Other settings need the port to themselves.
        await stopStandIn();
        await live.stop();
        await lines.close(id);
        const lastUsed = lastUsedSettings(desk.site(), desk.evidence(), id);
        return detectSettings(line, world, job, { lastUsed, onFrame: (frame) => wire.frame(line, frame) });
      });
      return { jobId };
    },
    "job.quality": async ({ line: id, units: [unit = 1, ...next], soakMinutes }) => {
      const line = lineOf(id);
      const traffic = lines.traffic(id);
      const detail = { kind: "quality" as const, line: id, unit, next, certificate: null };
      const certifying = {
        line,
        traffic,
        world,
        plan: { ...usualQualityPlan, soakMs: soakMinutes * 60_000 },
        wasGoodAlone: (one: number) => wasGoodAlone(desk, id, one),
        onCertified: () => showCertificates(desk, tables),
      };
      return { jobId: jobs.start(detail, (job) => certifyUnits(certifying, job)) };
    },
    "job.resolve": async ({ line: id, after, ...question }) => {
      const line = lineOf(id);
      const traffic = lines.traffic(id);
      const before = after === null ? undefined : tables.jobs.get(after)?.detail;
      if (after !== null && before?.kind !== "resolve")
        throw new ProblemError({ code: "job.unknown", job: after });
      const earlier = before?.kind === "resolve" ? before.samples : [];
      const detail = resolveDetailOf(id, question, earlier);
      return { jobId: jobs.start(detail, (job) => resolveTag(line, traffic, world, question, job)) };
    },
    "job.writeThrough": async ({ tag, value }) => {
      gateway.session();
      const detail = { kind: "write" as const, tag, value, before: null, after: null, stages: [] };
      return { jobId: jobs.start(detail, (job) => writeThroughGateway(desk.site(), gateway, world, job)) };
    },
    "job.write": async ({ tag, value }) => {
      const detail = { kind: "write" as const, tag, value, before: null, after: null, stages: [] };
      return { jobId: jobs.start(detail, (job) => writeTag(desk.site(), lines, world, job)) };
    },
  };
}
