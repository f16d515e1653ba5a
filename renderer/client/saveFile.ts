import { readDownload } from "../steps/handover/transfer.ts";
import type { Workbench } from "./workbench.ts";

/** Fetches a download from the workbench and hands it to the browser to keep under `name`. Rejects with CallFailed. */
export async function saveDownload(workbench: Workbench, id: string, name: string): Promise<void> {
  const bytes = await readDownload((offset) => workbench.call("download.read", { id, offset }));
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser takes the bytes after this turn; the address is let go when it surely has.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
