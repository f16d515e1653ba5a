import { mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { interfaces } from "#adapters/discovery/interfaces.ts";
import { neighbours } from "#adapters/discovery/neighbours.ts";
import { checklistStore } from "#adapters/files/checklistStore.ts";
import { choicesFile } from "#adapters/files/choicesFile.ts";
import { journals } from "#adapters/files/journal.ts";
import { outputFolders } from "#adapters/files/outputFolders.ts";
import { photoStore } from "#adapters/files/photoStore.ts";
import { profileStore } from "#adapters/files/profileStore.ts";
import { siteStore } from "#adapters/files/siteStore.ts";
import { unpack } from "#adapters/files/unpack.ts";
import { gatewayFinder } from "#adapters/gateway/gatewayFinder.ts";
import { gatewayIdentities } from "#adapters/gateway/gatewayIdentities.ts";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { ekuipers } from "#adapters/programs/ekuiper.ts";
import { nanomqs } from "#adapters/programs/nanomq.ts";
import { linkProxies } from "#adapters/proxy/linkProxy.ts";
import { sampleQueues } from "#adapters/queue/sampleQueue.ts";
import { chromiumPrinter } from "#adapters/report/chromiumPrinter.ts";
import { qrCodes } from "#adapters/report/qrCodes.ts";
import { memorySecrets } from "#adapters/secrets/memorySecrets.ts";
import { sealedFileSecrets } from "#adapters/secrets/sealedFileSecrets.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import { sshTunnels } from "#adapters/ssh/sshTunnels.ts";
import type { SerialPorts } from "#capabilities/line.ts";
import type { ReportPrinter } from "#capabilities/reportPrinter.ts";
import type { Secrets } from "#capabilities/secrets.ts";
import { createWorkbench, type OpenWorkbench } from "#services/workbench.ts";
import type { World } from "#services/world.ts";
import { trainingPlan, trainingPort } from "#simulator/trainingPlan.ts";
import { type TrainingOptions, trainingSite } from "#simulator/trainingSite.ts";

declare const __VERSION__: string;

export const version = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0";

export interface ComposeOptions {
  readonly host: World["host"];
  /** site files, evidence, sealed secrets and own device profiles; made when missing */
  readonly dataFolder: string;
  /** what ships beside the program: `resources` */
  readonly resourceFolder: string;
  /** the desktop's keychain; else a sealed file with LASTMILE_PASSPHRASE, else memory */
  readonly secrets?: Secrets;
  /** the desktop's own; else the Chromium that is installed */
  readonly printer?: ReportPrinter;
  readonly training?: TrainingOptions;
}

/** Builds every adapter and the simulator: the only place where the two halves of the program meet. */
export async function composeWorld(options: ComposeOptions): Promise<World> {
  const { dataFolder, resourceFolder, host } = options;
  await mkdir(dataFolder, { recursive: true });
  const training = trainingSite(options.training);
  const ports = portsWith(training.ports);
  const passphrase = process.env.LASTMILE_PASSPHRASE;
  const kept = passphrase ? sealedFileSecrets(join(dataFolder, "secrets.age"), passphrase) : memorySecrets();
  const crypto = nodeCrypto();
  return {
    clock: systemClock,
    crypto,
    sites: siteStore(dataFolder),
    choices: choicesFile(join(dataFolder, "choices.json")),
    journals: journals(systemClock, crypto),
    outputs: outputFolders(),
    queues: sampleQueues,
    profiles: profileStore(join(resourceFolder, "device-profiles"), join(dataFolder, "device-profiles")),
    unpack,
    checklists: checklistStore(join(resourceFolder, "checklists"), join(dataFolder, "checklists")),
    photos: photoStore(),
    printer: options.printer ?? chromiumPrinter(),
    qrCodes,
    secrets: options.secrets ?? kept,
    ports,
    lines: modbusLines(ports),
    discovery: interfaces(),
    gateways: neuronGateways(),
    gatewayFinder: gatewayFinder(),
    identities: gatewayIdentities(neighbours),
    tunnels: sshTunnels(),
    nanomqs: nanomqs(),
    ekuipers: ekuipers(),
    brokers: brokers(),
    linkProxies: linkProxies(),
    training: {
      start: training.start,
      stop: training.stop,
      plan: trainingPlan,
      tagTable: () => readFile(join(resourceFolder, "training-site", "tags.csv"), "utf8"),
    },
    version,
    host,
  };
}

export async function composeWorkbench(options: ComposeOptions): Promise<OpenWorkbench> {
  return createWorkbench(await composeWorld(options));
}

/** Where site files are kept unless LASTMILE_DATA says otherwise. */
export function usualDataFolder(): string {
  return process.env.LASTMILE_DATA ?? join(homedir(), "Lastmile");
}

/** The training line beside the real ports: one list, one way to open. */
function portsWith(simulated: SerialPorts): SerialPorts {
  const real = serialPorts();
  return {
    list: async () => [...(await real.list()), ...(await simulated.list())],
    open: (path, settings, signal) => (path === trainingPort ? simulated : real).open(path, settings, signal),
  };
}
