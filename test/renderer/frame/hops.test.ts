import { describe, expect, test } from "vitest";
import { phrase } from "#domain/phrase.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import { hopsOf } from "#renderer/frame/hops.ts";
import { links, trainingGateway, trainingSite } from "../../support/page/trainingItems.ts";

describe("the path of a value", () => {
  test("is idle from end to end without a site", () => {
    expect(hopsOf(undefined, undefined, []).map((hop) => hop.state)).toEqual(["idle", "idle", "idle"]);
  });

  test("shows the worst of several lines and what is wrong with it", () => {
    const lost = { key: "line:line-2", state: "bad", says: phrase("link.lost"), failure: null } as const;

    const [line] = hopsOf(trainingSite, trainingGateway, [
      ...links.filter((link) => link.key !== lost.key),
      lost,
    ]);

    expect(line?.state).toBe("bad");
    expect(line?.says?.code).toBe("link.lost");
  });

  test("names a single line by its settings", () => {
    const one = {
      ...trainingSite,
      head: { ...trainingSite.head, lines: trainingSite.head.lines.slice(0, 1) },
    };

    expect(hopsOf(one, undefined, [])[0]?.about).toEqual({ kind: "line", settings: "19200 8E1", units: 4 });
  });

  test("writes settings as people do", () => {
    expect(settingsText({ baudRate: 9600, dataBits: 7, parity: "odd", stopBits: 2 })).toBe("9600 7O2");
  });
});
