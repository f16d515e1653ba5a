import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { BrowserWindow } from "./browserWindow.ts";
import { electron } from "./electron.ts";
import { readElectronTypes } from "./electronTypes.ts";
import { MessagePortMain } from "./ports.ts";
import { runPreload } from "./preloadWorld.ts";
import { WebContents } from "./webContents.ts";

const membersOf = readElectronTypes();

/** Public members of an object, its classes' too; what every emitter has comes from node in Electron as well. */
function membersIn(value: object): string[] {
  const names = new Set<string>();
  for (
    let at: object | null = value;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    if (at === EventEmitter.prototype || at === EventEmitter || at === Function.prototype) break;
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  const own = [
    ...Object.getOwnPropertyNames(new EventEmitter()),
    "constructor",
    "length",
    "name",
    "prototype",
  ];
  return [...names].filter((name) => !own.includes(name));
}

describe("the Electron double has no member that Electron lacks", () => {
  test("the types are read at all", () => {
    expect(membersOf("App")).toContain("requestSingleInstanceLock");
    expect(membersOf("BrowserWindow")).toContain("loadURL");
    expect(membersOf("App")).not.toContain("resquestSingleInstanceLock");
  });

  test.each<[string, object]>([
    ["App", electron.app],
    ["BrowserWindow", BrowserWindow.prototype],
    ["BrowserWindow", BrowserWindow],
    ["WebContents", WebContents.prototype],
    ["MessagePortMain", MessagePortMain.prototype],
    ["IpcMain", electron.ipcMain],
    ["Protocol", electron.protocol],
    ["Protocol", electron.session.defaultSession.protocol],
    ["Session", electron.session.defaultSession],
    ["WebRequest", electron.session.defaultSession.webRequest],
    ["Menu", electron.Menu],
    ["Screen", electron.screen],
    ["SafeStorage", electron.safeStorage],
  ])("%s", (type, value) => {
    const known = membersOf(type);

    expect(membersIn(value).filter((member) => !known.has(member))).toEqual([]);
  });

  test("at its top level", () => {
    const known = ["app", "BrowserWindow", "ipcMain", "protocol", "session", "Menu", "screen", "safeStorage"];

    expect(Object.keys(electron).sort()).toEqual(known.sort());
  });

  test("in a preload", () => {
    const source = String(runPreload);

    for (const [type, member] of [
      ["IpcRenderer", "postMessage"],
      ["ContextBridge", "exposeInMainWorld"],
    ] as const) {
      expect(membersOf(type)).toContain(member);
      expect(source).toContain(member);
    }
  });
});
