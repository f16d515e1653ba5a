import { describe, expect, test } from "vitest";
import { createTopicStore } from "#renderer/client/topicStore.ts";
import { until } from "../../support/until.ts";

interface Item {
  readonly key: string;
  readonly value: number;
}

function counted() {
  const store = createTopicStore<Item>();
  const told = { whole: 0, a: 0, b: 0 };
  store.subscribe(() => {
    told.whole += 1;
  });
  store.subscribeKey("a", () => {
    told.a += 1;
  });
  store.subscribeKey("b", () => {
    told.b += 1;
  });
  return { store, told };
}

describe("a topic's store", () => {
  test("shows the first snapshot at once", () => {
    const { store } = counted();

    store.snapshot([{ key: "a", value: 1 }]);

    expect(store.ready()).toBe(true);
    expect(store.items()).toEqual([{ key: "a", value: 1 }]);
  });

  test("tells of a thousand changes in a burst once, with the newest value", async () => {
    const { store, told } = counted();
    store.snapshot([]);
    const before = told.a;

    for (let value = 1; value <= 1000; value++) store.change([{ key: "a", value }], []);
    expect(store.get("a")).toBeUndefined();
    await until(() => store.get("a") !== undefined, "the flush");

    expect(store.get("a")?.value).toBe(1000);
    expect(told.a - before).toBe(1);
  });

  test("tells only those who look at the item that changed", async () => {
    const { store, told } = counted();
    store.snapshot([
      { key: "a", value: 1 },
      { key: "b", value: 1 },
    ]);
    const before = { ...told };

    store.change([{ key: "b", value: 2 }], []);
    await until(() => told.b > before.b, "the flush");

    expect(told.a).toBe(before.a);
    expect(told.whole).toBe(before.whole + 1);
  });

  test("drops what a later snapshot no longer has, as after a reconnection", async () => {
    const { store, told } = counted();
    store.snapshot([
      { key: "a", value: 1 },
      { key: "b", value: 1 },
    ]);
    const before = told.a;

    store.snapshot([{ key: "b", value: 2 }]);
    await until(() => told.a > before, "the flush");

    expect(store.get("a")).toBeUndefined();
    expect(store.items()).toEqual([{ key: "b", value: 2 }]);
  });

  test("gives the same array until something changes", () => {
    const { store } = counted();
    store.snapshot([{ key: "a", value: 1 }]);

    expect(store.items()).toBe(store.items());
  });

  test("orders items that have an index by it", () => {
    const store = createTopicStore<Item & { readonly index: number }>();

    store.snapshot([
      { key: "late", index: 2, value: 0 },
      { key: "early", index: 1, value: 0 },
    ]);

    expect(store.items().map((item) => item.key)).toEqual(["early", "late"]);
  });
});
