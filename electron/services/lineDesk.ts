import type { Frame, LinePlace, Lines } from "#capabilities/line.ts";
import { faultView } from "#contract/failure.ts";
import { type Fault, FaultError } from "#domain/fault.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Line, Site } from "#domain/site/site.ts";
import { type LineTraffic, openTraffic, type TrafficState } from "./lineTraffic.ts";
import type { Tables } from "./tables.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

/**
 * The open lines of the site: one traffic each, closed when its line's place changes. Whoever still holds the traffic
 * of a closed line gets line.lost and never opens the port again.
 */
export interface LineDesk {
  /** the one way to a line; opens nothing by itself */
  traffic(id: string): LineTraffic;
  close(id: string): Promise<void>;
  /** follows the site: lines that moved or went are closed */
  follow(site: Site | undefined): void;
  closeAll(): Promise<void>;
}

export function lineDesk(world: World, tables: Tables, wire: WireLog, site: () => Site): LineDesk {
  const open = new Map<string, { place: string; traffic: LineTraffic }>();
  const closing = new Map<string, Promise<unknown>>();

  /** The gateway that somebody signed in to runs a driver of this line's name. */
  function isPolled(line: Line): boolean {
    const nodes = tables.gateway.get("gateway")?.nodes ?? [];
    return nodes.some((node) => node.node === line.name && node.running === 3);
  }

  function show(line: Line, state: TrafficState): void {
    tables.links.set({ key: `line:${line.id}`, ...linkOf(state, isPolled(line)) });
  }

  async function close(id: string): Promise<void> {
    const entry = open.get(id);
    open.delete(id);
    tables.links.remove(`line:${id}`);
    if (!entry) return;
    const closed = entry.traffic.close().catch(() => undefined);
    closing.set(id, closed);
    await closed;
    if (closing.get(id) === closed) closing.delete(id);
  }

  return {
    traffic(id) {
      const known = open.get(id);
      if (known) return known.traffic;
      const line = site().lines.find((candidate) => candidate.id === id);
      if (!line) throw new ProblemError({ code: "line.unknown", line: id });
      if (line.kind === "serial" && line.port === "") {
        throw new ProblemError({ code: "line.settingsInvalid", reason: "port", at: { field: "port" } });
      }
      const onFrame = (frame: Frame) => wire.frame(line, frame);
      const lines: Lines = {
        async open(place, signal) {
          // A port is let go before it is taken again, be it at other settings.
          await closing.get(id);
          return world.lines.open(place, signal);
        },
      };
      const traffic = openTraffic(placeOf(line), { lines, clock: world.clock, onFrame });
      const isOpen = () => open.get(id)?.traffic === entry.traffic;
      const entry = {
        place: JSON.stringify(placeOf(line)),
        traffic: whileOpen(traffic, isOpen, { code: "line.lost", port: portOf(line) }),
      };
      open.set(id, entry);
      traffic.onState((state) => {
        if (isOpen()) show(line, state);
      });
      return entry.traffic;
    },
    close,
    follow(next) {
      for (const [id, entry] of open) {
        const line = next?.lines.find((candidate) => candidate.id === id);
        if (!line || JSON.stringify(placeOf(line)) !== entry.place) void close(id);
      }
    },
    async closeAll() {
      await Promise.all([...open.keys()].map(close));
    },
  };
}

/** The same traffic for as long as it is the line's own. */
function whileOpen(traffic: LineTraffic, isOpen: () => boolean, lost: Fault): LineTraffic {
  const assertOpen = () => {
    if (!isOpen()) throw new FaultError(lost);
  };
  return {
    get state() {
      return traffic.state;
    },
    onState: (listener) => traffic.onState(listener),
    get echoes() {
      return traffic.echoes;
    },
    onFrame: (listener) => traffic.onFrame(listener),
    onLearned: (listener) => traffic.onLearned(listener),
    close: () => traffic.close(),
    async exchange(...request) {
      assertOpen();
      return traffic.exchange(...request);
    },
    async read(...request) {
      assertOpen();
      return traffic.read(...request);
    },
    async listen(...request) {
      assertOpen();
      return traffic.listen(...request);
    },
  };
}

function portOf(line: Line): string {
  return line.kind === "serial" ? line.port : `${line.host}:${line.port}`;
}

/** Where a line is opened from this machine. */
export function placeOf(line: Line): LinePlace {
  return line.kind === "serial"
    ? { kind: "serial", port: line.port, settings: line.settings }
    : { kind: "tcp", host: line.host, port: line.port };
}

function linkOf(state: TrafficState, isPolled: boolean) {
  switch (state.at) {
    case "closed":
      return { state: "idle" as const, says: phrase("link.closed"), failure: null };
    case "listening":
      return { state: "busy" as const, says: phrase("link.listening"), failure: null };
    case "free":
      return { state: "ok" as const, says: phrase("link.free"), failure: null };
    case "taken": {
      const facts = { units: state.units.join(", "), frames: state.frames };
      // The site's own gateway is a master that belongs there; any other is one to look for.
      return isPolled
        ? { state: "ok" as const, says: phrase("link.polled", facts), failure: null }
        : { state: "warn" as const, says: phrase("link.taken", facts), failure: null };
    }
    case "lost":
      return { state: "bad" as const, says: phrase("link.lost"), failure: faultView(state.fault) };
  }
}
