import { readFile } from "node:fs/promises";
import type { ReportDetail } from "#contract/reportViews.ts";
import type { EvidenceLine } from "#domain/acceptance/foldAcceptance.ts";
import { phrase } from "#domain/phrase.ts";
import { newLine, newSite } from "#domain/site/newSite.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import type { PointEvidence } from "#domain/verify/report.ts";
import { jpeg } from "#test/domain/photo/pictures.ts";
import { plainTag } from "#test/domain/site/pumpSite.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

/** A site that needs no line, no gateway and no broker, whose evidence is written as those would write it. */
export const reportedSite: Site = {
  ...newSite("nps-07", '北泵站 <7> & "east"', ["Water", "East", "NPS-07"]),
  engineer: "Li Wei",
  lines: [
    {
      ...newLine("serial", "rtu", "rtu"),
      units: [{ number: 1, name: "Meter", identity: "Eastron SDM630", profile: "eastron-sdm630" }],
    },
  ],
  groups: [{ line: "rtu", name: "fast", intervalMs: 1000 }],
  tags: ["voltage", "current", "power"].map((name) =>
    plainTag({ line: "rtu", group: "fast", name, unit: "V" }),
  ),
};

function point(tag: Tag, state: PointEvidence["state"], attempt: number): PointEvidence {
  return {
    key: tagKey(tag),
    attempt,
    state,
    says: phrase(state === "same" ? "verdict.same" : "verdict.differs", {
      side: "cloud",
      wire: "1",
      seen: "2",
    }),
    at: 1_780_000_000_000,
    wire: { text: "229.5", at: 1, words: "4365 8000" },
    gateway: { text: "229.5", at: 2 },
    cloud: { text: "229.5", at: 3, sampledAt: 2, topic: "lastmile/nps-07/rtu/fast" },
    latencyMs: 12,
  };
}

/** What the steps before leave in the evidence. */
export function visitLines(site: Site): readonly Omit<EvidenceLine, "at">[] {
  const digest = "ab".repeat(32);
  return [
    {
      kind: "gateway.signedIn",
      body: {
        url: "http://10.0.0.7:7000",
        user: "admin",
        version: "2.15.1",
        skewMs: -1200,
        defaultPassword: false,
        digest,
      },
    },
    {
      kind: "job.certified",
      body: {
        line: "rtu",
        certificate: {
          unit: 1,
          verdict: "good",
          says: phrase("cause.none"),
          asked: 400,
          good: 400,
          badCrc: 0,
          silent: 0,
          badShare: 0,
          p50Ms: 21,
          p99Ms: 40,
        },
      },
    },
    { kind: "job.verified", body: { points: [point(site.tags[0] as Tag, "differs", 1)] } },
    {
      kind: "job.verified",
      body: { points: site.tags.map((tag, index) => point(tag, "same", index ? 1 : 2)) },
    },
  ];
}

export interface Reported {
  readonly bench: TestWorkbench;
  readonly path: string;
  /** makes a report, and reads every file of it */
  make(form: ReportDetail["form"], language?: "en" | "zh"): Promise<Readonly<Record<string, Buffer>>>;
  check(files: Readonly<Record<string, Uint8Array | undefined>>): ReturnType<TestWorkbench["call"]>;
}

/** A workbench with the site open and the visit on record, its acceptance test gone through and signed. */
export async function reportedWorkbench(): Promise<Reported> {
  const bench = await testWorkbench();
  const path = await bench.world.sites.newPath("nps-07");
  await bench.world.sites.write(path, printSite(reportedSite), undefined);
  const journal = await bench.world.journals.open(path);
  for (const { kind, body } of visitLines(reportedSite)) await journal.append(kind, body);
  await journal.close();
  await bench.call("site.open", { path });
  await goThrough(bench);
  return {
    bench,
    path,
    async make(form, language = "en") {
      const job = await bench.job("report", { form, language });
      if (job.failure) throw new Error(JSON.stringify(job.failure));
      const read = job.detail.files.map(async ({ form, download }) => [form, await bytesOf(bench, download)]);
      return Object.fromEntries(await Promise.all(read));
    },
    async check(files) {
      const ids: Record<string, string> = {};
      for (const [name, bytes] of Object.entries(files)) {
        if (bytes === undefined) continue;
        const id = name === "report" ? "uploadId" : `${name}Id`;
        await bench.call("upload.append", { id, text: Buffer.from(bytes).toString("base64") });
        ids[id] = id;
      }
      return bench.call("report.check", ids as never);
    },
  };
}

async function goThrough(bench: TestWorkbench): Promise<void> {
  const by = "Li Wei";
  const act = (act: object) => bench.call("acceptance.record", { act: { by, ...act } as never });
  await bench.call("acceptance.plan", { checklists: ["telecom-site"] });
  await bench.call("upload.append", { id: "photo", text: jpeg().toString("base64") });
  const { sha256 } = await bench.call("acceptance.photo", { uploadId: "photo" });
  const [list] = bench.tables.acceptance.get("acceptance")?.state.checklists ?? [];
  for (const section of list?.sections ?? []) {
    for (const { id } of section.items)
      await act({
        act: "check",
        item: `telecom-site/${section.id}/${id}`,
        result: "ok",
        note: "",
        photos: [],
      });
  }
  await act({
    act: "check",
    item: "telecom-site/cabinet/door",
    result: "nok",
    note: "门关不上 </script><b>",
    photos: [sha256],
  });
  await act({ act: "assign", defect: 1, severity: "minor", owner: "Chen", due: "2026-12-01" });
  await bench.call("acceptance.sign", { role: "tester", name: "Li Wei", company: "East Automation" });
  await bench.call("acceptance.sign", { role: "witness", name: "王芳", company: "Water East" });
}

export async function bytesOf(bench: TestWorkbench, id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { base64, next, done } = await bench.call("download.read", { id, offset });
    parts.push(Buffer.from(base64, "base64"));
    if (done) return Buffer.concat(parts);
    offset = next;
  }
}

/** The evidence file of a site as it stands. */
export function evidenceOf(path: string): Promise<Buffer> {
  return readFile(path.replace(".site.json", ".evidence.jsonl"));
}
