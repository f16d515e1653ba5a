import { createServer } from "node:net";
import { type Listening, listen } from "../listening.ts";
import { type BrokerRun, startBroker } from "./broker.ts";
import { type NanomqProcess, nanomqServer } from "./http.ts";
import { usualFile } from "./usualFile.ts";

export interface NanomqWorld {
  readonly host: string;
  /** of its API; 0 for any free one */
  readonly port: number;
  /** of its MQTT side; 0 for any free one. What its file says of ports only shows in its API */
  readonly mqttPort?: number;
  /** its configuration file; the one that it is delivered with, unless told */
  readonly file?: string;
  /** a newer build, which lists and serves `get_file`; false unless told, as 0.25.5 */
  readonly handsOutFile?: boolean;
}

export interface VirtualNanomq extends Listening {
  readonly mqttPort: number;
  /** the file on its disk, which counts from its next start on */
  readonly file: string;
  /** false after a syntax error or a stop, until somebody starts it again */
  readonly isRunning: boolean;
  /** times that its process was started */
  readonly starts: number;
  /** starts the process with the file on the disk, as a supervisor or a person would */
  start(): Promise<void>;
  /** `kill -9` */
  kill(): Promise<void>;
}

/**
 * A NanoMQ that answers and behaves as 0.25.5 was measured to: really a broker, really bridging, and ending over a
 * syntax error in what `config_update` brings. Faults: line.busy.
 */
export async function openNanomq(world: NanomqWorld): Promise<VirtualNanomq> {
  const { host, handsOutFile = false } = world;
  const disk = { file: world.file ?? usualFile };
  let run: BrokerRun | undefined;
  let starts = 0;
  let turn: Promise<void> = Promise.resolve();

  /** Ending and starting come one after another. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work);
    return turn;
  }

  const begin = () =>
    inTurn(async () => {
      if (run !== undefined) return;
      run = await startBroker(disk.file);
      if (run !== undefined) starts += 1;
    });
  const end = () => {
    const ending = run;
    run = undefined;
    return inTurn(async () => ending?.end());
  };

  const server = nanomqServer((): NanomqProcess | undefined => {
    if (run === undefined) return undefined;
    return {
      run,
      handsOutFile,
      get file() {
        return disk.file;
      },
      set file(text) {
        disk.file = text;
      },
      crash: () => void end(),
      restart: () => {
        void end();
        void begin();
      },
      stop: () => void end(),
    };
  });
  // The port stays while the process starts anew, so that nobody else takes it meanwhile.
  const mqtt = createServer({ noDelay: true }, (socket) => {
    if (run) run.take(socket);
    else socket.destroy();
  });
  const mqttListening = await listen(mqtt, host, world.mqttPort ?? 0, () => undefined);
  await begin();
  const listening = await listen(server, host, world.port, () => server.closeAllConnections());
  return {
    port: listening.port,
    mqttPort: mqttListening.port,
    get file() {
      return disk.file;
    },
    get isRunning() {
      return run !== undefined;
    },
    get starts() {
      return starts;
    },
    start: begin,
    kill: end,
    async close() {
      await end();
      await listening.close();
      await mqttListening.close();
    },
  };
}
