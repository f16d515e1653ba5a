import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const stateSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

/** Where the window was when it was last closed; undefined when unknown or unreadable, which is no one's loss. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch {
    // A full or read-only disk must not keep the window from closing.
  }
}

/** True when enough of the window's top would be on a screen to take hold of it. */
export function isReachable(
  state: WindowState,
  screens: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[],
): boolean {
  return screens.some(
    (screen) =>
      state.x + state.width > screen.x + 100 &&
      state.x < screen.x + screen.width - 100 &&
      state.y >= screen.y &&
      state.y < screen.y + screen.height - 100,
  );
}
