import type { JournalEntry } from "#capabilities/journal.ts";
import { reportHtml } from "#contract/report/reportHtml.ts";
import type { ReportDetail } from "#contract/reportViews.ts";
import type { Language } from "#contract/words/say.ts";
import { phrase } from "#domain/phrase.ts";
import { makeReport } from "#domain/report/makeReport.ts";
import { type SignedReport, signReport } from "#domain/report/signedReport.ts";
import type { Site } from "#domain/site/site.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import { readPhoto } from "../acceptance/photos.ts";
import type { JobControl } from "../jobRunner.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { Transfers } from "../transfers.ts";
import { technicianOf } from "../trustDesk.ts";
import type { World } from "../world.ts";
import { photosShown } from "./photosShown.ts";

/** Makes the signed report of the open site. */
export interface ReportDesk {
  /** resolves to whether its verdict is good */
  make(job: JobControl<ReportDetail>): Promise<boolean>;
}

interface Made {
  readonly site: Site;
  readonly signed: SignedReport;
  /** the evidence up to the line that the report names */
  readonly evidence: Uint8Array;
}

export function reportDesk(world: World, desk: SiteDesk, files: Transfers): ReportDesk {
  let made: Made | undefined;

  /** While nothing new is known the report stays the same, whatever it is rendered as. */
  async function report(): Promise<Made> {
    const site = desk.site();
    const lines = desk.evidence();
    const { lines: known = 0 } = made?.signed.report.evidence ?? {};
    if (made?.site === site && made.signed.report.evidence.head === headAt(lines, known, made)) return made;
    const copy = await desk.evidenceCopy();
    const madeAt = world.clock.now();
    const report = makeReport(site, lines.slice(0, copy.lines), {
      madeAt,
      utcOffsetMinutes: -new Date(madeAt).getTimezoneOffset(),
      program: `lastmile ${world.version}`,
      head: copy.head,
    });
    const { key } = await technicianOf(world);
    const signer = {
      publicKey: key.publicKey,
      sign: (bytes: Uint8Array) => world.crypto.sign(key.privateKey, bytes),
    };
    made = { site, signed: signReport(report, [signer], world.crypto), evidence: copy.bytes };
    return made;
  }

  return {
    async make(job) {
      const { form, language } = job.detail;
      job.progress(0, 2, phrase("doing.reporting"));
      const { signed, evidence, site } = await report();
      const offered: { form: ReportDetail["files"][number]["form"]; ending: string; bytes: Uint8Array }[] =
        [];
      if (form !== "json") {
        const html = await page(signed, language);
        job.progress(1, 2, phrase(form === "pdf" ? "doing.printing" : "doing.reporting"));
        const bytes = form === "pdf" ? await world.printer.print(html, job.signal) : utf8Bytes(html);
        offered.push({ form, ending: form, bytes });
      }
      offered.push({ form: "json", ending: "json", bytes: utf8Bytes(signed.text) });
      offered.push({ form: "evidence", ending: "evidence.jsonl", bytes: evidence });
      const stem = fileStem(site.name);
      job.show({
        ...job.detail,
        files: offered.map(({ form, ending, bytes }) => ({
          form,
          ...files.offer(`${stem}.${ending}`, bytes),
          size: bytes.length,
        })),
        digest: signed.digest,
        grade: signed.report.standing.grade,
      });
      job.progress(2, 2, phrase("doing.reporting"));
      return signed.report.standing.good;
    },
  };

  async function page(signed: SignedReport, language: Language): Promise<string> {
    const { photos } = signed.report.acceptance;
    const bytes = await Promise.all(
      photosShown(photos).map(async (photo) => [photo.sha256, await readPhoto(world, desk, photo)] as const),
    );
    const squares = world.qrCodes.squares(signed.digest);
    return reportHtml(signed, { language, squares, photos: new Map(bytes) });
  }
}

/** The head that a report names still holds when nothing but making reports was written since. */
function headAt(lines: readonly JournalEntry[], known: number, made: Made): string | undefined {
  const isNews = lines
    .slice(known)
    .some(({ kind, body }) => !(kind.startsWith("job.") && body.kind === "report"));
  return isNews || lines.length < known ? undefined : made.signed.report.evidence.head;
}

function fileStem(text: string): string {
  const stem = text.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${stem.toLowerCase() || "site"}-report`;
}
