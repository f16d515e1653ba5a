import { useCallback, useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn, type Workbench } from "../../client/workbench.ts";
import { chunksOf, decodeSheet } from "./sheetText.ts";

export type ImportPreview = CallOutput<"tags.preview">;

/** A table on its way into the site. `name` is the file's; empty for pasted rows. */
export type ImportState =
  | { readonly at: "none" }
  | { readonly at: "reading"; readonly name: string }
  | { readonly at: "refused"; readonly name: string; readonly failures: readonly FailureView[] }
  | {
      readonly at: "shown";
      readonly name: string;
      readonly text: string;
      readonly line: string;
      readonly preview: ImportPreview;
    };

export const largestSheetBytes = 64 * 1024 * 1024;

async function preview(workbench: Workbench, text: string, line: string): Promise<ImportPreview> {
  const uploadId = crypto.randomUUID();
  for (const chunk of chunksOf(text)) await workbench.call("upload.append", { id: uploadId, text: chunk });
  return workbench.call("tags.preview", { uploadId, line });
}

/** Hands a table in, shows what it would do, and takes its good rows when told to. */
export function useImport() {
  const workbench = useWorkbench();
  const [state, setState] = useState<ImportState>({ at: "none" });

  const readText = useCallback(
    async (name: string, text: string, line: string) => {
      setState({ at: "reading", name });
      try {
        const shown = await preview(workbench, text, line);
        setState({ at: "shown", name, text, line, preview: shown });
      } catch (error) {
        setState({ at: "refused", name, failures: failuresIn(error) });
      }
    },
    [workbench],
  );

  const readFile = useCallback(
    async (file: File, line: string) => {
      setState({ at: "reading", name: file.name });
      try {
        await readText(file.name, decodeSheet(new Uint8Array(await file.arrayBuffer())), line);
      } catch (error) {
        setState({ at: "refused", name: file.name, failures: failuresIn(error) });
      }
    },
    [readText],
  );

  /** How many tags came in, or undefined after showing why none did. */
  const take = useCallback(
    async (importId: string): Promise<number | undefined> => {
      try {
        const { taken } = await workbench.call("tags.import", { importId });
        setState({ at: "none" });
        return taken;
      } catch (error) {
        setState({ at: "refused", name: "", failures: failuresIn(error) });
        return undefined;
      }
    },
    [workbench],
  );

  const leave = useCallback(() => setState({ at: "none" }), []);
  return { state, readText, readFile, take, leave };
}
