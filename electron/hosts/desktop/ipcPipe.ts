import { ipcMain } from "electron";
import { portPipe } from "#contract/portPipe.ts";
import type { Pipe } from "#contract/wire.ts";
import { isPageUrl } from "./appScheme.ts";
import { pipeChannel } from "./pipeChannel.ts";

/** Takes the port that the preload of each loaded page hands over; from any other sender it is closed unheard. */
export function acceptPipes(accept: (pipe: Pipe) => void): void {
  ipcMain.on(pipeChannel, (event) => {
    const [port] = event.ports;
    const frame = event.senderFrame;
    if (port === undefined) return;
    if (frame === null || frame.parent !== null || !isPageUrl(frame.url)) {
      port.close();
      return;
    }
    accept(
      portPipe({
        post: (message) => port.postMessage(message),
        onMessage(listener) {
          port.on("message", (message) => listener(message.data));
          port.start();
        },
        onClose: (listener) => void port.on("close", listener),
        close: () => port.close(),
      }),
    );
  });
}
