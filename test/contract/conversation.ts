import { afterEach, describe, expect, test } from "vitest";
import { type CallFailed, type Client, connect } from "#contract/client.ts";
import type { CallName } from "#contract/contract.ts";
import type { Pipe } from "#contract/wire.ts";
import { follow } from "#test/support/followed.ts";
import { until } from "#test/support/until.ts";

/** One more client of one and the same talking workbench. */
export type OpenPipe = () => Promise<Pipe>;

async function failuresOf(call: Promise<unknown>): Promise<CallFailed["failures"]> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason as CallFailed,
  );
  if (error === undefined) throw new Error("the call answered");
  return error.failures;
}

/** What must hold over every pipe. The other end is a talking workbench (test/support/talkingWorkbench.ts). */
export function describeConversation(name: string, openPipe: OpenPipe): void {
  describe(`a conversation over ${name}`, () => {
    const clients: Client[] = [];

    async function open(): Promise<Client> {
      const client = connect(await openPipe(), { checkItems: true });
      clients.push(client);
      await client.ready;
      return client;
    }

    afterEach(() => {
      for (const client of clients.splice(0)) client.close();
    });

    test("a call answers, in any script", async () => {
      const client = await open();

      const [site] = await client.call("sites.list", {});

      expect(site?.name).toBe("北泵站 №1 \u2028");
    });

    test("problems and faults arrive with their facts, a bug as internal", async () => {
      const client = await open();

      expect(await failuresOf(client.call("site.undo", {}))).toEqual([
        { kind: "problem", code: "site.none", facts: {} },
        { kind: "problem", code: "line.unknown", facts: { line: "bus" }, at: { row: 7 } },
      ]);
      expect(await failuresOf(client.call("site.redo", {}))).toEqual([
        { kind: "fault", code: "line.silent", facts: { unit: 3, afterMs: 500 } },
      ]);
      expect(await failuresOf(client.call("site.close", {}))).toMatchObject([
        { kind: "fault", code: "internal" },
      ]);
    });

    test("an extra field is refused with its path and nothing is called", async () => {
      const client = await open();

      const [failure] = await failuresOf(client.call("ports.list", { force: true } as never));

      expect(failure).toMatchObject({ kind: "problem", code: "input.invalid" });
      expect(failure?.facts.reason).toContain("force");
      const links = follow(client, "links");
      await until(() => links.snapshots > 0, "links");
      expect(links.items.get("calls")?.state).not.toBe("busy");
    });

    test("an unknown call is refused", async () => {
      const client = await open();

      const [failure] = await failuresOf(client.call("toString" as CallName, {} as never));

      expect(failure).toMatchObject({ kind: "problem", code: "input.invalid" });
    });

    test("an abort reaches the handler", async () => {
      const client = await open();
      const links = follow(client, "links");
      const abort = new AbortController();

      const call = client.call("ports.list", {}, abort.signal);
      const rejected = expect(call).rejects.toThrow("enough");
      await until(() => links.items.get("calls")?.state === "busy", "the call to wait");
      abort.abort(new Error("enough"));

      await rejected;
      await until(() => links.items.get("calls")?.state === "idle", "the handler to be aborted");
    });

    test("closing a pipe aborts its calls and rejects them with pipe.closed", async () => {
      const leaving = await open();
      const staying = await open();
      const links = follow(staying, "links");
      const call = failuresOf(leaving.call("ports.list", {}));
      await until(() => links.items.get("calls")?.state === "busy", "the call to wait");

      leaving.close();

      expect(await call).toEqual([{ kind: "fault", code: "pipe.closed", facts: {} }]);
      expect(await failuresOf(leaving.call("app.info", {}))).toMatchObject([{ code: "pipe.closed" }]);
      await until(() => links.items.get("calls")?.state === "idle", "the handler to be aborted");
    });

    test("a busy value is conflated to five changes a second, a late watcher gets all there is", async () => {
      const client = await open();
      await client.call("live.stop", {});
      const live = follow(client, "live");
      await until(() => live.snapshots > 0, "the snapshot");
      const start = performance.now();

      await client.call("live.start", {});
      await until(() => live.items.get("busy")?.text === "400", "the last value");

      const seconds = (performance.now() - start) / 1000;
      expect(live.changes).toBeGreaterThan(1);
      // One more for the first, which leaves at once, and one for the clock's grain.
      expect(live.changes).toBeLessThanOrEqual(Math.ceil(seconds * 5) + 2);
      const late = follow(client, "live");
      expect(late.snapshots).toBe(1);
      expect([...late.items.keys()]).toEqual([...live.items.keys()]);
      expect(late.items.size).toBe(11);
    });

    test("two thousand calls answer each its own", async () => {
      const client = await open();

      const answers = await Promise.all(
        Array.from({ length: 2000 }, async (_, index) =>
          index % 2 === 0
            ? (await client.call("app.info", {})).version
            : (await client.call("sites.list", {})).length,
        ),
      );

      expect(answers.every((answer, index) => answer === (index % 2 === 0 ? "0.0.1" : 1))).toBe(true);
    });
  });
}
