import type { StageView } from "#contract/views.ts";
import type { Call } from "./verb.ts";

const signs = { waiting: "·", busy: "…", good: "✓", warn: "!", bad: "✕", skipped: "–" } as const;

/** A job's stages, a line each, with the cause where one failed. */
export function showStages(call: Call, stages: readonly StageView[]): void {
  for (const stage of stages) {
    const time = stage.ms === null ? "" : `${stage.ms} ms`;
    const found = stage.found ? call.terminal.phrase(stage.found) : "";
    call.terminal.line(
      `${signs[stage.state]} ${call.terminal.phrase(stage.says).padEnd(22)} ${time.padStart(9)}  ${found}`.trimEnd(),
    );
    for (const note of stage.notes ?? []) call.terminal.line(`    ${call.terminal.phrase(note)}`);
    if (stage.failure) call.terminal.failure(stage.failure);
  }
}
