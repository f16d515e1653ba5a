import { EventEmitter } from "node:events";
import { readFileSync, watchFile, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Preventable = { preventDefault(): void };

/** What the app rules over. */
export interface AppWorld {
  /** resolves when windows can be opened */
  readonly ready: Promise<void>;
  /** asks every window to close; returns how many would not */
  closeAll(): number;
  end(): Promise<void>;
}

let rule: (app: App, world: AppWorld) => void;

/** The app's life: one instance a profile folder, ready once Chromium runs, quit in Electron's order of events. */
export class App extends EventEmitter {
  readonly #paths = new Map<string, string>();
  #quitting = false;
  #world: AppWorld | undefined;

  readonly isPackaged = false;

  enableSandbox(): void {}

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? tmpdir();
  }

  requestSingleInstanceLock(): boolean {
    const folder = this.getPath("userData");
    const [lock, knock] = [join(folder, "double.lock"), join(folder, "double.knock")];
    if (isAlive(lock)) {
      writeFileSync(knock, String(process.pid));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    watchFile(knock, { interval: 50, persistent: false }, () => this.emit("second-instance"));
    return true;
  }

  whenReady(): Promise<void> {
    return this.#world?.ready ?? Promise.reject(new Error("the double is not ready"));
  }

  quit(): void {
    if (this.#quitting || !this.#allowed("before-quit")) return;
    this.#quitting = true;
    if ((this.#world?.closeAll() ?? 0) > 0) {
      this.#quitting = false;
      return;
    }
    if (this.#allowed("will-quit")) this.exit(0);
  }

  exit(code = 0): void {
    this.emit("quit", {}, code);
    const leave = (): void => process.exit(code);
    (this.#world?.end() ?? Promise.resolve()).then(leave, leave);
  }

  #allowed(event: string): boolean {
    let prevented = false;
    this.emit(event, {
      preventDefault() {
        prevented = true;
      },
    } satisfies Preventable);
    return !prevented;
  }

  static {
    rule = (app, world) => {
      app.#world = world;
    };
  }
}

export const app = new App();

export function ruleApp(world: AppWorld): void {
  rule(app, world);
}

function isAlive(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return true;
  } catch {
    return false;
  }
}
