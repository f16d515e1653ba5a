import { calls, keptItems, type TopicName, topics } from "#contract/contract.ts";
import type { Workbench } from "#contract/server.ts";
import { createTable } from "#contract/table.ts";
import type { LinkView, LiveView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";

/**
 * A workbench to try a pipe with, in any process: what its handlers live through is shown in its own topics.
 *
 * - `sites.list` answers one site with a name that is not ASCII
 * - `ports.list` never answers; `links` shows `calls` busy while it waits and idle when it was aborted
 * - `site.undo` fails with two problems, `site.redo` with a fault, `site.close` with a bug
 * - `live.start` changes one value of `live` 400 times within about a second, after 10 still ones; `live.stop` clears
 * - `gateway.signOut` fills `live` with 3 MB
 */
export function createTalkingWorkbench(host: "desktop" | "web" | "cli" = "web"): Workbench {
  const tables = Object.fromEntries(
    Object.keys(topics).map((topic) => [topic, createTable(keptItems[topic as TopicName])]),
  ) as unknown as Workbench["tables"];
  const unused = Object.fromEntries(
    Object.keys(calls).map((name) => [
      name,
      async () => Promise.reject(new Error(`${name} is not spoken here`)),
    ]),
  ) as unknown as Workbench["handlers"];
  let waiting = 0;

  function showWaiting(change: number): void {
    waiting += change;
    tables.links.set(link(waiting));
  }

  return {
    tables,
    handlers: {
      ...unused,
      "app.info": async () => ({ version: "0.0.1", host }),
      "sites.list": async () => [
        { path: "/sites/north-pump.site.json", name: "北泵站 №1 \u2028", changedAt: 1 },
      ],
      "ports.list": (_input, signal) =>
        new Promise((_resolve, reject) => {
          showWaiting(1);
          signal.addEventListener("abort", () => {
            showWaiting(-1);
            reject(signal.reason);
          });
        }),
      "site.undo": async () => {
        throw new ProblemError({ code: "site.none" }, { code: "line.unknown", line: "bus", at: { row: 7 } });
      },
      "site.redo": async () => {
        throw new FaultError({ code: "line.silent", unit: 3, afterMs: 500 });
      },
      "site.close": async () => {
        throw new Error("a wheel came off");
      },
      "live.start": async () => {
        for (let unit = 1; unit <= 10; unit += 1) tables.live.set(live(`still ${unit}`, "0"));
        void changeOften((value) => tables.live.set(live("busy", value)));
        return {};
      },
      "live.stop": async () => {
        tables.live.clear();
        return {};
      },
      "gateway.signOut": async () => {
        for (let tag = 0; tag < 300; tag += 1) tables.live.set(live(`wide ${tag}`, "x".repeat(10_000)));
        return {};
      },
    },
  };
}

async function changeOften(set: (value: string) => void): Promise<void> {
  for (let value = 1; value <= 400; value += 1) {
    set(String(value));
    if (value % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function link(waiting: number): LinkView {
  const says = { code: "link.none", facts: { waiting } } as const;
  return { key: "calls", state: waiting > 0 ? "busy" : "idle", says, failure: null };
}

function live(key: string, text: string): LiveView {
  return { key, text, number: Number(text) || 0, words: "0000", at: 0, quality: "good", failure: null };
}
