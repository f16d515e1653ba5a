import type { OutputFolder } from "#capabilities/outputFolders.ts";
import { type Label, labelPage } from "#contract/labelPage.ts";
import type { JobDetail } from "#contract/views.ts";
import { templateOf } from "#domain/clone/cloneSite.ts";
import { readCloneTable } from "#domain/clone/cloneTable.ts";
import { type Clone, planClones } from "#domain/clone/planClones.ts";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import { phrase } from "#domain/phrase.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import type { Result } from "#domain/result.ts";
import { siteFileName } from "#domain/site/fileName.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { runThrough } from "#domain/sliced.ts";
import { printDelimitedText } from "#domain/tables/delimitedText.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import { decodeText } from "../decodeText.ts";
import { inSlices } from "../inSlices.ts";
import type { JobControl } from "../jobRunner.ts";
import { type SignedBundle, signedBundle } from "../signedBundle.ts";
import { fingerprintOf, type Technician, technicianOf } from "../trustDesk.ts";
import type { World } from "../world.ts";

export type CloneDetail = Extract<JobDetail, { kind: "clone" }>;

export interface CloneOrder {
  readonly template: Site;
  /** the bytes of the table, CSV in any encoding that a spreadsheet saves */
  readonly table: Uint8Array;
  /** where the sites go: a whole path, or a name beside the template's file; nothing may be there yet */
  readonly folder: string;
  /** the template's file */
  readonly near: string;
  /** when the bundles count as issued; the same time makes the same bytes */
  readonly issuedAt: string;
}

/** The disk writes one site's files while the next ones are signed. */
const atOnce = 4;

/**
 * Makes a site file, its evidence, a signed bundle and a label for each row of a table, and an index and a page of labels of them all. Every row
 * is checked before anything is written, and the folder appears whole or not at all.
 *
 * Problems: those of readCloneTable, templateOf and planClones; `file.exists`. Faults: file.unwritable.
 */
export async function cloneSites(
  world: World,
  { template, table, folder, near, issuedAt }: CloneOrder,
  job: JobControl<CloneDetail>,
): Promise<boolean> {
  job.progress(0, 1, phrase("doing.checkingSites"));
  const { clock, crypto } = world;
  const { text } = await inSlices(decodeText(table), world, job.signal);
  const read = good(await inSlices(readCloneTable(text), world, job.signal));
  const plan = planClones(good(templateOf(template, read)), read, crypto.sha256);
  const clones = good(await inSlices(plan, world, job.signal));
  const technician = await technicianOf(world);
  const output = await world.outputs.open(folder, near);
  try {
    const index: string[][] = [];
    const labels: Label[] = [];
    for (let from = 0; from < clones.length; from += atOnce) {
      const some = clones.slice(from, from + atOnce);
      job.progress(from, clones.length, phrase("doing.cloning", { site: some[0]?.site.name ?? "" }));
      const written = await Promise.allSettled(
        some.map(async (clone, at) => {
          await clock.sleep(0, job.signal);
          const bundle = await bundleOf(world, technician, clone, issuedAt);
          const label = labelOf(world, clone, bundle);
          await writeClone(world, output, clone, bundle, template);
          await output.write(`${clone.slug}/label.html`, labelPage([label]));
          index[from + at] = indexRow(clone, bundle);
          labels[from + at] = label;
        }),
      );
      // Only when nobody writes any more can what was written be removed.
      for (const one of written) if (one.status === "rejected") throw one.reason;
      job.show({ ...job.detail, folder: output.path, sites: clones.length, made: from + some.length });
    }
    job.signal.throwIfAborted();
    await output.write("labels.html", labelPage(labels));
    await output.write("index.csv", runThrough(printDelimitedText([indexColumns, ...index])));
    await output.keep();
  } finally {
    await output.discard();
  }
  await job.record("cloned", { folder: output.path, sites: clones.length, issuer: technician.key.publicKey });
  job.progress(clones.length, clones.length, phrase("doing.cloning"));
  return true;
}

function bundleOf(
  world: World,
  technician: Technician,
  clone: Clone,
  issuedAt: string,
): Promise<SignedBundle> {
  const { site, serial, key } = clone;
  const config = good(neuronConfigOf(site, { uplinkPassword: "" }));
  const identity = {
    ...(serial !== undefined && { serial }),
    ...(key !== undefined && { keyFingerprint: fingerprintOf(world, key) }),
  };
  const text = printSite(site);
  const head = {
    // Not by chance: the same site, issued at the same time, is the same bundle.
    bundleId: world.crypto.sha256(utf8Bytes(`${issuedAt}\n${text}`)).slice(0, 32),
    seq: 1,
    prevDigest: "" as const,
    expectsCurrentConfig: "any" as const,
    issuedAt,
  };
  return signedBundle(world, technician, site, config, identity, head);
}

async function writeClone(
  world: World,
  output: OutputFolder,
  { site, slug, serial, key, row }: Clone,
  { bytes, manifest, digest }: SignedBundle,
  template: Site,
): Promise<void> {
  const siteFile = `${slug}/${siteFileName(slug)}`;
  await output.write(siteFile, printSite(site));
  await output.write(`${slug}/${bundleName(slug)}`, bytes);
  // The next bundle of this site has to know of this one.
  const journal = await world.journals.open(output.pathOf(siteFile));
  try {
    const { files, issuer } = manifest;
    await Promise.all([
      journal.append("site.cloned", { template: template.id, templateName: template.name, row }),
      ...(serial !== undefined && key !== undefined
        ? [journal.append("gateway.paired", { serial, key, keyFingerprint: fingerprintOf(world, key) })]
        : []),
      journal.append("job.bundled", { digest, seq: 1, files, issuer }),
    ]);
  } finally {
    await journal.close();
  }
}

const indexColumns = ["name", "id", "folder", "bundle", "digest", "client id", "gateway serial"];

function indexRow({ site, slug, serial }: Clone, { digest }: SignedBundle): string[] {
  return [site.name, site.id, slug, bundleName(slug), digest, site.uplink?.clientId ?? "", serial ?? ""];
}

function labelOf(world: World, { site, slug, serial }: Clone, { digest }: SignedBundle): Label {
  return {
    site: site.name,
    path: site.path,
    serial: serial ?? "",
    clientId: site.uplink?.clientId ?? "",
    bundle: bundleName(slug),
    digest,
    squares: world.qrCodes.squares(digest),
  };
}

function bundleName(slug: string): string {
  return `${slug}-1.lastmile`;
}

function good<T>(result: Result<T, readonly Problem[]>): T {
  if (!result.ok) throw new ProblemError(...result.problem);
  return result.value;
}
