import { MessageChannel, type MessagePort } from "node:worker_threads";
import { afterAll, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { type Port, portPipe } from "#contract/portPipe.ts";
import { serve } from "#contract/server.ts";
import { createTalkingWorkbench } from "#test/support/talkingWorkbench.ts";
import { until } from "#test/support/until.ts";
import { describeConversation } from "./conversation.ts";

const opened: MessagePort[] = [];
afterAll(() => {
  for (const port of opened) port.close();
});

function adapt(port: MessagePort): Port {
  opened.push(port);
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on("message", listener),
    onClose: (listener) => port.on("close", listener),
    close: () => port.close(),
  };
}

const workbench = createTalkingWorkbench();

describeConversation("a message port", async () => {
  const { port1, port2 } = new MessageChannel();
  serve(portPipe(adapt(port1)), workbench, systemClock);
  return portPipe(adapt(port2));
});

describe("a port's pipe", () => {
  test("knows how much the peer has not taken", async () => {
    const { port1, port2 } = new MessageChannel();
    const near = portPipe(adapt(port1));
    const far = portPipe(adapt(port2));
    const heard: string[] = [];
    near.onMessage((text) => heard.push(text));
    far.onMessage((text) => text === "first" && far.send("answer"));
    near.send("first");
    // What the far end took is told before what it answers.
    await until(() => heard.length === 1, "the answer to the first");

    near.send("x".repeat(5000));

    expect(near.pendingBytes()).toBe(5000);
    await until(() => near.pendingBytes() === 0, "the rest to be taken");
  });

  test("never holds back for a peer that does not count", async () => {
    const { port1, port2 } = new MessageChannel();
    const near = portPipe(adapt(port1));
    opened.push(port2);

    near.send("x".repeat(5_000_000));

    expect(near.pendingBytes()).toBe(0);
  });
});
