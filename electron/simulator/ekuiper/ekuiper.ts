import { type Listening, listen } from "../listening.ts";
import { ekuiperServer } from "./http.ts";
import { makeStore } from "./store.ts";

export interface VirtualEkuiper extends Listening {
  /** `kill -9`; what it keeps is there again at its next start */
  kill(): void;
  start(): void;
}

/**
 * An eKuiper whose API answers as 2.x is described: streams, rules, their states, and the rule set as one document.
 * It runs no statement. Faults: line.busy.
 */
export async function openEkuiper(host: string, port: number): Promise<VirtualEkuiper> {
  const store = makeStore();
  let isRunning = true;
  const server = ekuiperServer(store, () => isRunning);
  const listening = await listen(server, host, port, () => server.closeAllConnections());
  return {
    ...listening,
    kill() {
      isRunning = false;
      server.closeAllConnections();
    },
    start() {
      isRunning = true;
    },
  };
}
