import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { readLine, type WireReading } from "#services/wireReader.ts";
import { cuttable } from "#test/support/cuttable.ts";
import { openTcpUnit } from "#test/support/tcpUnit.ts";
import { until } from "#test/support/until.ts";

const tagAt = (offset: number): Tag => ({
  ...{ line: "plc", group: "g", name: `t${offset}`, type: "uint16", access: ["read"] },
  address: { unit: 1, area: "holding", offset },
  ...{ scale: 1, bias: 0, precision: 0, unit: "", description: "" },
});

test("a line that stays away is told once for each tag, and anew when it goes again", async () => {
  const unit = await openTcpUnit("keeps");
  const way = await cuttable("127.0.0.1", unit.port);
  await way.cut();
  const line = { id: "plc", name: "plc", kind: "tcp", host: "127.0.0.1", port: way.port } as const;
  const lines = modbusLines(serialPorts());
  const traffic = openTraffic(line, { lines, clock: systemClock, onFrame: () => undefined });
  let tries = 0;
  traffic.onState(({ at }) => {
    if (at === "lost") tries += 1;
  });
  const readings: WireReading[] = [];
  const stop = new AbortController();
  const reading = readLine(
    { ...line, timeoutMs: 1000, units: [] },
    // Two reads, so that both the line and its requests are told.
    [tagAt(0), tagAt(5000)],
    {
      ...{ traffic, clock: systemClock, priority: "poll", cycleMs: 30 },
      onReading: (one) => readings.push(one),
    },
    stop.signal,
  ).catch(() => undefined);
  onTestFinished(async () => {
    stop.abort(new Error("stopped"));
    await reading;
    await traffic.close();
    await way.close();
    await unit.close();
  });
  const away = async () => {
    const before = tries;
    await until(() => tries > before + 4, "five tries in vain");
    return readings
      .splice(0)
      .flatMap((one) => ("fault" in one && one.fault.code === "line.unreachable" ? [one.tag.name] : []));
  };

  expect(await away()).toEqual(["t0", "t5000"]);
  await way.mend();
  await until(() => readings.some((one) => "value" in one), "a value");
  await way.cut();
  expect(await away()).toEqual(["t0", "t5000"]);
});
