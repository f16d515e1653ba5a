import { useEffect, useState } from "react";
import type { CallInput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { type RegisterRow, registerRows } from "./registerRows.ts";

const everyMs = 1000;

/** Registers read again and again for as long as `asked` is there; the last good read stays while reads fail. */
export function useRegisters(asked: CallInput<"line.read"> | undefined): {
  readonly rows: readonly RegisterRow[];
  readonly failures: readonly FailureView[];
} {
  const workbench = useWorkbench();
  const [rows, setRows] = useState<readonly RegisterRow[]>([]);
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const text = JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is compared by its text
  useEffect(() => {
    if (asked === undefined) return;
    const stop = new AbortController();
    let before: readonly number[] | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(input: CallInput<"line.read">): Promise<void> {
      try {
        const { words } = await workbench.call("line.read", input, stop.signal);
        if (stop.signal.aborted) return;
        setRows(registerRows(input.area, input.offset, words, before));
        setFailures([]);
        before = words;
      } catch (error) {
        if (stop.signal.aborted) return;
        setFailures(failuresIn(error));
      }
      // The next one waits for this one: a slow unit is not asked twice at once.
      timer = setTimeout(() => void read(input), everyMs);
    }
    setRows([]);
    setFailures([]);
    void read(asked);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [workbench, text]);
  return { rows, failures };
}
