import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import type { Line } from "#capabilities/line.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import type { TrainingFault } from "#simulator/faults.ts";
import { trainingPort, trainingSettings } from "#simulator/trainingPlan.ts";
import { type TrainingSite, trainingSite } from "#simulator/trainingSite.ts";
import { thrown } from "#test/support/thrown.ts";

const never = new AbortController().signal;
let site: TrainingSite;
let line: Line;
afterEach(async () => {
  await line.close();
  await site.stop();
});

async function open(...faults: TrainingFault[]): Promise<void> {
  site = trainingSite({ faults, seed: 5 });
  const place = { kind: "serial", port: trainingPort, settings: trainingSettings } as const;
  line = await modbusLines(site.ports).open(place, never);
}

// A spoiled reply of a busy machine must not look like none: the time-out leaves room.
const meter = () => line.exchange(1, readRequest("holding", 0, 10), 400, never);
const rectifier = (timeoutMs = 300) => line.exchange(17, readRequest("input", 0, 2), timeoutMs, never);

/** what each of `count` reads came to: good, or the code of its fault */
async function outcomes(read: () => Promise<unknown>, count: number): Promise<readonly string[]> {
  const all: string[] = [];
  for (let i = 0; i < count; i++) {
    const fault = (await thrown(read())) as { code?: string } | undefined;
    all.push(fault?.code ?? "good");
  }
  return all;
}

describe("troubles of the training line", () => {
  test.for(["turnaroundClip", "halfFrames"] as const)(
    "%s spoils some replies of unit 1, the same ones each time, and none once it is switched off",
    async (fault) => {
      await open(fault);
      const first = await outcomes(meter, 12);
      await line.close();
      await site.stop();
      await open(fault);
      const second = await outcomes(meter, 12);
      site.setFault(fault, false);
      const after = await outcomes(meter, 6);

      expect(new Set(first)).toEqual(new Set(["good", "line.badFrame"]));
      expect(second).toEqual(first);
      expect(after).toEqual(Array(6).fill("good"));
    },
  );

  test("a clipped reply is damaged in its first byte alone, a half one is cut", async () => {
    const bad: number[][] = [];
    await open("turnaroundClip");
    line.onFrame((frame) => frame.verdict === "badCrc" && bad.push([...frame.bytes]));
    await outcomes(meter, 8);
    expect(bad[0]?.slice(0, 3)).toEqual([0xf1, 3, 20]);
    expect(bad[0]).toHaveLength(25);

    site.setFault("turnaroundClip", false);
    site.setFault("halfFrames", true);
    bad.length = 0;
    await outcomes(meter, 8);
    expect(bad[0]?.slice(0, 3)).toEqual([1, 3, 20]);
    expect(bad[0]).toHaveLength(13);
  });

  test("a unit that needs a pause misses what follows its own or another unit's reply at once", async () => {
    await open("gapSensitive");
    await rectifier();
    expect(await outcomes(rectifier, 1)).toEqual(["line.silent"]);
    await rectifier();
    await systemClock.sleep(40);
    expect(await outcomes(rectifier, 1)).toEqual(["good"]);
    await systemClock.sleep(40);
    await meter();
    expect(await outcomes(rectifier, 1)).toEqual(["line.silent"]);
  });

  test("a dead unit is silent while the others answer, and lives again when the fault is over", async () => {
    await open("deadUnit");
    expect(await outcomes(rectifier, 2)).toEqual(["line.silent", "line.silent"]);
    expect(await outcomes(meter, 1)).toEqual(["good"]);
    site.setFault("deadUnit", false);
    expect(await outcomes(rectifier, 1)).toEqual(["good"]);
  });

  test("a slow unit takes half a second now and then", async () => {
    await open("slowUnit");
    const latencies: number[] = [];
    for (let i = 0; i < 40; i++) latencies.push((await rectifier(1500)).latencyMs);

    const late = latencies.filter((ms) => ms > 400).length;
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(12);
  });

  test("a floating pair makes stray bytes while nobody talks, and no frame", async () => {
    await open("floating");
    const heard = await line.listen(800, never);
    expect(heard.bytes).toBeGreaterThan(2);
    expect(heard.frames).toEqual([]);

    site.setFault("floating", false);
    await line.listen(100, never);
    expect((await line.listen(400, never)).bytes).toBe(0);
  });

  test("an adapter with echo hands back the request, which is told and left out of the reply", async () => {
    await open("echo");
    expect(line.echoes).toBe(false);
    const { pdu } = await meter();
    expect(pdu).toHaveLength(22);
    expect(line.echoes).toBe(true);
  });
});
