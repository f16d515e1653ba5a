import type { CandidateView } from "#contract/lineViews.ts";
import type { JobView } from "#contract/views.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { Line, SerialSettings } from "#domain/site/site.ts";
import type { JobOf } from "../../client/hooks.ts";

export type DetectJob = JobOf<"detect">;

/** One candidate as it is shown: what was seen at these settings, the strongest thing only. */
export interface DetectRow {
  readonly key: string;
  readonly settings: SerialSettings;
  readonly evidence:
    | { readonly kind: "answered"; readonly unit: number }
    | { readonly kind: "heard"; readonly frames: number }
    | { readonly kind: "stray"; readonly bytes: number }
    | { readonly kind: "nothing" | "notTried" };
  readonly mark: "certain" | "likely" | "none";
}

/** The newest detection on one line. */
export function detectOf(jobs: readonly JobView[], line: string): DetectJob | undefined {
  return jobs
    .filter((job): job is DetectJob => job.detail.kind === "detect" && job.detail.line === line)
    .reduce<DetectJob | undefined>(
      (best, job) => (!best || job.startedAt >= best.startedAt ? job : best),
      undefined,
    );
}

/** The candidates, those with the best evidence first; of equals the order of trying stays. */
export function detectRows(detail: DetectJob["detail"]): readonly DetectRow[] {
  const best = detail.best && settingsText(detail.best);
  return [...detail.candidates]
    .sort((a, b) => weight(b) - weight(a))
    .map((candidate) => {
      const key = settingsText(candidate.settings);
      const mark = candidate.certain ? "certain" : key === best ? "likely" : "none";
      return { key, settings: candidate.settings, evidence: evidenceOf(candidate), mark };
    });
}

function weight(candidate: CandidateView): number {
  if (candidate.certain) return 5;
  if (candidate.frames > 0) return 4;
  if (candidate.unit !== null) return 3;
  if (candidate.strayBytes > 0) return 2;
  return candidate.tried ? 1 : 0;
}

function evidenceOf(candidate: CandidateView): DetectRow["evidence"] {
  if (candidate.unit !== null) return { kind: "answered", unit: candidate.unit };
  if (candidate.frames > 0) return { kind: "heard", frames: candidate.frames };
  if (candidate.strayBytes > 0) return { kind: "stray", bytes: candidate.strayBytes };
  return { kind: candidate.tried ? "nothing" : "notTried" };
}

/** The settings to go on with: found, and not what the line is set to already. */
export function settingsToUse(line: Line, detect: DetectJob | undefined): SerialSettings | undefined {
  const best = detect?.state === "done" ? detect.detail.best : null;
  if (!best || line.kind !== "serial" || settingsText(best) === settingsText(line.settings)) return undefined;
  return best;
}
