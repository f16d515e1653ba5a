import { describe, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { serve, type Workbench } from "#contract/server.ts";
import type { ToClient } from "#contract/wire.ts";
import { memoryPipes } from "#test/support/memoryPipe.ts";
import { createTalkingWorkbench } from "#test/support/talkingWorkbench.ts";
import { until } from "#test/support/until.ts";

function openServed(workbench: Workbench = createTalkingWorkbench()) {
  const [near, far] = memoryPipes();
  serve(far, workbench, systemClock);
  return { near, far, workbench };
}

function listen(pipe: { onMessage(listener: (text: string) => void): void }): ToClient[] {
  const heard: ToClient[] = [];
  pipe.onMessage((text) => heard.push(JSON.parse(text)));
  return heard;
}

describe("serve", () => {
  test("a watch of an unknown topic is refused as invalid input", async () => {
    const { near } = openServed();
    const heard = listen(near);

    near.send(JSON.stringify({ t: "watch", topic: "constructor" }));

    await until(() => heard.length === 2, "the refusal");
    expect(heard[1]).toMatchObject({
      t: "refused",
      topic: "constructor",
      failures: [{ kind: "problem", code: "input.invalid" }],
    });
  });

  test.each([
    "no JSON",
    "{}",
    '{"t":"call","id":1.5,"name":"app.info","input":{}}',
    '{"t":"abort","id":1,"x":1}',
  ])("a message that is no envelope closes the pipe: %s", async (text) => {
    const { near } = openServed();
    let closed = false;
    near.onClose(() => {
      closed = true;
    });

    near.send(text);

    await until(() => closed, "the pipe to close");
  });

  test("a second call by an id in flight closes the pipe", async () => {
    const { near } = openServed();
    let closed = false;
    near.onClose(() => {
      closed = true;
    });

    for (let time = 0; time < 2; time += 1) {
      near.send(JSON.stringify({ t: "call", id: 4, name: "ports.list", input: {} }));
    }

    await until(() => closed, "the pipe to close");
  });

  test("a burst within one turn crosses as one change, removals first", async () => {
    const { near, workbench } = openServed();
    const heard = listen(near);
    const item = (key: string) => ({ ...liveItem, key });
    workbench.tables.live.set(item("a"));
    near.send(JSON.stringify({ t: "watch", topic: "live" }));
    await until(() => heard.length === 2, "the snapshot");

    workbench.tables.live.set(item("a"));
    workbench.tables.live.set(item("b"));
    workbench.tables.live.set(item("c"));
    workbench.tables.live.remove("a");
    workbench.tables.live.set(item("a"));
    workbench.tables.live.remove("c");

    await until(() => heard.length === 3, "the change");
    expect(heard[1]).toMatchObject({ t: "snapshot", seq: 1 });
    expect(heard[2]).toEqual({
      t: "change",
      topic: "live",
      seq: 2,
      set: [item("b"), item("a")],
      remove: ["a", "c"],
    });
  });

  test("changes wait while a slow peer has a megabyte to take, and then cross once", async () => {
    const timers: (() => void)[] = [];
    const [near, far] = memoryPipes();
    const workbench = createTalkingWorkbench();
    const after = (_ms: number, call: () => void) => {
      timers.push(call);
      return () => {};
    };
    serve(far, workbench, { after });
    const heard = listen(near);
    near.send(JSON.stringify({ t: "watch", topic: "live" }));
    await until(() => heard.length === 2, "the snapshot");

    far.hold(true);
    workbench.tables.live.set({ ...liveItem, key: "wide", text: "x".repeat(1_500_000) });
    await until(() => timers.length === 1, "the first change, which fills the pipe");
    for (let value = 1; value <= 50; value += 1) {
      workbench.tables.live.set({ ...liveItem, key: "busy", text: String(value) });
      timers.pop()?.();
    }
    const pendingWhileSlow = far.pendingBytes();
    far.hold(false);
    timers.pop()?.();

    await until(() => heard.length === 4, "both changes");
    expect(pendingWhileSlow).toBeLessThan(1_501_000);
    expect(heard[3]).toMatchObject({ t: "change", set: [{ key: "busy", text: "50" }], remove: [] });
  });
});

const liveItem = { text: "1", number: 1, words: "0001", at: 0, quality: "good", failure: null } as const;
