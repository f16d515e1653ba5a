import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWebHost, type WebHost } from "#hosts/web/server.ts";
import { makePageFolder } from "#test/support/pageFolder.ts";
import { createTalkingWorkbench } from "#test/support/talkingWorkbench.ts";
import { ask, enter, upgradeStatus } from "#test/support/webClient.ts";

let folder: Awaited<ReturnType<typeof makePageFolder>>;
let host: WebHost;
let port: number;
let cookie: string;
const links: string[] = [];

beforeAll(async () => {
  folder = await makePageFolder({ "assets/main.js": "1;" });
  host = await startWebHost({
    workbench: createTalkingWorkbench(),
    pageFolder: folder.path,
    onLink: (url) => links.push(url),
  });
  ({ port, cookie } = await enter(host.url));
});
afterAll(async () => {
  await host.close();
  await folder.remove();
});

describe("the web host's door", () => {
  test("the link sets a cookie for this port and leads to the page", async () => {
    const link = new URL(links[0] ?? "");

    const answer = await ask(port, link.pathname + link.search);

    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(new RegExp(`^lastmile-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)),
    ]);
  });

  test("a link works once and the next is told", async () => {
    const used = new URL(host.url);

    const answer = await ask(port, used.pathname + used.search);

    expect(answer.status).toBe(401);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(links[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]{43}$/);
    expect(links[0]).not.toBe(host.url);
  });

  test("looking at a link does not use it up", async () => {
    const link = new URL(links.at(-1) ?? "");

    const looked = await ask(port, link.pathname + link.search, {}, "HEAD");

    expect(looked.headers["set-cookie"]).toBeUndefined();
    expect((await ask(port, link.pathname + link.search)).status).toBe(303);
  });

  test.each(["/", "/index.html", "/assets/main.js", "/pipe", "/?key=", "/?key=wrong"])(
    "without a cookie %s is refused in both languages",
    async (path) => {
      const answer = await ask(port, path);

      expect(answer.status).toBe(401);
      expect(answer.body).toContain("Open Lastmile by its link");
      expect(answer.body).toContain("请用链接打开");
    },
  );

  test.each(["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example", "localhost:1"])(
    "a request meant for %s is refused, cookie or not",
    async (name) => {
      expect((await ask(port, "/", { host: name, cookie })).status).toBe(421);
    },
  );

  test("localhost is this host too", async () => {
    expect((await ask(port, "/", { host: `localhost:${port}`, cookie })).status).toBe(200);
  });

  test.each(["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", ""])(
    "an upgrade from a page of %j is refused",
    async (origin) => {
      const headers = { cookie, ...(origin !== "" && { origin }) };

      expect(await upgradeStatus(port, "/pipe", headers)).toBe(403);
    },
  );

  test("an upgrade needs the cookie, the host's name and the path", async () => {
    const origin = `http://127.0.0.1:${port}`;

    expect(await upgradeStatus(port, "/pipe", { origin })).toBe(401);
    expect(await upgradeStatus(port, "/pipe", { origin, cookie: `${cookie}x` })).toBe(401);
    expect(await upgradeStatus(port, "/pipe", { origin, cookie, host: "evil.example" })).toBe(421);
    expect(await upgradeStatus(port, "/other", { origin, cookie })).toBe(404);
    expect(await upgradeStatus(port, "/pipe", { origin, cookie })).toBe(101);
  });

  test("nothing but GET and HEAD is taken", async () => {
    expect((await ask(port, "/", { cookie }, "POST")).status).toBe(405);
    expect((await ask(port, "/", { cookie }, "HEAD")).body).toBe("");
  });
});
