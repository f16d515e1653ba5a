import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { journals } from "#adapters/files/journal.ts";
import { outputFolders } from "#adapters/files/outputFolders.ts";
import { qrCodes } from "#adapters/report/qrCodes.ts";
import { memorySecrets } from "#adapters/secrets/memorySecrets.ts";
import { packBundle } from "#domain/bundle/bundle.ts";
import { preAuthEncoding } from "#domain/bundle/dsse.ts";
import { type BundleFile, makeManifest } from "#domain/bundle/manifest.ts";
import type { Site } from "#domain/site/site.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import { cloneSites } from "#services/clone/cloneSites.ts";
import type { World } from "#services/world.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";
import { interleave, ratios } from "./parts/figures.ts";
import { type BenchResult, runBench } from "./parts/report.ts";

const bundles = 10_000;
const sites = 1000;
const tagsASite = 500;
const issuedAt = "2026-11-23T08:00:00.000Z";
const crypto = nodeCrypto();
const key = crypto.makeSigningKey();
const ours = "Lastmile";
const zip = "fflate zip";

await runBench(measure);

/** Small signed bundles against signed ZIP archives of the same files; then a thousand sites from one template. */
async function measure(rounds: number): Promise<BenchResult> {
  let wrong = 0;
  let before: string | undefined;
  let mostMemory = 0;
  const runs = await interleave(rounds, [
    {
      who: ours,
      run: () => {
        const { ms, digest, memory } = makeAll(packed);
        if (before !== undefined && before !== digest) wrong++;
        before = digest;
        // The first time, before the other has left its own behind in this process.
        if (mostMemory === 0) mostMemory = memory;
        return ms;
      },
    },
    { who: zip, run: () => makeAll(zipped).ms },
  ]);
  const perRound = (who: string) => runs.get(who) ?? [];
  const cloned = await cloneThousand();
  wrong += cloned.made === sites ? 0 : 1;
  return {
    title: `bundle: ${bundles} small signed bundles, and ${sites} sites × ${tagsASite} tags from one template`,
    method: [
      "A bundle: 5 files of 1.1 kB, SHA-256 each, Ed25519. Ours is not compressed; the ZIP is, at level 6, times fixed.",
      "The clones are written to the disk and synced: site file, evidence, signed bundle.",
    ],
    series: [
      {
        what: "bundles",
        who: ours,
        unit: "ms",
        perRound: perRound(ours),
        counts: { "memory MB": mostMemory },
      },
      { what: "bundles", who: zip, unit: "ms", perRound: perRound(zip) },
      { what: "clones", who: ours, unit: "s", perRound: [cloned.seconds], counts: { sites: cloned.made } },
    ],
    ratios: [
      {
        name: `${zip} / ${ours}, time`,
        perRound: ratios(perRound(zip), perRound(ours)),
        goal: { atLeast: 1.9 },
      },
      { name: "memory, MB of 150", perRound: [mostMemory / 150], goal: { atMost: 1 } },
      { name: "clones, s of 60", perRound: [cloned.seconds / 60], goal: { atMost: 1 } },
    ],
    skipped: [],
    wrong,
  };
}

type Make = (files: readonly BundleFile[], seq: number) => Uint8Array;

function makeAll(make: Make): { readonly ms: number; readonly digest: string; readonly memory: number } {
  let ms = 0;
  let digest = "";
  let memory = 0;
  for (let seq = 1; seq <= bundles; seq++) {
    // What goes in is there before; bundling it is what is measured.
    const files = filesOf(seq);
    const started = performance.now();
    const bytes = make(files, seq);
    ms += performance.now() - started;
    if (seq % 1000 === 0) {
      digest = crypto.sha256(utf8Bytes(digest + crypto.sha256(bytes)));
      memory = Math.max(memory, Math.round(process.memoryUsage().rss / 1e6));
    }
  }
  return { ms, digest, memory };
}

