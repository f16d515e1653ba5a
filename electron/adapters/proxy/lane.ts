import type { Socket } from "node:net";
import { carrier } from "#domain/link/carrier.ts";
import type { LinkShape } from "#domain/link/linkShape.ts";
import { type MqttPacket, packetReader } from "#domain/link/mqttPackets.ts";

/** What a sender's system holds for a far end that takes nothing. */
const heldBytes = 262_144;

interface Chunk {
  readonly bytes: Uint8Array;
  readonly atMs: number;
}

interface LaneWorld {
  readonly shape: LinkShape;
  readonly way: "up" | "down";
  random(): number;
  tell(stage: "sent" | "passed", packet: MqttPacket): void;
  carried(bytes: number, packets: number): void;
  /** bytes came: false where the flow is forgotten and they go nowhere */
  touch(): boolean;
}

/** One direction of one connection: what came in waits here until the link would have carried it. */
export class Lane {
  readonly #world: LaneWorld;
  readonly #carry: ReturnType<typeof carrier>;
  readonly #sent = packetReader();
  readonly #passed = packetReader();
  #queue: Chunk[] = [];
  #waiting = 0;
  #to: Socket | undefined;
  #from: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stalledUntilMs = 0;
  #ended = false;
  /** when the oldest of what waits in a silence came */
  #heldSinceMs: number | undefined;
  #silent = false;

  constructor(world: LaneWorld) {
    this.#world = world;
    this.#carry = carrier(world.shape, world.way, world.random);
  }

  /** Takes what this socket sends. */
  from(socket: Socket): void {
    this.#from = socket;
    socket.on("data", (bytes) => this.#take(bytes));
    socket.on("end", () => {
      this.#ended = true;
      this.#pump();
    });
  }

  /** Hands it to this one, when its time has come. */
  to(socket: Socket): void {
    this.#to = socket;
    this.#pump();
  }

  /** Nothing passes until `resume`. */
  silence(): void {
    this.#silent = true;
    if (this.#queue.length > 0) this.#heldSinceMs = performance.now();
  }

  /** Passes again; what waited is sent again `tryAfter` so many ms of vain tries. */
  resume(tryAfter: (vainMs: number) => number): void {
    const now = performance.now();
    this.#silent = false;
    if (this.#heldSinceMs !== undefined) this.stall(tryAfter(now - this.#heldSinceMs));
    this.#heldSinceMs = undefined;
    this.#pump();
  }

  /** Lets nothing through for so long. */
  stall(ms: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, performance.now() + ms);
  }

  /** Forgets what is under way. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#queue = [];
    this.#waiting = 0;
    this.#ended = false;
  }

  #take(bytes: Buffer): void {
    for (const packet of this.#sent.push(bytes)) this.#world.tell("sent", packet);
    if (!this.#world.touch()) return;
    const now = performance.now();
    for (const piece of this.#carry(bytes.length, now)) {
      this.#queue.push({ bytes: bytes.subarray(piece.start, piece.end), atMs: piece.atMs });
      this.#world.carried(piece.end - piece.start, piece.packets);
    }
    this.#waiting += bytes.length;
    if (this.#silent) this.#heldSinceMs ??= now;
    if (this.#waiting > heldBytes) this.#from?.pause();
    this.#pump();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    const to = this.#to;
    if (this.#silent || to === undefined || to.destroyed) return;
    const now = performance.now();
    for (;;) {
      const next = this.#queue[0];
      if (next === undefined) break;
      const dueMs = Math.max(next.atMs, this.#stalledUntilMs);
      if (dueMs > now) {
        this.#timer = setTimeout(() => this.#pump(), Math.max(0.5, dueMs - now));
        return;
      }
      this.#queue.shift();
      this.#waiting -= next.bytes.length;
      to.write(next.bytes);
      for (const packet of this.#passed.push(next.bytes)) this.#world.tell("passed", packet);
    }
    if (this.#waiting <= heldBytes / 2) this.#from?.resume();
    if (this.#ended) to.end();
  }
}
