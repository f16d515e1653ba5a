import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import type { Line, Unsubscribe } from "#capabilities/line.ts";
import { TcpDepth } from "./tcpDepth.ts";
import { tcpLine } from "./tcpLine.ts";
import { Turns } from "./turns.ts";

interface Place {
  /** outlives the connections: a device that could not take several at once is not tried again */
  readonly depth: TcpDepth;
  /** opening and closing, one after the other */
  readonly turns: Turns;
  line: Line | undefined;
  users: number;
}

/**
 * The hosts and ports that TCP lines lead to, with one connection each: many devices take only one or two. Whoever
 * opens the same place gets the same line, and it is closed when its last user closes it.
 */
export class TcpPlaces {
  readonly #places = new Map<string, Place>();

  /** @throws what openTcpPipe throws */
  open(host: string, port: number, signal: AbortSignal): Promise<Line> {
    const name = `${host.toLowerCase()}:${port}`;
    const place = this.#places.get(name) ?? {
      depth: new TcpDepth(),
      turns: new Turns(),
      line: undefined,
      users: 0,
    };
    this.#places.set(name, place);
    return place.turns.take(async () => {
      const line =
        place.line ?? tcpLine(await openTcpPipe(host, port, signal), `${host}:${port}`, place.depth);
      if (place.line === undefined) {
        place.line = line;
        place.users = 0;
        line.onClose(() => {
          if (place.line === line) place.line = undefined;
        });
      }
      place.users += 1;
      return sharedLine(line, place);
    }, signal);
  }
}

/** One user's hold on a line. */
function sharedLine(line: Line, place: Place): Line {
  let closing: Promise<void> | undefined;
  const subscriptions: Unsubscribe[] = [];
  const subscribed = (unsubscribe: Unsubscribe) => {
    subscriptions.push(unsubscribe);
    return unsubscribe;
  };
  const leave = () => {
    for (const unsubscribe of subscriptions) unsubscribe();
    return place.turns.take(async () => {
      if (place.line === line) place.users -= 1;
      if (place.line !== line || place.users === 0) await line.close();
    }, new AbortController().signal);
  };
  return {
    shared: line.shared,
    get atOnce() {
      return line.atOnce ?? 1;
    },
    exchange: (...request) => line.exchange(...request),
    listen: (...request) => line.listen(...request),
    onFrame: (listener) => subscribed(line.onFrame(listener)),
    onClose: (listener) => line.onClose(listener),
    close() {
      closing ??= leave();
      return closing;
    },
  };
}
