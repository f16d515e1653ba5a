import { useCallback, useState } from "react";
import type { CallInput, CallOutput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { base64Chunks, chunksOf } from "./sheetText.ts";

export type ImportPreview = CallOutput<"tags.preview">;
export type ImportChoice = NonNullable<CallInput<"tags.preview">["choice"]>;

/** A file that was handed in, and how it is looked at. `name` is the file's; empty for pasted rows. */
interface Upload {
  readonly name: string;
  readonly uploadId: string;
  readonly base64: boolean;
}

/** A table on its way into the site. */
export type ImportState =
  | { readonly at: "none" }
  | { readonly at: "reading"; readonly name: string }
  | { readonly at: "refused"; readonly name: string; readonly failures: readonly FailureView[] }
  | {
      readonly at: "shown";
      readonly name: string;
      readonly upload: Upload;
      readonly line: string;
      readonly choice: ImportChoice;
      readonly preview: ImportPreview;
    };

export const largestSheetBytes = 64 * 1024 * 1024;

/** Hands a table in, shows what it would do, and takes its good rows when told to. */
export function useImport() {
  const workbench = useWorkbench();
  const [state, setState] = useState<ImportState>({ at: "none" });

  const look = useCallback(
    async (upload: Upload, line: string, choice: ImportChoice) => {
      const { name, uploadId, base64 } = upload;
      try {
        const preview = await workbench.call("tags.preview", { uploadId, line, base64, choice });
        setState({ at: "shown", name, upload, line, choice, preview });
      } catch (error) {
        setState({ at: "refused", name, failures: failuresIn(error) });
      }
    },
    [workbench],
  );

  const handIn = useCallback(
    async (name: string, base64: boolean, chunks: readonly string[], line: string) => {
      const uploadId = crypto.randomUUID();
      try {
        for (const text of chunks) await workbench.call("upload.append", { id: uploadId, text });
      } catch (error) {
        setState({ at: "refused", name, failures: failuresIn(error) });
        return;
      }
      await look({ name, uploadId, base64 }, line, {});
    },
    [workbench, look],
  );

  const readText = useCallback(
    async (name: string, text: string, line: string) => {
      setState({ at: "reading", name });
      await handIn(name, false, chunksOf(text), line);
    },
    [handIn],
  );

  const readFile = useCallback(
    async (file: File, line: string) => {
      setState({ at: "reading", name: file.name });
      try {
        await handIn(file.name, true, base64Chunks(new Uint8Array(await file.arrayBuffer())), line);
      } catch (error) {
        setState({ at: "refused", name: file.name, failures: failuresIn(error) });
      }
    },
    [handIn],
  );

  /** How many tags came in and went away, or undefined after showing why none did. */
  const take = useCallback(
    async (
      importId: string,
      removeMissing: boolean,
    ): Promise<{ readonly taken: number; readonly removed: number } | undefined> => {
      try {
        const done = await workbench.call("tags.import", { importId, removeMissing });
        setState({ at: "none" });
        return done;
      } catch (error) {
        setState({ at: "refused", name: "", failures: failuresIn(error) });
        return undefined;
      }
    },
    [workbench],
  );

  const leave = useCallback(() => setState({ at: "none" }), []);
  return { state, readText, readFile, look, take, leave };
}
