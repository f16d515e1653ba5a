import { EventEmitter } from "node:events";

/** Says to a port what came from the page. */
export let arrive: (port: MessagePortMain, data: unknown) => void;
/** Tells a port that its page is gone or has closed it. */
export let closePort: (port: MessagePortMain) => void;

/** The main process's end of a port whose other end is in a page. Messages wait until `start`. */
export class MessagePortMain extends EventEmitter {
  readonly #send: (data: unknown) => void;
  readonly #end: () => void;
  #waiting: unknown[] | undefined = [];
  #open = true;

  constructor(send: (data: unknown) => void, end: () => void) {
    super();
    this.#send = send;
    this.#end = end;
  }

  postMessage(message: unknown): void {
    if (this.#open) this.#send(message);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.emit("message", { data, ports: [] });
  }

  close(): void {
    if (this.#open) this.#end();
    closePort(this);
  }

  static {
    arrive = (port, data) => {
      if (port.#waiting !== undefined) port.#waiting.push(data);
      else if (port.#open) port.emit("message", { data, ports: [] });
    };
    closePort = (port) => {
      if (!port.#open) return;
      port.#open = false;
      port.emit("close");
    };
  }
}
