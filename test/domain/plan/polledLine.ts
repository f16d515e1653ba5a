import { charMs, silentIntervalMs } from "#domain/modbus/timing.ts";
import { newSite } from "#domain/site/newSite.ts";
import type { SerialSettings, Site } from "#domain/site/site.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import type { Bank } from "#simulator/bank.ts";
import { openBus } from "#simulator/bus.ts";
import { startDriver } from "#simulator/gateway/driver/driver.ts";
import { openRtuLink } from "#simulator/gateway/driver/rtuLink.ts";
import { type DriverNode, makeGroup } from "#simulator/gateway/model.ts";
import { calm, joinBus } from "#simulator/units/rtuUnit.ts";

/** One serial line `l` with its tags and the intervals of their groups. */
export interface PolledLine {
  readonly settings: SerialSettings;
  readonly tags: readonly Tag[];
  readonly intervals: Readonly<Record<string, number>>;
  /** turnaround of the units, ms */
  readonly turnaroundsMs?: ReadonlyMap<number, number>;
  /** for messages */
  readonly text?: string;
}

export function siteOfLine({ settings, tags, intervals }: PolledLine): Site {
  return {
    ...newSite("s", "Site", []),
    lines: [
      {
        kind: "serial",
        id: "l",
        name: "line",
        units: [],
        timeoutMs: 1000,
        port: "COM1",
        gatewayPort: "/dev/ttyS0",
        settings,
      },
    ],
    groups: Object.entries(intervals).map(([name, intervalMs]) => ({ line: "l", name, intervalMs })),
    tags,
  };
}

/** The virtual gateway's own driver on a simulated line with units that answer zeros. */
export function pollingGateway(line: PolledLine, pauseMs: number, intervalMs?: number) {
  const bus = openBus(line.settings);
  const units = [...new Set(line.tags.map((tag) => tag.address.unit))];
  const bank: Bank = { read: (_, __, count) => new Array<number>(count).fill(0), write: () => false };
  const turnaround = (unit: number) => line.turnaroundsMs?.get(unit) ?? 5;
  const leave = units.map((number) =>
    joinBus(bus, { number, bank, temper: { ...calm, turnaroundMs: () => turnaround(number) } }, () => 0),
  );
  const groups = new Map(
    Object.entries(line.intervals).map(([name, own]) => {
      const group = makeGroup(name, intervalMs ?? own);
      for (const tag of line.tags.filter((one) => one.group === name)) {
        const { precision, description, unit } = tag;
        const address = printAddress(tag.address);
        const kept = { type: 4, attribute: 1, decimal: 0, bias: 0, precision, description, unit };
        group.tags.set(tag.name, { ...kept, name: tag.name, address });
      }
      return [name, group] as const;
    }),
  );
  const node: DriverNode = {
    kind: "driver",
    name: "line",
    plugin: "Modbus RTU",
    tags: "",
    running: 3,
    logLevel: "",
    params: { interval: pauseMs, address_base: 1 },
    groups,
  };
  const rounds = new Map<string, number>();
  const link = openRtuLink(async () => bus.tap(line.settings), 10_000);
  const begunMs = performance.now();
  const driver = startDriver(node, {
    link,
    now: () => 0,
    onRound: ({ name }) => void rounds.set(name, (rounds.get(name) ?? 0) + 1),
  });
  let sent = 0;
  const silenceMs = silentIntervalMs(line.settings);
  return {
    /** from the end of a request until a unit begins to answer: it notices the silence first */
    waitsMs: new Map(units.map((unit) => [unit, silenceMs + Math.max(silenceMs, turnaround(unit))])),
    poll(name: string): Promise<void> {
      sent = link.counts.sent;
      return driver.poll(groups.get(name) as never);
    },
    /** of the last poll; one of a read has eight bytes */
    requests: () => (link.counts.sent - sent) / 8,
    /** ticks of a group that found it still waiting or being read; the last one may be under way */
    missed(name: string): number {
      const ticks = Math.floor((performance.now() - begunMs) / (groups.get(name)?.intervalMs ?? 1));
      return Math.max(0, ticks - (rounds.get(name) ?? 0) - 1);
    },
    async close(): Promise<void> {
      driver.stop();
      for (const one of leave) one();
      await bus.close();
    },
  };
}

/** A line of one to three groups over one to three units; loaded from well below to well above what it has time for. */
export function randomLine(
  random: () => number,
  { loaded = false } = {},
): PolledLine & { readonly text: string } {
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
  const settings: SerialSettings = {
    baudRate: pick([2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200]),
    parity: pick(["none", "even", "odd"]),
    dataBits: 8,
    stopBits: pick([1, 2]),
  };
  const tags: Tag[] = [];
  const intervals: Record<string, number> = {};
  const groups = 1 + Math.floor(random() * 3);
  for (let group = 0; group < groups; group++) {
    intervals[`g${group}`] = 1000;
    let offset = Math.floor(random() * 100);
    const count = 1 + Math.floor(random() * (loaded ? 12 : 60));
    for (let index = 0; index < count; index++) {
      tags.push(tagOf(`g${group}`, tags.length, { unit: 1 + Math.floor(random() * 3), offset }));
      offset += 1 + (random() < 0.7 ? 0 : Math.floor(random() * 20));
    }
  }
  const turnaroundsMs = new Map([1, 2, 3].map((unit) => [unit, Math.round(2 + random() * 40)]));
  const line = { settings, tags, intervals, turnaroundsMs };
  if (loaded) {
    // What a byte and a request roughly cost decides the intervals: the line is asked for 40 to 180 per cent.
    const share = (0.4 + 1.4 * random()) / groups;
    for (const name of Object.keys(intervals)) {
      const own = tags.filter((tag) => tag.group === name).length;
      const aboutMs = own * (45 + 15 * charMs(settings));
      const many = random() < 0.3 ? 4 : 1;
      intervals[name] = Math.max(100, Math.round((many * aboutMs) / share / 10) * 10);
    }
  }
  const { baudRate, parity, stopBits } = settings;
  const text = `${baudRate} ${parity} ${stopBits}, ${tags.length} tags, ${JSON.stringify(intervals)}`;
  return { ...line, text };
}

function tagOf(group: string, index: number, { unit, offset }: { unit: number; offset: number }): Tag {
  return {
    line: "l",
    group,
    name: `t${index}`,
    address: { unit, area: "holding", offset },
    type: "uint16",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision: 0,
    unit: "",
    description: "",
  };
}
