import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import type { Frame, Lines } from "#capabilities/line.ts";
import { createTable } from "#contract/table.ts";
import type { JobView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { exchangeMs } from "#domain/modbus/timing.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { SerialLine, SerialSettings, Unit } from "#domain/site/site.ts";
import { type DetectDetail, detectSettings } from "#services/detect.ts";
import { jobRunner } from "#services/jobRunner.ts";

export function lineAt(settings: SerialSettings, units: readonly Unit[]): SerialLine {
  const base = { id: "line", name: "line", timeoutMs: 150, gatewayPort: "/dev/ttyS0" };
  return { ...base, kind: "serial", port: "port", settings, units };
}

type DetectJob = JobView & { readonly detail: DetectDetail };

/** Detects as a job does, without a site. */
export function detecting(
  lines: Lines,
  line: SerialLine,
  options: NonNullable<Parameters<typeof detectSettings>[3]> = {},
) {
  const jobs = createTable<JobView>();
  /** what the page was told of `passive`, each change once */
  const passive: (boolean | null)[] = [];
  jobs.watch({
    changed(key) {
      const detail = jobs.get(key)?.detail as DetectDetail;
      if (passive.at(-1) !== detail.passive) passive.push(detail.passive);
    },
    removed: () => undefined,
  });
  const records: { readonly kind: string; readonly body: object }[] = [];
  const runner = jobRunner({
    jobs,
    clock: systemClock,
    crypto: nodeCrypto(),
    record: async (kind, body) => void records.push({ kind, body }),
  });
  const detail: DetectDetail = { kind: "detect", line: line.id, passive: null, candidates: [], best: null };
  const id = runner.start(detail, (job) => detectSettings(line, { lines }, job, options));
  return {
    records,
    passive,
    ended: runner.ended(id) as Promise<DetectJob>,
    cancel: () => runner.cancel(id),
  };
}

/**
 * A line on which at most one unit answers, with a clock of its own: `ms` is what the talk would have taken on the
 * wire, so that minutes of waiting are tested at once.
 *
 * @param once a frame of another master, heard in the first listening
 */
export function talkFor(
  truth: { readonly settings: SerialSettings; readonly unit: number } | undefined,
  once?: Uint8Array,
) {
  const talk = { ms: 0, asked: 0 };
  const lines: Lines = {
    async open(place) {
      if (place.kind !== "serial") throw new Error("a serial line only");
      const listeners = new Set<(frame: Frame) => void>();
      const isRight = truth && settingsText(truth.settings) === settingsText(place.settings);
      const tell = (direction: Frame["direction"], bytes: Uint8Array) => {
        for (const call of listeners) call({ at: 0, direction, bytes, verdict: "good", gapMs: 0 });
      };
      return {
        shared: true,
        async exchange(unit, pdu, timeoutMs) {
          talk.asked++;
          tell("sent", rtuFrame(unit, pdu));
          if (!isRight || unit !== truth.unit) {
            talk.ms += exchangeMs(place.settings, 8, 0, timeoutMs);
            throw new FaultError({ code: "line.silent", unit, afterMs: timeoutMs });
          }
          talk.ms += exchangeMs(place.settings, 8, 7, 10);
          const reply = Uint8Array.of(pdu[0] ?? 0, 2, 0, 0);
          tell("received", rtuFrame(unit, reply));
          return { pdu: reply, latencyMs: 10 };
        },
        async listen(ms) {
          const first = talk.ms === 0 ? once : undefined;
          talk.ms += ms;
          if (first) tell("heard", first);
          return { bytes: first?.length ?? 0, frames: [] };
        },
        onFrame(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        onClose: () => () => undefined,
        close: async () => undefined,
      };
    },
  };
  return Object.assign(talk, { lines });
}
