import { describe, expect, test } from "vitest";
import { CallFailed, type Client } from "#contract/client.ts";
import { createWorkbench } from "#renderer/client/workbench.ts";
import { sceneWorkbench } from "../../support/page/sceneWorkbench.ts";
import { trainingSite } from "../../support/page/trainingItems.ts";
import { until } from "../../support/until.ts";

describe("the page's workbench", () => {
  test("follows a topic that was asked for before the connection stood", async () => {
    const client = await sceneWorkbench({ topics: { site: [trainingSite] } }).open();
    let connect: (client: Client) => void = () => {};
    const workbench = createWorkbench(() => new Promise((resolve) => (connect = resolve)));
    workbench.follow("site");
    expect(workbench.connection()).toBe("connecting");

    connect(client);
    await until(() => workbench.store("site").ready(), "the first snapshot");

    expect(workbench.connection()).toBe("open");
    expect(workbench.store("site").get("site")?.head.name).toBe("North pump station");
  });

  test("says the connection is lost, connects again and follows the same topics anew", async () => {
    const first = sceneWorkbench({ topics: { site: [trainingSite] } });
    const second = sceneWorkbench({
      topics: { site: [{ ...trainingSite, head: { ...trainingSite.head, name: "Renamed meanwhile" } }] },
    });
    const order = [first, second];
    const workbench = createWorkbench(() => (order.shift() ?? second).open());
    workbench.follow("site");
    await until(() => workbench.store("site").ready(), "the first snapshot");

    first.lose();
    await until(() => workbench.connection() === "lost", "the loss");
    await until(() => workbench.connection() === "open", "the reconnection");
    await until(() => workbench.store("site").get("site")?.head.name === "Renamed meanwhile", "the new name");

    expect(order).toHaveLength(0);
  });

  test("stops at an outdated page instead of trying for ever", async () => {
    let opened = 0;
    const workbench = createWorkbench(() => {
      opened += 1;
      return Promise.reject(new CallFailed([{ kind: "fault", code: "pipe.outdated", facts: {} }]));
    });

    await until(() => workbench.connection() === "outdated", "the refusal");

    expect(opened).toBe(1);
  });

  test("keeps a call waiting until the connection stands", async () => {
    const scene = sceneWorkbench({ topics: {}, answers: { "sites.list": [] } });
    const client = await scene.open();
    let connect: (client: Client) => void = () => {};
    const workbench = createWorkbench(() => new Promise((resolve) => (connect = resolve)));

    const answer = workbench.call("sites.list", {});
    connect(client);

    expect(await answer).toEqual([]);
    expect(scene.calls).toEqual([{ name: "sites.list", input: {} }]);
  });
});
