import type { Workbench } from "#contract/server.ts";
import { FaultError } from "#domain/fault.ts";
import { interruptedJobs } from "#domain/job/interruptedJobs.ts";
import { phrase } from "#domain/phrase.ts";
import { acceptanceDesk } from "./acceptance/acceptanceDesk.ts";
import { callHandlers } from "./callHandlers.ts";
import { showCertificates } from "./certificates.ts";
import { gatewayDesk } from "./gatewayDesk.ts";
import { interruptedView } from "./interrupted.ts";
import { jobHandlers } from "./jobHandlers.ts";
import { jobRunner } from "./jobRunner.ts";
import { lineDesk } from "./lineDesk.ts";
import { lintDesk } from "./lintDesk.ts";
import { liveValues } from "./liveValues.ts";
import type { Parts } from "./parts.ts";
import { gatewayProbe } from "./probe/gatewayProbe.ts";
import { profileDesk } from "./profileDesk.ts";
import { programDesk } from "./programs/programDesk.ts";
import { makeProofReport } from "./proofReport.ts";
import { reportDesk } from "./report/reportDesk.ts";
import { siteDesk } from "./siteDesk.ts";
import { restoreLeft } from "./stimulus/restoreLeft.ts";
import { createTables } from "./tables.ts";
import { tagDesk } from "./tagDesk.ts";
import { thingDesk } from "./thingDesk.ts";
import { transfers } from "./transfers.ts";
import { trustHandlers } from "./trustHandlers.ts";
import { wireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

export interface OpenWorkbench {
  readonly workbench: Workbench;
  /** resolves when a job has ended; for clients that wait, such as the command line */
  readonly jobEnded: ReturnType<typeof jobRunner>["ended"];
  readonly report: () => ReturnType<typeof makeProofReport>;
  /**
   * Cancels what runs, saves what is unsaved, closes lines and the site; then throws file.unwritable or
   * file.changedOutside when edits could not be saved.
   */
  close(): Promise<void>;
}

/** A person who looks at registers through the gateway asks for them once a second. */
const probeHoldMs = 3_000;

/** The whole program behind the screen: every call of the contract, every table behind a topic. */
export function createWorkbench(world: World): OpenWorkbench {
  const tables = createTables();
  const { clock, crypto } = world;
  const wire = wireLog(tables.wire);
  const desk = siteDesk(world, tables);
  const lines = lineDesk(world, tables, wire, desk.site);
  const live = liveValues(world, tables, lines, desk.site);
  const gateway = gatewayDesk(world, tables, desk);
  const probe = gatewayProbe(world, probeHoldMs);
  const programs = programDesk(world, tables, desk);
  const files = transfers(crypto);
  const tags = tagDesk(world, desk, files);
  const profiles = profileDesk(world.profiles, desk);
  const things = thingDesk(desk, files);
  const acceptance = acceptanceDesk(world, tables, desk);
  const reports = reportDesk(world, desk, files);
  const lint = lintDesk(world, desk, gateway, profiles);
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
      programs.siteChanged();
      if (JSON.stringify(site.uplink) !== JSON.stringify(before.uplink)) resetUplink();
    } else if (site) {
      tables.links.set({
        key: "gateway",
        state: "idle",
        says: phrase("link.signedOut", { version: "", url: site.gateway?.url ?? "" }),
        failure: null,
      });
      resetUplink();
      showCertificates(desk, tables);
    } else {
      tables.links.clear();
    }
  });

  function resetUplink(): void {
    tables.links.set({ key: "uplink", state: "idle", says: phrase("link.notChecked"), failure: null });
  }

  /** Shows what the program left behind when it went away the last time. */
  async function tellInterrupted(): Promise<void> {
    for (const job of interruptedJobs(desk.evidence())) {
      const view = interruptedView(job);
      // Told once; only a write is told until its tag was written again: it may still hold what nobody meant to leave.
      const waits = view?.detail.kind === "write" && !wasWrittenSince(job.startedAt, view.detail.tag);
      if (view && (waits || view.detail.kind !== "write")) tables.jobs.set(view);
      if (!waits && desk.isWritable) await desk.record("job.ended", { job: job.id, state: "interrupted" });
    }
    restoreLeft(world, desk, lines, jobs);
  }

  function wasWrittenSince(at: number, tag: string): boolean {
    return desk
      .evidence()
      .some((line) => line.kind === "job.written" && line.at > at && line.body.tag === tag);
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
    await probe.close();
    gateway.signOut();
    programs.signOutAll();
    await lines.closeAll();
    await desk.close();
  }

  const parts: Parts = {
    world,
    tables,
    desk,
    lines,
    live,
    gateway,
    probe,
    programs,
    files,
    tags,
    profiles,
    things,
    lint,
    acceptance,
    reports,
    jobs,
    wire,
    inTurn,
    leave,
    tellInterrupted,
  };
  const handlers = { ...callHandlers(parts), ...jobHandlers(parts), ...trustHandlers(parts) };

  return {
    workbench: { handlers, tables },
    jobEnded: jobs.ended,
    report: () => makeProofReport(world, tables, desk, gateway),
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
