import { randomUUID } from "node:crypto";
import { BrowserWindow } from "electron";
import type { ReportPrinter } from "#capabilities/reportPrinter.ts";
import { FaultError } from "#domain/fault.ts";
import { pageUrl } from "./appScheme.ts";

/**
 * Prints in a window that nobody sees.
 *
 * @param printed where the app's scheme finds a page while it is printed
 */
export function windowPrinter(printed: Map<string, string>): ReportPrinter {
  return {
    async print(html, signal) {
      signal.throwIfAborted();
      const name = `print/${randomUUID()}.html`;
      printed.set(`/${name}`, html);
      const window = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
      });
      try {
        await window.loadURL(`${pageUrl}${name}`);
        return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
      } catch (error) {
        throw new FaultError({ code: "pdf.failed", reason: "noPdf" }, error);
      } finally {
        printed.delete(`/${name}`);
        window.close();
      }
    },
  };
}
