import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { resourceFolder } from "./folders.ts";
import { type Session, withSession } from "./session.ts";
import { readDownload } from "./tags.ts";
import { type Call, done, type Verb } from "./verb.ts";

/** The scan of the demonstration stops here; a whole scan asks 247 units. */
const lastUnit = 48;

interface Step {
  readonly step: string;
  readonly ms: number;
  readonly good: boolean;
  readonly says: string;
}

export const demo: Verb = {
  usage: "demo",
  options: {},
  run: (call) =>
    withSession(call, { temporary: true }, async (session) => {
      const steps: Step[] = [];
      for (const [step, work] of Object.entries(plan(session, call))) {
        const startedAt = performance.now();
        const { good, says } = await work();
        const ms = Math.round(performance.now() - startedAt);
        steps.push({ step, ms, good, says });
        show(call, steps.at(-1) as Step);
        if (!good) break;
      }
      const good = steps.every((step) => step.good);
      return done({ good, steps }, good);
    }),
};

type Work = () => Promise<{ good: boolean; says: string }>;

/** The main job from bare wires to the report, one entry a step. */
function plan(session: Session, call: Call): Record<string, Work> {
  const { tables } = session.open.workbench;
  const head = () => tables.site.get("site")?.head;
  const run = async (start: Promise<{ jobId: string }>): Promise<JobView> => session.job(start);
  return {
    site: async () => {
      await session.call("site.training", {});
      return { good: true, says: head()?.name ?? "" };
    },
    scan: async () => {
      const job = await run(session.call("job.scan", { line: "rtu", from: 1, to: lastUnit }));
      const units = job.detail.kind === "scan" ? job.detail.units.map((unit) => unit.number) : [];
      return { good: units.join() === "1,3,17,42", says: `units ${units.join(", ")} of 1–${lastUnit}` };
    },
    tags: async () => {
      const text = await readFile(join(resourceFolder, "training-site", "tags.csv"), "utf8");
      await session.call("upload.append", { id: "demo", text });
      const preview = await session.call("tags.preview", { uploadId: "demo", line: "rtu" });
      const { taken } = await session.call("tags.import", { importId: preview.importId });
      return { good: preview.problems.length === 0 && taken === 40, says: `${taken} tags imported` };
    },
    live: async () => {
      await session.call("live.start", {});
      const good = await until(
        () => tables.live.items().filter((item) => item.quality === "good").length === 40,
      );
      await session.call("live.stop", {});
      return {
        good,
        says: `${tables.live.items().filter((item) => item.quality === "good").length} live values`,
      };
    },
    gateway: async () => {
      const url = head()?.gateway?.url ?? "";
      await session.call("gateway.signIn", { url, user: "admin", password: "0000" });
      return { good: true, says: `Neuron ${tables.gateway.get("gateway")?.version} at ${url}` };
    },
    apply: async () => {
      const job = await run(session.call("job.apply", {}));
      return {
        good: job.good,
        says: `configuration ${job.detail.kind === "apply" ? job.detail.digest.slice(0, 12) : ""}`,
      };
    },
    uplink: async () => {
      const job = await run(session.call("job.uplink", {}));
      const stages = job.detail.kind === "uplink" ? job.detail.stages : [];
      const failed = stages.find((stage) => stage.state === "bad");
      return {
        good: job.good,
        says: failed?.key ?? `${stages.filter((stage) => stage.state === "good").length} stages good`,
      };
    },
    verify: async () => {
      const job = await run(session.call("job.verify", {}));
      const { same = 0, total = 0 } = job.detail.kind === "verify" ? job.detail : {};
      const bad = tables.verify.items().filter((row) => row.verdict !== "same");
      const names = bad.map((row) => ` ${row.key} (${row.says.code})`).join(",");
      return { good: job.good, says: `${same} of ${total} tags the same on wire, gateway and cloud${names}` };
    },
    bundle: async () => {
      const job = await run(session.call("job.bundle", {}));
      if (job.detail.kind !== "bundle") throw new FaultError({ code: "internal", reason: job.detail.kind });
      const base64 = (await readDownload(session, job.detail.download)).toString("base64");
      await session.call("upload.append", { id: "check", text: base64 });
      const checked = await session.call("bundle.check", { uploadId: "check" });
      return {
        good: checked.good,
        says: `${job.detail.name}, ${job.detail.size} bytes, signature and ${checked.files.length} files checked`,
      };
    },
    report: async () => {
      const { language } = call.terminal;
      const job = await run(session.call("job.report", { form: "html", language }));
      if (job.detail.kind !== "report") throw new FaultError({ code: "internal", reason: job.detail.kind });
      const { files } = job.detail;
      for (const { form, download } of files) {
        const base64 = (await readDownload(session, download)).toString("base64");
        await session.call("upload.append", { id: form, text: base64 });
      }
      const checked = await session.call("report.check", { uploadId: "html", evidenceId: "evidence" });
      return {
        good: checked.good && checked.verdict === "good",
        says: `verdict ${checked.verdict}, ${files[0]?.size} bytes, signature and ${checked.evidenceLines} lines of evidence checked`,
      };
    },
  };
}

async function until(holds: () => boolean): Promise<boolean> {
  const end = performance.now() + 15_000;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  return holds();
}

function show(call: Call, { step, ms, good, says }: Step): void {
  call.terminal.line(
    `${good ? "✓" : "✕"} ${step.padEnd(8)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${says}`,
  );
}
