import { app } from "./app.ts";
import { BrowserWindow } from "./browserWindow.ts";
import { ipcMain } from "./ipcMain.ts";
import { protocol, session } from "./session.ts";

/** What a main process gets for `require("electron")`: no member that Electron's own types lack (parity.test.ts). */
export const electron = {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  session,
  Menu: {
    setApplicationMenu(): void {},
    buildFromTemplate: (template: unknown): unknown => template,
  },
  screen: {
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  },
  /** no keychain here: as Electron is on a Linux without one */
  safeStorage: {
    isEncryptionAvailable: () => false,
    getSelectedStorageBackend: () => "basic_text",
    encryptString(): never {
      throw new Error("no keychain");
    },
    decryptString(): never {
      throw new Error("no keychain");
    },
  },
};
