import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import type { Lines } from "#capabilities/line.ts";
import { createTable } from "#contract/table.ts";
import type { JobView } from "#contract/views.ts";
import { firstTiming, type ScanTiming } from "#domain/plan/scanTiming.ts";
import type { FingerprintPlace } from "#domain/profile/fingerprint.ts";
import type { Line } from "#domain/site/site.ts";
import { jobRunner } from "#services/jobRunner.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { type ScanDetail, scanDetail, scanUnits } from "#services/scan.ts";

type ScanJob = JobView & { readonly detail: ScanDetail };

/** Scans as a job does, without a site. */
export function scanning(
  lines: Lines,
  line: Line,
  choices: {
    readonly from?: number;
    readonly to?: number;
    /** what an earlier scan had come to */
    readonly after?: ScanDetail;
    readonly timing?: ScanTiming;
    /** silence before the first byte; none unless told */
    readonly listenMs?: number;
    readonly now?: () => number;
    readonly places?: readonly FingerprintPlace[];
  } = {},
) {
  const jobs = createTable<JobView>();
  const records: { readonly kind: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  const runner = jobRunner({
    jobs,
    clock: systemClock,
    crypto: nodeCrypto(),
    record: async (kind, body) => void records.push({ kind, body }),
  });
  const traffic = openTraffic(placeOf(line), {
    lines,
    clock: systemClock,
    listenMs: choices.listenMs ?? 0,
    onFrame: () => undefined,
  });
  const detail = choices.after ?? scanDetail(line, choices.from ?? 1, choices.to ?? 247);
  const now = choices.now ?? systemClock.monotonic;
  const id = runner.start(detail, (job) =>
    scanUnits(line, traffic, job, now, choices.timing ?? firstTiming(line), choices.places),
  );
  return {
    records,
    get detail() {
      return jobs.get(id)?.detail as ScanDetail;
    },
    ended: (runner.ended(id) as Promise<ScanJob>).finally(() => traffic.close()),
    cancel: () => runner.cancel(id),
  };
}
