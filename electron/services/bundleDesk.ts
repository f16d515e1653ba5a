import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import type { JobDetail } from "#contract/views.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { openBundle, packBundle } from "#domain/bundle/bundle.ts";
import { makeManifest } from "#domain/bundle/manifest.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { printReport, type Report } from "#domain/verify/report.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Transfers } from "./transfers.ts";
import type { World } from "./world.ts";

export type BundleDetail = Extract<JobDetail, { kind: "bundle" }>;

const keySecret = "signing";

/** Packs the site, its gateway configuration (passwords sealed off) and the report, and signs them. */
export async function makeBundle(
  world: World,
  parts: { readonly desk: SiteDesk; readonly gateway: GatewayDesk; readonly files: Transfers },
  report: Report,
  job: JobControl<BundleDetail>,
): Promise<boolean> {
  const site = parts.desk.site();
  const encoder = new TextEncoder();
  job.progress(0, 3, phrase("doing.checkingPlan"));
  const wanted = await parts.gateway.wanted();
  if (!wanted.ok) throw new ProblemError(...wanted.problem);
  const files = [
    { path: "site.json", bytes: encoder.encode(printSite(site)) },
    { path: "neuron.json", bytes: encoder.encode(printConfig(withoutSecrets(wanted.value))) },
    { path: "report.json", bytes: encoder.encode(printReport(report)) },
  ];
  job.progress(1, 3, phrase("doing.packing"));
  const earlier = parts.desk.evidence().filter((entry) => entry.kind === "job.bundled");
  const last = earlier.at(-1)?.body.digest;
  const key = await signingKey(world);
  const head = {
    bundleId: world.crypto.randomId(),
    site: { id: site.id, name: site.name },
    gateway: { url: site.gateway?.url ?? "" },
    seq: earlier.length + 1,
    prevDigest: typeof last === "string" ? last : "",
    expectsCurrentConfig: "any",
    issuedAt: new Date(world.clock.now()).toISOString(),
    components: ["neuron"],
    issuer: key.publicKey,
  };
  const manifest = makeManifest(head, files, world.crypto.sha256);
  const bytes = packBundle(files, manifest, (payload) => world.crypto.sign(key.privateKey, payload));
  const opened = openBundle(bytes, world.crypto);
  if (!opened.ok) throw new ProblemError(...opened.problem);
  const { digest } = opened.value;
  const { download, name } = parts.files.offer(`${fileName(site.name)}-${head.seq}.lastmile`, bytes);
  await job.record("bundled", { digest, seq: head.seq, files: manifest.files, issuer: key.publicKey });
  job.show({ kind: "bundle", download, name, size: bytes.length, digest, files: files.length });
  job.progress(3, 3, phrase("doing.packing"));
  return true;
}

/** Checks a bundle from anybody: says who signed it and every problem found. */
export function checkBundle(world: World, base64: string): CallOutput<"bundle.check"> {
  const bytes = fromBase64(base64);
  const none = { good: false, site: "", gateway: "", issuedAt: "", issuer: "", digest: "", files: [] };
  if (!bytes) return { ...none, problems: [problemView({ code: "bundle.malformed", reason: "base64" })] };
  const opened = openBundle(bytes, world.crypto);
  if (!opened.ok) return { ...none, problems: opened.problem.map(problemView) };
  const { manifest, issuer, digest } = opened.value;
  return {
    good: true,
    site: manifest.site.name,
    gateway: manifest.gateway.url,
    issuedAt: manifest.issuedAt,
    issuer,
    digest,
    files: manifest.files.map((file) => ({ ...file })),
    problems: [],
  };
}

/** The technician's key: made at first need, kept where secrets are kept. */
async function signingKey(world: World): Promise<{ publicKey: string; privateKey: string }> {
  const kept = await world.secrets.get(keySecret);
  if (kept !== undefined) return JSON.parse(kept) as { publicKey: string; privateKey: string };
  const key = world.crypto.makeSigningKey();
  await world.secrets.set(keySecret, JSON.stringify(key));
  return key;
}

function fileName(text: string): string {
  return (
    text
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || "site"
  );
}
