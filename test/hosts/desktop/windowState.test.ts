import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isReachable, readWindowState, writeWindowState } from "#hosts/desktop/windowState.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lastmile-window-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const state = { x: 10, y: 20, width: 1366, height: 768, maximized: true };

describe("where the window was", () => {
  test("is read as it was written", () => {
    const path = join(folder, "window.json");

    writeWindowState(path, state);

    expect(readWindowState(path)).toEqual(state);
  });

  test.each(["", "{", '{"x":1}', '{"x":0,"y":0,"width":1e9999,"height":1,"maximized":false}'])(
    "is unknown when the file holds %j",
    async (text) => {
      const path = join(folder, "bad.json");
      await writeFile(path, text);

      expect(readWindowState(path)).toBeUndefined();
    },
  );

  test("is not kept when the folder is missing, and nobody is told", () => {
    writeWindowState(join(folder, "none", "window.json"), state);

    expect(readWindowState(join(folder, "none", "window.json"))).toBeUndefined();
  });

  test("is used only where the window's top can be reached", () => {
    const screens = [{ x: 0, y: 0, width: 1366, height: 768 }];

    expect(isReachable(state, screens)).toBe(true);
    expect(isReachable({ ...state, x: 1300 }, screens)).toBe(false);
    expect(isReachable({ ...state, x: -1300 }, screens)).toBe(false);
    expect(isReachable({ ...state, y: -5 }, screens)).toBe(false);
    expect(isReachable({ ...state, y: 700 }, screens)).toBe(false);
    expect(isReachable(state, [])).toBe(false);
  });
});
