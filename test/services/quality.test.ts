import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { certificateView } from "#contract/lineViews.ts";
import type { Certificate } from "#domain/quality/certificate.ts";
import type { SerialLine } from "#domain/site/site.ts";
import type { JobControl } from "#services/jobRunner.ts";
import { type LineTraffic, openTraffic } from "#services/lineTraffic.ts";
import { certifyUnits, type QualityDetail } from "#services/quality.ts";
import type { QualityPlan } from "#services/qualityPlan.ts";
import type { World } from "#services/world.ts";
import type { TrainingFault } from "#simulator/faults.ts";
import { trainingPort, trainingSettings } from "#simulator/trainingPlan.ts";
import { type TrainingSite, trainingSite } from "#simulator/trainingSite.ts";
import { thrown } from "#test/support/thrown.ts";

const line: SerialLine = {
  kind: "serial",
  id: "rtu",
  name: "rtu",
  units: [],
  timeoutMs: 150,
  port: trainingPort,
  gatewayPort: "",
  settings: trainingSettings,
};
const fewReads: QualityPlan = {
  idleMs: 500,
  reads: 45,
  readsPerGap: 5,
  mostLengthMs: 6000,
  mostGapMs: 3000,
  mostMs: 15_000,
  soakMs: 0,
  soakPauseMs: 20,
};

let site: TrainingSite;
let traffic: LineTraffic;
afterEach(async () => {
  await traffic.close();
  await site.stop();
});

interface Outcome {
  readonly good: boolean;
  readonly certificate: Certificate;
  readonly shown: readonly Certificate[];
  readonly told: readonly {
    readonly done: number;
    readonly total: number;
    readonly code: string;
    readonly leftMs: number | undefined;
  }[];
  readonly recorded: readonly { readonly step: string; readonly body: Readonly<Record<string, unknown>> }[];
}

async function certify(
  unit: number,
  faults: readonly TrainingFault[],
  plan: Partial<QualityPlan> = {},
  timeoutMs = 1000,
  signal: AbortSignal = new AbortController().signal,
  others: readonly number[] = [],
  onTold?: (code: string) => void,
): Promise<Outcome> {
  site = trainingSite({ faults, seed: 3 });
  const lines = modbusLines(site.ports);
  traffic = openTraffic(
    { kind: "serial", port: line.port, settings: line.settings },
    { lines, clock: systemClock, listenMs: 300, quietMs: 500, onFrame: () => undefined },
  );
  const shown: Certificate[] = [];
  const told: Outcome["told"][number][] = [];
  const recorded: Outcome["recorded"][number][] = [];
  const job: JobControl<QualityDetail> = {
    id: "1",
    signal,
    detail: { kind: "quality", line: line.id, unit, next: [], certificate: null },
    progress(done, total, { code }, leftMs) {
      told.push({ done, total, code, leftMs });
      onTold?.(code);
    },
    show: ({ certificate }) => void (certificate && shown.push(certificate as Certificate)),
    record: async (step, body) => void recorded.push({ step, body }),
  };
  const world = { clock: systemClock } as World;
  const units = others.map((number) => ({ number, name: "", identity: "" }));
  const to = { line: { ...line, units, timeoutMs }, traffic, world, plan: { ...fewReads, ...plan } };
  const good = await certifyUnits(to, job);
  return { good, certificate: shown.at(-1) as Certificate, shown, recorded, told };
}

