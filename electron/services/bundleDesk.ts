import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import type { JobDetail } from "#contract/views.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { openBundle } from "#domain/bundle/bundle.ts";
import { phrase } from "#domain/phrase.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import { slugOf } from "#domain/site/fileName.ts";
import { judgeTrust } from "#domain/trust/judgeTrust.ts";
import { checkReceipt } from "#domain/trust/receipt.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import { printReport, type Report } from "#domain/verify/report.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import { receiptView } from "./receiptView.ts";
import { signedBundle } from "./signedBundle.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Transfers } from "./transfers.ts";
import { knownGateway, readRoot, technicianOf } from "./trustDesk.ts";
import type { World } from "./world.ts";

export type BundleDetail = Extract<JobDetail, { kind: "bundle" }>;

/** Packs the site, its gateway configuration (passwords sealed off) and the report, and signs them. */
export async function makeBundle(
  world: World,
  parts: { readonly desk: SiteDesk; readonly gateway: GatewayDesk; readonly files: Transfers },
  report: Report,
  job: JobControl<BundleDetail>,
): Promise<boolean> {
  const site = parts.desk.site();
  job.progress(0, 3, phrase("doing.checkingPlan"));
  const wanted = await parts.gateway.wanted();
  if (!wanted.ok) throw new ProblemError(...wanted.problem);
  job.progress(1, 3, phrase("doing.packing"));
  const earlier = parts.desk.evidence().filter((entry) => entry.kind === "job.bundled");
  const known = knownGateway(parts.desk.evidence());
  const head = {
    bundleId: world.crypto.randomId(),
    seq: Math.max(earlier.length, known.accepted.seq) + 1,
    prevDigest: known.accepted.digest,
    expectsCurrentConfig: known.config,
    issuedAt: new Date(world.clock.now()).toISOString(),
  };
  const technician = await technicianOf(world);
  const { bytes, manifest, digest, secrets } = await signedBundle(
    world,
    technician,
    site,
    wanted.value,
    known.identity,
    head,
    [{ path: "report.json", bytes: utf8Bytes(printReport(report)) }],
  );
  const { download, name } = parts.files.offer(`${slugOf(site.name)}-${head.seq}.lastmile`, bytes);
  await job.record("bundled", { digest, seq: head.seq, files: manifest.files, issuer: manifest.issuer });
  job.show({
    kind: "bundle",
    download,
    name,
    size: bytes.length,
    digest,
    files: manifest.files.length,
    secrets,
  });
  job.progress(3, 3, phrase("doing.packing"));
  return true;
}

/**
 * Checks a bundle from anybody: says who signed it and every problem found. With the owner's root, the chain of
 * trust is followed too, by this computer's clock; with a receipt, what became of the bundle.
 *
 * @param root, receipt base64 of their files
 */
export function checkBundle(
  world: World,
  base64: string,
  root?: string,
  receipt?: string,
): CallOutput<"bundle.check"> {
  const none = {
    good: false,
    site: "",
    gateway: "",
    issuedAt: "",
    issuer: "",
    digest: "",
    trust: null,
    receipt: null,
    files: [],
  };
  const bytes = fromBase64(base64);
  if (!bytes) return { ...none, problems: [problemView({ code: "bundle.malformed", reason: "base64" })] };
  const opened = openBundle(bytes, world.crypto);
  if (!opened.ok) return { ...none, problems: opened.problem.map(problemView) };
  const { manifest, issuer, digest } = opened.value;
  const problems: Problem[] = [];
  const pinned = root === undefined ? undefined : readRoot(fromBase64(root) ?? new Uint8Array());
  const trustedAt = new Date(world.clock.now()).toISOString();
  const trusted =
    pinned === undefined
      ? undefined
      : judgeTrust(
          opened.value,
          { root: pinned, revocations: { version: 0, keys: [] }, trustedAt },
          world.crypto,
        );
  if (trusted?.ok === false) problems.push(trusted.problem);
  const { seq, gateway } = manifest;
  const wanted = { digest, seq, issuer, keyFingerprint: gateway.keyFingerprint };
  const received =
    receipt === undefined
      ? undefined
      : checkReceipt(fromBase64(receipt) ?? new Uint8Array(), wanted, world.crypto);
  if (received?.ok === false) problems.push(received.problem);
  return {
    good: problems.length === 0,
    site: manifest.site.name,
    gateway: gateway.url,
    issuedAt: manifest.issuedAt,
    issuer,
    digest,
    trust: trusted?.ok
      ? {
          owner: trusted.value.state.root.owner,
          organisation: trusted.value.organisation.name,
          technician: trusted.value.technician.name,
          notAfter: trusted.value.technician.notAfter,
        }
      : null,
    receipt: received?.ok ? receiptView(received.value) : null,
    files: manifest.files.map((file) => ({ ...file })),
    problems: problems.map(problemView),
  };
}

/** Takes a receipt of a bundle that was made for the open site into its evidence. */
export async function keepReceipt(
  world: World,
  desk: SiteDesk,
  base64: string,
): Promise<CallOutput<"bundle.receipt">> {
  const bytes = fromBase64(base64) ?? new Uint8Array();
  desk.site();
  const { keyFingerprint } = knownGateway(desk.evidence()).identity;
  let problem: Problem = { code: "receipt.otherBundle" };
  for (const { body } of desk.evidence().filter((entry) => entry.kind === "job.bundled")) {
    const bundle = { digest: String(body.digest), seq: Number(body.seq), issuer: String(body.issuer) };
    const checked = checkReceipt(bytes, { ...bundle, keyFingerprint }, world.crypto);
    if (checked.ok) {
      await desk.record("bundle.receipt", checked.value);
      return receiptView(checked.value);
    }
    if (checked.problem.code !== "receipt.otherBundle") problem = checked.problem;
  }
  throw new ProblemError(problem);
}
