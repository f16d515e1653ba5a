import type { Workbench } from "#contract/server.ts";
import { toBase64 } from "#domain/bundle/base64.ts";
import { FaultError } from "#domain/fault.ts";
import { interruptedJobs } from "#domain/job/interruptedJobs.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SiteEdit } from "#domain/site/edit.ts";
import { newSite } from "#domain/site/newSite.ts";
import { applyConfig } from "./applyConfig.ts";
import { checkBundle, makeBundle } from "./bundleDesk.ts";
import { gatewayDesk, uplinkSecret } from "./gatewayDesk.ts";
import { interruptedView } from "./interrupted.ts";
import { jobRunner } from "./jobRunner.ts";
import { lineDesk } from "./lineDesk.ts";
import { liveValues } from "./liveValues.ts";
import { makeReport, pointsInEvidence } from "./report.ts";
import { scanUnits } from "./scan.ts";
import { siteDesk } from "./siteDesk.ts";
import { createTables } from "./tables.ts";
import { tagDesk } from "./tagDesk.ts";
import { openTraining, startTrainingOf } from "./trainingDesk.ts";
import { transfers } from "./transfers.ts";
import { checkUplink } from "./uplinkCheck.ts";
import { verifyTags } from "./verifyTags.ts";
import { wireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

export interface OpenWorkbench {
  readonly workbench: Workbench;
  /** resolves when a job has ended; for clients that wait, such as the command line */
  readonly jobEnded: ReturnType<typeof jobRunner>["ended"];
  readonly report: () => ReturnType<typeof makeReport>;
  /**
   * Cancels what runs, saves what is unsaved, closes lines and the site; then throws file.unwritable or
   * file.changedOutside when edits could not be saved.
   */
  close(): Promise<void>;
}

/** The whole program behind the screen: every call of the contract, every table behind a topic. */
export function createWorkbench(world: World): OpenWorkbench {
  const tables = createTables();
  const { clock, crypto } = world;
  const wire = wireLog(tables.wire);
  const desk = siteDesk(world, tables);
  const lines = lineDesk(world, tables, wire, desk.site);
  const live = liveValues(world, tables, lines, desk.site);
  const gateway = gatewayDesk(world, tables, desk);
  const files = transfers(crypto);
  const tags = tagDesk(desk, files, crypto);
  const jobs = jobRunner({ jobs: tables.jobs, clock, crypto, record: desk.record });
  tables.session.set({
    key: "session",
    reading: false,
    secretsLast: world.secrets.lasting,
    trainingRunning: false,
  });

  desk.onChange((site, before) => {
    if (site && before) {
      lines.follow(site);
      live.follow(site);
      gateway.siteChanged();
      if (JSON.stringify(site.uplink) !== JSON.stringify(before.uplink)) resetUplink();
    } else if (site) {
      tables.links.set({
        key: "gateway",
        state: "idle",
        says: phrase("link.signedOut", { version: "", url: site.gateway?.url ?? "" }),
        failure: null,
      });
      resetUplink();
      for (const job of interruptedJobs(desk.evidence())) {
        const view = interruptedView(job);
        if (view) tables.jobs.set(view);
      }
    } else {
      tables.links.clear();
    }
  });

  function resetUplink(): void {
    tables.links.set({ key: "uplink", state: "idle", says: phrase("link.notChecked"), failure: null });
  }

  let turn: Promise<unknown> = Promise.resolve();

  /** Opening and closing come one after another: two pages that open a site at once both get it. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /**
   * What belongs to one site ends before another is opened.
   *
   * @throws FaultError file.unwritable when edits are not on the disk: then the site stays open
   */
  async function leave(): Promise<void> {
    await desk.flush().catch((error) => error instanceof FaultError && Promise.reject(error));
    await release();
  }

  async function release(): Promise<void> {
    await live.stop();
    await jobs.stopAll();
    gateway.signOut();
    await lines.closeAll();
    await desk.close();
  }

  const noDetail = { digest: "", nodes: 0, tags: 0 };
  const handlers: Workbench["handlers"] = {
    "app.info": async () => ({ version: world.version, host: world.host }),
    "sites.list": async () => [...(await world.sites.list())],
    "site.create": async ({ name, path }) => {
      if (name.trim() === "")
        throw new ProblemError({ code: "name.empty", what: "site", at: { field: "name" } });
      await inTurn(async () => {
        await leave();
        await desk.create(newSite(crypto.randomId(), name, path));
      });
      return {};
    },
    "site.open": async ({ path }) => {
      await inTurn(async () => {
        if (path !== desk.path || !desk.isWritable) await leave();
        await desk.open(path);
        await startTrainingOf(world, tables, desk);
      });
      return {};
    },
    "site.training": async () => {
      await inTurn(async () => {
        if (desk.path && desk.site().training) return;
        await leave();
        await openTraining(world, tables, desk);
      });
      return {};
    },
    "training.table": async () => ({ name: "training tags.csv", text: await world.training.tagTable() }),
    "site.close": async () => {
      await inTurn(leave);
      return {};
    },
    "site.edit": async ({ edit }) => {
      desk.edit(edit as SiteEdit);
      return {};
    },
    "site.undo": async () => {
      desk.undo();
      return {};
    },
    "site.redo": async () => {
      desk.redo();
      return {};
    },
    "ports.list": async () => [...(await world.ports.list())],
    "line.close": async ({ line }) => {
      await lines.close(line);
      return {};
    },
    "gateway.signIn": async ({ url, user, password }) => {
      await gateway.signIn(url, user, password);
      return {};
    },
    "gateway.signOut": async () => {
      gateway.signOut();
      return {};
    },
    "gateway.plan": () => gateway.plan(),
    "uplink.setPassword": async ({ password }) => {
      await world.secrets.set(uplinkSecret(desk.site()), password);
      return {};
    },
    "live.start": async () => {
      live.start();
      return {};
    },
    "live.stop": async () => {
      await live.stop();
      return {};
    },
    "upload.append": async ({ id, text }) => {
      files.append(id, text);
      return {};
    },
    "tags.preview": async ({ uploadId, line }) => tags.preview(uploadId, line),
    "tags.import": async ({ importId }) => tags.take(importId),
    "tags.export": async () => tags.export(),
    "job.scan": async ({ line: id, from, to }) => {
      const traffic = lines.traffic(id);
      const line = desk.site().lines.find((candidate) => candidate.id === id);
      if (!line) throw new ProblemError({ code: "line.unknown", line: id });
      const detail = {
        kind: "scan" as const,
        line: id,
        from,
        to: Math.max(from, to),
        asked: 0,
        listenedMs: 0,
        units: [],
      };
      return { jobId: jobs.start(detail, (job) => scanUnits(line, traffic, job, clock.monotonic)) };
    },
    "job.snapshot": async () => {
      gateway.session();
      const jobId = jobs.start({ kind: "snapshot", ...noDetail }, async (job) => {
        job.progress(0, 1, phrase("doing.readingGateway"));
        const config = await gateway.refresh(job.signal);
        const digest = gateway.digest(config);
        const count = config.tags.reduce((sum, group) => sum + group.tags.length, 0);
        await world.secrets.set(`snapshot:${digest}`, JSON.stringify(config));
        await job.record("snapshot", { url: gateway.session().url, digest });
        job.show({ kind: "snapshot", digest, nodes: config.nodes.length, tags: count });
        return true;
      });
      return { jobId };
    },
    "job.apply": async () => {
      gateway.session();
      const jobId = jobs.start({ kind: "apply", stages: [], digest: "" }, async (job) => {
        // The gateway is about to poll the serial lines: two masters on one line disturb each other.
        await live.stop();
        for (const line of desk.site().lines) if (line.kind === "serial") await lines.close(line.id);
        try {
          return await applyConfig(world, gateway, job);
        } finally {
          await gateway.refresh(new AbortController().signal).catch(() => undefined);
        }
      });
      return { jobId };
    },
    "job.uplink": async () => {
      const site = desk.site();
      const detail = { kind: "uplink" as const, stages: [], roundTripsMs: [] };
      return { jobId: jobs.start(detail, (job) => checkUplink(world, site, gateway, wire, tables, job)) };
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
    "job.bundle": async () => {
      const report = makeReport(world, tables, desk, gateway);
      const detail = { kind: "bundle" as const, download: "", name: "", size: 0, digest: "", files: 0 };
      return { jobId: jobs.start(detail, (job) => makeBundle(world, { desk, gateway, files }, report, job)) };
    },
    "job.cancel": async ({ jobId }) => {
      jobs.cancel(jobId);
      return {};
    },
    "bundle.check": async ({ uploadId }) => checkBundle(world, files.take(uploadId)),
    "download.read": async ({ id, offset }) => {
      const { bytes, next, done } = files.read(id, offset);
      return { base64: toBase64(bytes), next, done };
    },
  };

  return {
    workbench: { handlers, tables },
    jobEnded: jobs.ended,
    report: () => makeReport(world, tables, desk, gateway),
    close: () =>
      inTurn(async () => {
        // Who waits for the end learns that edits are not on the disk; everything is let go all the same.
        const unsaved: unknown = await desk.flush().then(
          () => undefined,
          (error) => error,
        );
        await release();
        await world.training.stop();
        if (unsaved !== undefined) throw unsaved;
      }),
  };
}
