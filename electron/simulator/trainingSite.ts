import type { SerialPorts } from "#capabilities/line.ts";
import type { Training, TrainingPlace } from "#capabilities/training.ts";
import { FaultError } from "#domain/fault.ts";
import { makeBank } from "./bank.ts";
import { openBroker } from "./broker.ts";
import { type Bus, openBus } from "./bus.ts";
import { serveBus } from "./busServer.ts";
import { openEkuiper } from "./ekuiper/ekuiper.ts";
import { joinFloating, joinSecondMaster, makeNoise, type TrainingFault } from "./faults.ts";
import { openGateway } from "./gateway/gateway.ts";
import { makeModel } from "./model.ts";
import { openNanomq } from "./nanomq/nanomq.ts";
import { servePlc } from "./plcServer.ts";
import { joinDuplicateUnit, joinTrainingUnits } from "./trainingLine.ts";
import { gatewayDevice, trainingPort, trainingSettings } from "./trainingPlan.ts";
import { plcPoints } from "./units/plc.ts";

export interface TrainingOptions {
  /** the same seed gives the same values; 1 unless told */
  readonly seed?: number;
  /** TCP ports; 0 or absent: any free one */
  readonly ports?: {
    readonly line?: number;
    readonly plc?: number;
    readonly gateway?: number;
    readonly broker?: number;
    readonly nanomq?: number;
    readonly ekuiper?: number;
  };
  readonly host?: "127.0.0.1";
  /** what is wrong from the start */
  readonly faults?: Iterable<TrainingFault>;
}

export interface TrainingSitePlace extends TrainingPlace {
  /** the serial line for other programs: `tcp://host:port`, raw RTU bytes */
  readonly linePort: string;
}

export interface TrainingSite extends Training {
  start(): Promise<TrainingSitePlace>;
  /** the training line as the one serial port; opening it starts the site */
  readonly ports: SerialPorts;
  /** switches a fault on or off; before the start it is remembered */
  setFault(fault: TrainingFault, on: boolean): void;
}

/** Ports of `lastmile simulate`. */
export const fixedPorts = {
  line: 15_020,
  plc: 15_021,
  gateway: 17_000,
  broker: 11_883,
  nanomq: 18_081,
  ekuiper: 19_081,
} as const;

interface Running {
  readonly place: TrainingSitePlace;
  readonly bus: Bus;
  applyFaults(): void;
  stop(): Promise<void>;
}

/** The simulated site: line, units, PLC, gateway and broker on this machine. Faults of `start`: line.busy. */
export function trainingSite(options: TrainingOptions = {}): TrainingSite {
  const faults = new Set(options.faults ?? []);
  let running: Promise<Running> | undefined;
  const begin = () => {
    running ??= startSite(options, faults).catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };

  return {
    start: async () => (await begin()).place,
    async stop() {
      const stopping = running;
      running = undefined;
      await (await stopping?.catch(() => undefined))?.stop();
    },
    setFault(fault, on) {
      if (on) faults.add(fault);
      else faults.delete(fault);
      void running?.then((site) => site.applyFaults()).catch(() => undefined);
    },
    ports: {
      list: async () => [
        {
          path: trainingPort,
          label: "Training line",
          manufacturer: "",
          serialNumber: "",
          usbId: "",
          simulated: true,
        },
      ],
      async open(path, settings, signal) {
        signal.throwIfAborted();
        if (path !== trainingPort) throw new FaultError({ code: "line.portMissing", port: path });
        return (await begin()).bus.tap(settings, () => faults.has("echo"));
      },
    },
  };
}

async function startSite(options: TrainingOptions, faults: ReadonlySet<TrainingFault>): Promise<Running> {
  const seed = options.seed ?? 1;
  const host = options.host ?? "127.0.0.1";
  const ports = options.ports ?? {};
  const startedMs = performance.now();
  const elapsedMs = () => performance.now() - startedMs;
  const now = () => (faults.has("clock1970") ? Math.round(elapsedMs()) : Date.now());
  const model = makeModel(seed);
  const bus = openBus(trainingSettings);
  const closing: (() => Promise<void> | void)[] = [() => bus.close()];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };

  try {
    closing.push(joinTrainingUnits(bus, model, seed, elapsedMs, (fault) => faults.has(fault)));
    const opened = async <T extends { close(): Promise<void> }>(part: Promise<T>) => {
      const open = await part;
      closing.push(() => open.close());
      return open;
    };
    const line = await opened(serveBus(bus, host, ports.line ?? 0));
    const plc = await opened(servePlc(makeBank(plcPoints(model), elapsedMs), 1, host, ports.plc ?? 0));
    const denies = (topic: string) => faults.has("deniedTopic") && /(^|\/)pump$/.test(topic);
    const broker = await opened(openBroker(host, ports.broker ?? 0, { denies }));
    const openPort = async (device: string, settings: Parameters<Bus["tap"]>[0]) =>
      device === gatewayDevice ? bus.tap(settings) : undefined;
    const gateway = await opened(openGateway({ host, port: ports.gateway ?? 0, now, openPort }));
    const nanomq = await opened(openNanomq({ host, port: ports.nanomq ?? 0, handsOutFile: true }));
    const ekuiper = await opened(openEkuiper(host, ports.ekuiper ?? 0));
    const applyFaults = lineFaults(faults, {
      crcNoise: () => makeNoise(bus, seed),
      secondMaster: () => joinSecondMaster(bus),
      floating: () => joinFloating(bus, seed),
      duplicateUnit: () => joinDuplicateUnit(bus, model, elapsedMs),
    });
    closing.push(() => applyFaults(false));
    applyFaults(true);
    return {
      place: {
        serialPort: trainingPort,
        linePort: `tcp://${host}:${line.port}`,
        plc: { host, port: plc.port },
        gatewayUrl: `http://${host}:${gateway.port}`,
        broker: { host, port: broker.port },
        beside: {
          nanomq: `http://${host}:${nanomq.port}`,
          ekuiper: `http://${host}:${ekuiper.port}`,
        },
      },
      bus,
      applyFaults: () => applyFaults(true),
      stop: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Faults that something on the line makes: brings them in step with the set, or ends them all. */
function lineFaults(
  wanted: ReadonlySet<TrainingFault>,
  makers: Partial<Record<TrainingFault, () => () => void>>,
): (allowed: boolean) => void {
  const undo = new Map<string, () => void>();
  return (allowed) => {
    for (const [name, make] of Object.entries(makers)) {
      const on = allowed && wanted.has(name as TrainingFault);
      if (on && !undo.has(name)) undo.set(name, make());
      if (on || !undo.has(name)) continue;
      undo.get(name)?.();
      undo.delete(name);
    }
  };
}
