import { expect, onTestFinished, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import type { SerialPorts } from "#capabilities/line.ts";
import { fingerprintPlaces } from "#domain/profile/fingerprint.ts";
import { proposeProfiles } from "#domain/profile/identify.ts";
import type { SerialLine, SerialSettings } from "#domain/site/site.ts";
import { makeBank, type Point } from "#simulator/bank.ts";
import { openBus } from "#simulator/bus.ts";
import type { Identity } from "#simulator/pduServer.ts";
import { register } from "#simulator/points.ts";
import { calm, joinBus } from "#simulator/units/rtuUnit.ts";
import { shippedProfiles } from "#test/domain/profile/shipped.ts";
import { scanning } from "./scanning.ts";

const settings: SerialSettings = { baudRate: 115_200, parity: "even", dataBits: 8, stopBits: 1 };
const line: SerialLine = {
  ...{ id: "line", name: "line", timeoutMs: 500, units: [], kind: "serial" },
  ...{ port: "port", gatewayPort: "/dev/ttyS0", settings },
};
const profiles = shippedProfiles();

/** What a scan sees of one simulated unit, and the profiles that this gives. */
async function scanned(words: readonly number[], identity?: Identity) {
  const bus = openBus(settings);
  onTestFinished(() => bus.close());
  const points: readonly Point[] = words.map((word, at) => register(0x80 + at, () => word));
  const bank = makeBank([register(0, () => 1), ...points], () => 0);
  joinBus(bus, { number: 1, bank, temper: calm, ...(identity && { identity }) }, () => 0);
  const ports: SerialPorts = {
    list: async () => [],
    open: async (_, at) => bus.tap(at, () => false),
  };
  const timing = { timeoutMs: 500, mostMs: 1000 };
  const places = fingerprintPlaces(profiles);
  const job = await scanning(modbusLines(ports), line, { to: 1, timing, places }).ended;
  const [found] = job.detail.units;
  if (!found) throw new Error("the unit was not found");
  return { found, proposals: proposeProfiles(found.seen, profiles) };
}

test("a unit that names itself in no way is known by the words of its registers, never for sure", async () => {
  const { found, proposals } = await scanned([0x4d45, 0x414e, 0x5745]);

  expect(found).toMatchObject({ identity: "", identifiedBy: [] });
  expect(proposals).toMatchObject([{ profile: "meanwell-hep-2300-55", certainty: "likely" }]);
});

test("other words there, or too few of them, propose nothing", async () => {
  expect((await scanned([0x4d45, 0x414e, 0x5746])).proposals).toEqual([]);
  expect((await scanned([0x4d45, 0x414e])).proposals).toEqual([]);
});

test("a unit that says who it is is not asked for fingerprints", async () => {
  const identity = { vendor: "Acme", product: "Box", version: "1", device: true };

  const { found, proposals } = await scanned([0x4d45, 0x414e, 0x5745], identity);

  expect(found.seen).toMatchObject({ vendor: "Acme", product: "Box" });
  expect(found.seen.registers).toBeUndefined();
  expect(proposals).toEqual([]);
});

test("each place is asked for once, with as many registers as the longest rule wants", () => {
  const places = fingerprintPlaces(profiles);

  expect(new Set(places.map(({ area, offset }) => `${area} ${offset}`)).size).toBe(places.length);
  expect(places).toContainEqual({ area: "holding", offset: 0x80, registers: 3 });
});
