import { describe, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { CallFailed, connect } from "#contract/client.ts";
import { contractHash } from "#contract/hash.ts";
import { serve } from "#contract/server.ts";
import type { ToClient } from "#contract/wire.ts";
import { follow } from "#test/support/followed.ts";
import { memoryPipes } from "#test/support/memoryPipe.ts";
import { createTalkingWorkbench } from "#test/support/talkingWorkbench.ts";
import { until } from "#test/support/until.ts";

const hello: ToClient = { t: "hello", hash: contractHash() };

/** A client whose host is this test: it hears what the client says and says what it likes. */
function openScripted() {
  const [near, far] = memoryPipes();
  const client = connect(near);
  const heard: { t: string; id: number; topic?: string }[] = [];
  far.onMessage((text) => heard.push(JSON.parse(text)));
  return { client, heard, say: (message: unknown) => far.send(JSON.stringify(message)), far };
}

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await promise.catch((reason: unknown) => reason);
  return error instanceof CallFailed ? error.failures[0]?.code : undefined;
}

describe("connect", () => {
  test("another contract's greeting is pipe.outdated, and nothing was asked", async () => {
    const { client, heard, say } = openScripted();
    const call = codeOf(client.call("site.undo", {}));
    follow(client, "tags");
    let why: string | undefined;
    client.onClose((failure) => {
      why = failure.code;
    });

    say({ ...hello, hash: "0123456789abcdef" });

    expect(await codeOf(client.ready)).toBe("pipe.outdated");
    expect(await call).toBe("pipe.outdated");
    expect(await codeOf(client.call("app.info", {}))).toBe("pipe.outdated");
    expect(why).toBe("pipe.outdated");
    expect(heard).toEqual([]);
  });

  test("an answer that does not fit the contract is a fault, never a value", async () => {
    const { client, heard, say } = openScripted();
    say(hello);

    const call = codeOf(client.call("app.info", {}));
    await until(() => heard.length === 1, "the call");
    say({ t: "ok", id: heard[0]?.id, output: { version: 7, host: "web" } });

    expect(await call).toBe("internal");
  });

  test("an answer to an aborted call is dropped", async () => {
    const { client, heard, say } = openScripted();
    say(hello);
    const abort = new AbortController();
    const call = client.call("app.info", {}, abort.signal).catch((reason: unknown) => reason);
    await until(() => heard.length === 1, "the call");

    abort.abort("changed my mind");
    say({ t: "ok", id: heard[0]?.id, output: { version: "1", host: "web" } });

    expect(await call).toBe("changed my mind");
    await until(() => heard.length === 2, "the abort");
    expect(heard[1]).toEqual({ t: "abort", id: heard[0]?.id });
  });

  test("a call longer than a message may be is refused here, and the pipe lives on", async () => {
    const [near, far] = memoryPipes();
    serve(far, createTalkingWorkbench(), systemClock);
    const client = connect(near);

    const call = client.call("uplink.setPassword", { password: "点".repeat(400_000) });

    expect(await codeOf(call)).toBe("input.invalid");
    expect((await client.call("app.info", {})).version).toBe("0.0.1");
  });

  test("watchers share a subscription that ends with the last", async () => {
    const { client, heard, say } = openScripted();
    say(hello);
    const first = follow(client, "live");
    const second = follow(client, "live");
    await until(() => heard.length === 1, "the subscription");

    first.stop();
    second.stop();
    second.stop();

    await until(() => heard.length === 2, "its end");
    expect(heard).toEqual([
      { t: "watch", topic: "live" },
      { t: "unwatch", topic: "live" },
    ]);
  });

  test("what an ended subscription still sent does not reach the next", async () => {
    const { client, heard, say } = openScripted();
    say(hello);
    const item = { key: "a", text: "1", number: 1, words: "", at: 0, quality: "good", failure: null };
    const first = follow(client, "live");
    say({ t: "snapshot", topic: "live", seq: 1, items: [item] });
    await until(() => first.snapshots === 1, "the snapshot");

    first.stop();
    const second = follow(client, "live");
    say({ t: "change", topic: "live", seq: 2, set: [{ ...item, key: "stale" }], remove: [] });
    say({ t: "snapshot", topic: "live", seq: 3, items: [{ ...item, key: "b" }] });

    say({ t: "change", topic: "live", seq: 2, set: [{ ...item, key: "older" }], remove: [] });
    say({ t: "change", topic: "live", seq: 4, set: [{ ...item, key: "c" }], remove: [] });

    await until(() => second.changes > 0, "the new change");
    expect(second.snapshots).toBe(1);
    expect([...second.items.keys()]).toEqual(["b", "c"]);
    expect(heard.map((message) => message.t)).toEqual(["watch", "unwatch", "watch"]);
  });
});
