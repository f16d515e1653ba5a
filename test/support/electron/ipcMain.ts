import { EventEmitter } from "node:events";

/** Where pages' messages arrive: `on(channel, (event, message) => …)`. */
export const ipcMain = new EventEmitter();
