import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "#contract/client.ts";
import { startWebHost, type WebHost } from "#hosts/web/server.ts";
import { describeConversation } from "#test/contract/conversation.ts";
import { follow } from "#test/support/followed.ts";
import { makePageFolder } from "#test/support/pageFolder.ts";
import { createTalkingWorkbench } from "#test/support/talkingWorkbench.ts";
import { until } from "#test/support/until.ts";
import { ask, clientPipe, enter, openSocket } from "#test/support/webClient.ts";

let folder: Awaited<ReturnType<typeof makePageFolder>>;
let host: WebHost;
let port: number;
let cookie: string;
const workbench = createTalkingWorkbench();

beforeAll(async () => {
  folder = await makePageFolder({ "assets/main.js": "1;", "assets/main.css": "p{}", ".hidden": "secret" });
  host = await startWebHost({ workbench, pageFolder: folder.path });
  ({ port, cookie } = await enter(host.url));
});
afterAll(async () => {
  await host.close();
  await folder.remove();
});

describeConversation("a WebSocket", async () => clientPipe(openSocket(port, cookie)));

describe("the web host", () => {
  test("gives each page load a nonce of its own, in the policy and in the page", async () => {
    const [first, second] = [await ask(port, "/", { cookie }), await ask(port, "/", { cookie })];
    const nonce = /content="([^"]+)"/.exec(first.body)?.[1] ?? "none";
    const policy = String(first.headers["content-security-policy"]);

    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(second.body).not.toContain(nonce);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
    expect(first.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
    });
  });

  test.each([
    ["/index.html", "text/html; charset=utf-8"],
    ["/assets/main.js", "text/javascript; charset=utf-8"],
    ["/assets/main.css", "text/css; charset=utf-8"],
  ])("serves %s as %s", async (path, type) => {
    const answer = await ask(port, path, { cookie });

    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe(type);
  });

  test.each([
    "/../package.json",
    "/assets/../../package.json",
    "/%2e%2e/package.json",
    "/..%2f..%2fetc/passwd",
    "/assets/..%5c..%5cindex.html",
    "//etc/passwd",
    "/.hidden",
    "/assets",
    "/assets/main.js%00",
    "/none.js",
  ])("has no file behind %s", async (path) => {
    expect((await ask(port, path, { cookie })).status).toBe(404);
  });

  test("a frame of 2 MB closes the pipe with 1009, and the host lives on", async () => {
    const socket = openSocket(port, cookie);
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    socket.on("error", () => {});
    socket.on("open", () => socket.send("x".repeat(2 * 1024 * 1024)));

    expect(await closed).toBe(1009);
    expect((await ask(port, "/", { cookie })).status).toBe(200);
  });

  test("a binary frame closes the pipe with 1003", async () => {
    const socket = openSocket(port, cookie);
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    socket.on("open", () => socket.send(Buffer.from([1, 2, 3])));

    expect(await closed).toBe(1003);
  });

  test("live values wait for a browser that does not read and come conflated when it does", async () => {
    const socket = openSocket(port, cookie);
    const client = connect(clientPipe(socket));
    await client.ready;
    await client.call("live.stop", {});
    const live = follow(client, "live");
    await until(() => live.snapshots > 0, "the snapshot");

    socket.pause();
    // More than the sockets of both sides take in, so that the rest stands in the host.
    const item = { text: "", number: 1, words: "", at: 0, quality: "good", failure: null } as const;
    for (let round = 0; round < 12; round += 1) {
      for (let tag = 0; tag < 200; tag += 1) {
        workbench.tables.live.set({ ...item, key: `wide ${tag}`, text: `${round}${"x".repeat(20_000)}` });
      }
      await new Promise((resolve) => setTimeout(resolve, 210));
    }
    socket.resume();

    await until(() => live.items.get("wide 199")?.text.startsWith("11") === true, "the newest");
    expect(live.changes).toBeLessThan(7);
    client.close();
  });

  test("says so when the port is taken", async () => {
    const second = startWebHost({ workbench, pageFolder: folder.path, port });

    await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("closing it ends the conversations, and its port is free again", async () => {
    const first = await startWebHost({ workbench, pageFolder: folder.path });
    const entered = await enter(first.url);
    const client = connect(clientPipe(openSocket(entered.port, entered.cookie)));
    await client.ready;
    let why = "";
    client.onClose((failure) => {
      why = failure.code;
    });

    await first.close();

    await until(() => why === "pipe.closed", "the client to hear of it");
    const again = await startWebHost({ workbench, pageFolder: folder.path, port: entered.port });
    await again.close();
  });
});
