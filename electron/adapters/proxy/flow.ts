import { connect, type Socket } from "node:net";
import { againAfterMs, type LinkShape, nextTryMs, roundTripMs } from "#domain/link/linkShape.ts";
import type { MqttPacket } from "#domain/link/mqttPackets.ts";
import { Lane } from "./lane.ts";
import type { LinkPlace } from "./linkProxy.ts";

export interface FlowWorld {
  readonly shape: LinkShape;
  readonly to: LinkPlace;
  random(): number;
  tell(way: "up" | "down", stage: "sent" | "passed", packet: MqttPacket): void;
  carried(way: "up" | "down", bytes: number, packets: number): void;
}

/** One connection through the proxy. */
export class Flow {
  readonly near: Socket;
  readonly #world: FlowWorld;
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #startedMs = performance.now();
  #far: Socket | undefined;
  #opening: NodeJS.Timeout | undefined;
  #lastMs = performance.now();
  #forgotten = false;
  #silent = false;
  #nearBroke = false;

  constructor(near: Socket, world: FlowWorld, silent: boolean) {
    this.near = near;
    this.#world = world;
    const lane = (way: "up" | "down") =>
      new Lane({
        shape: world.shape,
        way,
        random: world.random,
        tell: (stage, packet) => world.tell(way, stage, packet),
        carried: (bytes, packets) => world.carried(way, bytes, packets),
        touch: () => this.#touch(),
      });
    this.#up = lane("up");
    this.#down = lane("down");
    this.#down.to(near);
    near.on("error", () => {
      this.#nearBroke = true;
    });
    near.on("close", () => this.#nearGone());
    this.#up.from(near);
    if (silent) this.silence();
    else this.#open(this.#openingMs());
  }

  /** Nothing passes, and neither end is told anything. */
  silence(): void {
    this.#silent = true;
    clearTimeout(this.#opening);
    this.#up.silence();
    this.#down.silence();
  }

  /** Both ends try again when TCP would, and learn what became of the other one meanwhile. */
  resume(): void {
    const { again } = this.#world.shape;
    this.#silent = false;
    if (this.#far === undefined && !this.near.destroyed) {
      const vainMs = performance.now() - this.#startedMs;
      this.#open(nextTryMs(vainMs, again.openingMs, again.mostMs) - vainMs);
    }
    const first = againAfterMs(this.#world.shape);
    const tryAfter = (vainMs: number) => nextTryMs(vainMs, first, again.mostMs) - vainMs;
    this.#up.resume(tryAfter);
    this.#down.resume(tryAfter);
    if (this.near.destroyed) this.#nearGone();
    else if (this.#far?.destroyed) this.#farGone();
  }

  /** Ends the publisher's side at once; what had passed reaches the broker before its end does. */
  reset(): void {
    clearTimeout(this.#opening);
    this.#up.drop();
    this.#down.drop();
    this.near.resetAndDestroy();
    this.#far?.resume();
    this.#far?.end();
  }

  destroy(): void {
    clearTimeout(this.#opening);
    this.#up.drop();
    this.#down.drop();
    this.near.destroy();
    this.#far?.destroy();
  }

  get isOver(): boolean {
    return this.near.destroyed && (this.#far?.destroyed ?? true);
  }

  /** The first packets go there and back once before anything else, and may be lost as any other. */
  #openingMs(): number {
    const { shape, random } = this.#world;
    let ms = roundTripMs(shape);
    let wait = shape.again.openingMs;
    const loss = Math.max(shape.up.loss, shape.down.loss);
    for (let tries = 1; tries < 6 && loss > 0 && random() < loss; tries++) {
      ms += wait;
      wait *= 2;
    }
    return ms;
  }

  #open(afterMs: number): void {
    // Neither end's own handshake takes the link's time here, so what follows it waits instead.
    this.#opening = setTimeout(() => {
      const far = connect({ ...this.#world.to, noDelay: true });
      this.#far = far;
      far.on("error", () => undefined);
      far.on("close", () => this.#farGone());
      this.#down.from(far);
      this.#up.to(far);
    }, afterMs);
  }

  #nearGone(): void {
    clearTimeout(this.#opening);
    if (this.#silent || this.#forgotten) return;
    if (!this.#nearBroke) return;
    this.#up.drop();
    this.#far?.destroy();
  }

  #farGone(): void {
    if (this.#silent || this.#forgotten) return;
    this.near.end();
  }

  #touch(): boolean {
    const { natIdleMs } = this.#world.shape;
    const now = performance.now();
    if (natIdleMs !== null && now - this.#lastMs > natIdleMs) this.#forgotten = true;
    this.#lastMs = now;
    if (!this.#forgotten) return true;
    this.#up.drop();
    this.#down.drop();
    return false;
  }
}
