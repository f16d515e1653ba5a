import { createServer } from "node:net";
import { Listeners } from "#adapters/listeners.ts";
import type { LinkCounts, LinkProxies, LinkProxy, Passing } from "#capabilities/linkProxy.ts";
import { FaultError } from "#domain/fault.ts";
import { type LinkShape, plainShape } from "#domain/link/linkShape.ts";
import { Flow } from "./flow.ts";
import { numbersOf } from "./numbers.ts";

export interface LinkPlace {
  readonly host: string;
  readonly port: number;
}

export function linkProxies(): LinkProxies {
  return { open: openProxy };
}

async function openProxy(place: {
  readonly host: string;
  readonly to: LinkPlace;
  readonly shape?: LinkShape;
  readonly seed?: number;
}): Promise<LinkProxy> {
  const { host, to } = place;
  const random = numbersOf(place.seed ?? 1);
  const passings = new Listeners<[Passing]>();
  const flows = new Set<Flow>();
  const totals = { up: { bytes: 0, packets: 0 }, down: { bytes: 0, packets: 0 } };
  let shape = place.shape ?? plainShape;
  let cut: "reset" | "silence" | undefined;
  let made = 0;

  // Half-open, because what the publisher sent before its end still has to get through.
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    if (cut === "reset") {
      near.on("error", () => undefined);
      near.resetAndDestroy();
      return;
    }
    for (const old of flows) if (old.isOver) flows.delete(old);
    const number = ++made;
    const world = {
      shape,
      to,
      random,
      tell: (way: "up" | "down", stage: Passing["stage"], packet: Passing["packet"]) =>
        passings.tell({ at: Date.now(), flow: number, way, stage, packet }),
      carried(way: "up" | "down", bytes: number, packets: number) {
        totals[way].bytes += bytes;
        totals[way].packets += packets;
      },
    };
    flows.add(new Flow(near, world, cut === "silence"));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", (cause) => reject(new FaultError({ code: "line.busy", port: host }, cause)));
    server.listen({ host, port: 0 }, () => resolve((server.address() as { port: number }).port));
  });

  return {
    host,
    port,
    shape(next) {
      shape = next;
    },
    cut(how) {
      cut = how;
      for (const flow of flows) {
        if (how === "silence") flow.silence();
        else flow.reset();
      }
      if (how === "reset") flows.clear();
    },
    restore() {
      cut = undefined;
      for (const flow of flows) flow.resume();
    },
    get isCut() {
      return cut !== undefined;
    },
    get open() {
      return [...flows].filter((flow) => !flow.near.destroyed).length;
    },
    counts: (way): LinkCounts => ({ ...totals[way] }),
    onPassing: (listener) => passings.add(listener),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const flow of flows) flow.destroy();
      }),
  };
}