function packed(files: readonly BundleFile[], seq: number): Uint8Array {
  const head = {
    bundleId: `b-${seq}`,
    site: { id: `site-${seq}`, name: `Site ${seq}` },
    gateway: { url: "http://10.0.0.1:7000" },
    seq: 1,
    prevDigest: "",
    expectsCurrentConfig: "any",
    compatible: { neuron: { from: "2.8.0", below: "3.0.0" } },
    issuedAt,
    components: ["neuron"],
    healthChecks: [],
    issuer: key.publicKey,
  } as const;
  const manifest = makeManifest(head, files, crypto.sha256);
  return packBundle(files, manifest, (payload) => crypto.sign(key.privateKey, payload));
}

/** The usual way: digests in a list, the list signed, everything in a ZIP archive. */
function zipped(files: readonly BundleFile[]): Uint8Array {
  const list = utf8Bytes(
    JSON.stringify(
      files.map(({ path, bytes }) => ({ path, size: bytes.length, sha256: crypto.sha256(bytes) })),
    ),
  );
  const signature = crypto.sign(key.privateKey, preAuthEncoding("list", list));
  const all = [...files, { path: "list.json", bytes: list }, { path: "list.sig", bytes: signature }];
  return zipSync(Object.fromEntries(all.map(({ path, bytes }) => [path, bytes])), {
    level: 6,
    mtime: "2020-01-01",
  });
}

function filesOf(seq: number): readonly BundleFile[] {
  return Array.from({ length: 5 }, (_, file) => {
    const rows = Array.from({ length: 18 }, (_, row) => ({
      tag: `t${row}`,
      address: `1!4${seq + row}`,
      file,
      seq,
    }));
    return { path: `part${file}.json`, bytes: utf8Bytes(JSON.stringify(rows)) };
  });
}

async function cloneThousand(): Promise<{ readonly seconds: number; readonly made: number }> {
  const folder = mkdtempSync(join(tmpdir(), "lastmile-bench-"));
  const world = {
    clock: systemClock,
    crypto,
    secrets: memorySecrets(),
    journals: journals(systemClock, crypto),
    outputs: outputFolders(),
    qrCodes,
  } as World;
  let made = 0;
  const detail = { kind: "clone", folder, sites: 0, made: 0 } as const;
  const job = {
    id: "1",
    signal: new AbortController().signal,
    detail,
    progress: () => undefined,
    show: (now: { readonly made: number }) => {
      made = now.made;
    },
    record: async () => undefined,
  };
  const order = {
    template: template(),
    table: utf8Bytes(table()),
    folder: join(folder, "sites"),
    near: folder,
    issuedAt,
  };
  const started = performance.now();
  try {
    await cloneSites(world, order, job);
    return { seconds: (performance.now() - started) / 1000, made };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function template(): Site {
  const plan = trainingPlan({
    serialPort: "/dev/ttyUSB0",
    plc: { host: "{{plc}}", port: 502 },
    gatewayUrl: "http://{{ip}}:7000",
    broker: { host: "broker.example", port: 1883 },
  });
  const group = plan.groups[0];
  if (!group) throw new Error("the training plan has no group");
  const tags = Array.from({ length: tagsASite }, (_, index): Site["tags"][number] => ({
    line: group.line,
    group: group.name,
    name: `tag ${index}`,
    address: { unit: 1 + (index % 4), area: "holding", offset: 2 * Math.floor(index / 4) },
    type: "float",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision: 1,
    unit: "V",
    description: index % 50 === 0 ? "At {{place}}" : "",
  }));
  return { ...plan, training: false, tags };
}

function table(): string {
  const rows = Array.from({ length: sites }, (_, at) => [
    `Site ${10_000 + at}`,
    `A/Site ${at}`,
    `10.${at >> 8}.${at & 255}.1`,
    `10.${at >> 8}.${at & 255}.2`,
    `place ${at}`,
  ]);
  return ["name,path,ip,plc,place", ...rows.map((row) => row.join(","))].join("\n");
}