describe("certifying a unit of the training line", () => {
  test("a good unit is certified at the lengths it has", { timeout: 20_000 }, async () => {
    const { good, certificate, shown, recorded } = await certify(1, []);

    expect(certificate).toMatchObject({ verdict: "good", badCrc: 0, silent: 0, idleBytes: 0, echo: false });
    expect(certificate.says.code).toBe("cause.none");
    expect(good).toBe(true);
    expect(certificateView.parse(certificate)).toEqual(certificate);
    expect(certificate.byLength.map((row) => [row.registers, row.good])).toEqual([
      [1, 15],
      [10, 15],
      [32, 15],
    ]);
    expect(certificate.byGap.map((row) => [row.gapMs, row.good])).toEqual([
      [0, 5],
      [5, 5],
      [20, 5],
      [50, 5],
    ]);
    expect(certificate.latenciesMs).toHaveLength(65);
    expect(shown.length).toBeGreaterThan(1);
    expect(recorded.map(({ step }) => step)).toEqual(["certified"]);
    expect(recorded[0]?.body.certificate).toEqual({
      ...certificate,
      ...{ p50Ms: expect.any(Number), p99Ms: expect.any(Number) },
    });
    expect(certificate.reads.codes).toBe("g".repeat(65));
    expect(certificate.reads.bytes.slice(0, 3)).toEqual([7, 25, 69]);
    expect(certificate.reads.atMs).toEqual(certificate.reads.atMs.toSorted((a, b) => a - b));
  });

  test.for([
    { faults: ["deadUnit"], unit: 17, cause: "cause.noReply", verdict: "bad", plan: {} },
    { faults: ["floating"], unit: 1, cause: "cause.floating", verdict: undefined, plan: { reads: 20 } },
    { faults: ["echo"], unit: 1, cause: "cause.echo", verdict: "good", plan: { reads: 20 } },
    { faults: ["duplicateUnit"], unit: 3, cause: "cause.duplicate", verdict: "bad", plan: { reads: 15 } },
    { faults: ["turnaroundClip"], unit: 1, cause: "cause.turnaround", verdict: "bad", plan: { reads: 24 } },
    { faults: ["crcNoise"], unit: 1, cause: "cause.noise", verdict: "bad", plan: { reads: 90 } },
    { faults: ["gapSensitive"], unit: 17, cause: "cause.gap", verdict: "bad", plan: { reads: 16 } },
    { faults: ["halfFrames"], unit: 1, cause: "cause.unknown", verdict: "bad", plan: { reads: 24 } },
  ] as const)(
    "$faults on unit $unit is named $cause",
    { timeout: 20_000 },
    async ({ faults, unit, cause, verdict, plan }) => {
      // Where every read is answered a longer time-out costs nothing, and a busy machine may need it.
      const timeoutMs = cause === "cause.echo" ? 1000 : 80;
      const { certificate, good } = await certify(unit, faults, plan, timeoutMs);

      expect(certificate.says.code).toBe(cause);
      // Stray bytes on a floating pair meet a read or two, or none.
      if (verdict !== undefined) expect(certificate.verdict).toBe(verdict);
      expect(good).toBe(certificate.verdict !== "bad");
    },
  );

  test("where another master talks nothing is sent and the line is taken", async () => {
    const fault = await thrown(certify(1, ["secondMaster"], { idleMs: 1000 }));

    expect(fault).toMatchObject({ code: "line.taken", units: "1" });
  });

  test("a cancelled measurement stops within one exchange and leaves nothing in the evidence", async () => {
    const controller = new AbortController();
    const cancelled = new Error("cancelled");
    const stop = systemClock.after(2500, () => controller.abort(cancelled));
    const startedMs = performance.now();

    const reason = await thrown(certify(1, [], { reads: 4000 }, 150, controller.signal));

    stop();
    expect(reason).toBe(cancelled);
    expect(performance.now() - startedMs).toBeLessThan(3500);
  });

  test("reading ends when its time is over, however many reads were wanted", async () => {
    const { certificate, told } = await certify(1, [], { reads: 4000, mostLengthMs: 600, mostGapMs: 200 });

    expect(certificate.verdict).toBe("good");
    expect(certificate.asked).toBeGreaterThan(10);
    expect(certificate.asked).toBeLessThan(60);
    // The time left is told from the beginning and goes down to nothing.
    const left = told.map(({ leftMs }) => leftMs ?? Number.NaN);
    expect(left.every((ms) => ms >= 0 && ms <= fewReads.mostMs)).toBe(true);
    expect(left.at(-1)).toBeLessThan(300);
  });

  test("a line on which every read costs its time-out is certified within the stated time", {
    timeout: 20_000,
  }, async () => {
    const startedMs = performance.now();

    const plan = { mostMs: 2500, mostLengthMs: 60_000, mostGapMs: 60_000, reads: 4000 };
    const { certificate, recorded } = await certify(1, ["halfFrames", "crcNoise"], plan, 700);

    // Listening before, the time itself, the exchange in flight, and a busy machine; without its end it takes minutes.
    expect(performance.now() - startedMs).toBeLessThan(500 + 2500 + 700 + 8000);
    expect(certificate.verdict).toBe("bad");
    expect(recorded.map(({ step }) => step)).toEqual(["certified"]);
  });

  test("pauses are measured after the answer of another unit of the site, where one answers", {
    timeout: 20_000,
  }, async () => {
    const plan = { reads: 12, readsPerGap: 4 };
    const { certificate } = await certify(17, ["gapSensitive"], plan, 80, undefined, [1, 17, 99]);

    expect(certificate).toMatchObject({ neighbours: [1], after: 1, verdict: "bad" });
    expect(certificate.says).toMatchObject({
      code: expect.stringMatching(/^cause\.gap/),
      facts: { gapMs: 20 },
    });
  });

  test("a unit that is watched and dies is told with its last answer", { timeout: 20_000 }, async () => {
    const plan = { reads: 4, readsPerGap: 1, idleMs: 200, soakMs: 60_000 };
    let soaked = 0;
    const die = (code: string) => {
      if (code === "doing.soaking" && ++soaked === 5) site.setFault("deadUnit", true);
    };

    const { certificate, good } = await certify(17, [], plan, 300, undefined, [], die);

    expect(certificate.says).toMatchObject({ code: "cause.died" });
    expect(certificate.reads.codes).toMatch(/^g+n{20}$/);
    expect(good).toBe(false);
  });
});
