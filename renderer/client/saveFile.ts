import { readDownload } from "./transfer.ts";
import type { Workbench } from "./workbench.ts";

/** Fetches a download from the workbench and hands it to the browser to keep under `name`. Rejects with CallFailed. */
export async function saveDownload(workbench: Workbench, id: string, name: string): Promise<void> {
  const bytes = await readDownload((offset) => workbench.call("download.read", { id, offset }));
  save(name, new Blob([bytes], { type: "application/octet-stream" }));
}

/** Hands a text that the page made to the browser to keep under `name`. */
export function saveText(name: string, text: string): void {
  save(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser takes the bytes after this turn; the address is let go when it surely has.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
