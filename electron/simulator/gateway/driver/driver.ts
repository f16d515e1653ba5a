import { parseReadReply, readRequest, writeCoilsRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { isBitArea } from "#domain/tag/width.ts";
import { encodeWrite } from "../encode.ts";
import type { Json } from "../json.ts";
import type { DriverNode, GatewayTag, Group, Reading } from "../model.ts";
import { error, Refusal } from "../refusal.ts";
import { decodeWords, nodeOrders } from "../values.ts";
import type { MasterLink } from "./masterLink.ts";
import { type GatewayRead, type PlacedTag, placeTag, planGatewayReads } from "./reads.ts";

/** A driver node at work: polls its groups, one exchange at a time, and writes on demand. */
export interface Driver {
  readonly link: 0 | 1;
  /** ms of the last exchange; 9999 for never or failed */
  readonly rttMs: number;
  readonly counts: { readonly sent: number; readonly received: number; reads: number; readErrors: number };
  /** call when groups or intervals changed */
  retime(): void;
  /** resolves with 0 even where the unit refused or said nothing; 3002 where there is no connection */
  write(tag: GatewayTag, value: Json): Promise<number>;
  /** reads one address without storing it; word order suffixes of 32 bits, decimal and bias are not looked at */
  test(tag: GatewayTag): Promise<Reading>;
  /** polls a group now */
  poll(group: Group): Promise<void>;
  stop(): void;
}

export interface DriverWorld {
  readonly link: MasterLink;
  /** the gateway's wall clock, ms since 1970 */
  now(): number;
  /** called after each round of a group */
  onRound(group: Group): void;
}

const never = 9999;

export function startDriver(node: DriverNode, world: DriverWorld): Driver {
  const { link } = world;
  const params = node.params ?? {};
  const base = Number(params.address_base ?? 1);
  const pauseMs = Number(params.interval ?? 0);
  const retries = Number(params.max_retries ?? 0);
  const retryPauseMs = Number(params.retry_interval ?? 0);
  const orders = nodeOrders(params.endianess, params.endianess_64);
  const timers = new Map<Group, { intervalMs: number; timer: NodeJS.Timeout; busy: boolean }>();
  const counts = { reads: 0, readErrors: 0 };
  let rttMs = never;
  let stopped = false;
  let tail: Promise<unknown> = Promise.resolve();

  /** One node, one loop: everything that uses the link waits its turn. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  }

  async function exchange(unit: number, pdu: Uint8Array, replyBytes: number) {
    for (let attempt = 0; ; attempt++) {
      if (pauseMs > 0) await new Promise((done) => setTimeout(done, pauseMs));
      const startedMs = performance.now();
      const outcome = stopped ? { error: error.disconnected } : await link.exchange(unit, pdu, replyBytes);
      const silent = "error" in outcome && outcome.error === error.noAnswer;
      rttMs = silent ? never : Math.round(performance.now() - startedMs);
      if (!silent || attempt >= retries) return outcome;
      if (retryPauseMs > 0) await new Promise((done) => setTimeout(done, retryPauseMs));
    }
  }

  async function round(group: Group): Promise<void> {
    const reads = planGatewayReads(group.tags.values(), base);
    if (reads.length === 0 || stopped) return;
    const startedMs = performance.now();
    if (!(await link.open())) {
      rttMs = never;
      for (const read of reads) fail(group, read, error.disconnected);
    } else {
      for (const read of reads) {
        if (stopped) return;
        await readInto(group, read);
      }
    }
    group.lastRoundMs = Math.round(performance.now() - startedMs);
    if (!stopped) world.onRound(group);
  }

  async function readInto(group: Group, read: GatewayRead): Promise<void> {
    const outcome = await exchangeRead(read);
    counts.reads += read.tags.length;
    if ("error" in outcome) return fail(group, read, outcome.error);
    for (const placed of read.tags) {
      const value = valueIn(outcome.pdu, read, placed);
      if (group.tags.get(placed.tag.name) === placed.tag) {
        group.readings.set(placed.tag.name, { value, atMs: performance.now() });
      }
    }
  }

  function exchangeRead({ unit, area, offset, count }: GatewayRead) {
    const dataBytes = isBitArea(area) ? Math.ceil(count / 8) : count * 2;
    return exchange(unit, readRequest(area, offset, count), 2 + dataBytes);
  }

  function valueIn(pdu: Uint8Array, read: GatewayRead, { tag, address, count }: PlacedTag) {
    const start = address.offset - read.offset;
    const words = parseReadReply(pdu, read.area, read.count).slice(start, start + count);
    return decodeWords(tag.type, address, orders, words);
  }

  function fail(group: Group, read: GatewayRead, number: number): void {
    counts.readErrors += read.tags.length;
    group.lastError = { number, at: world.now() };
    for (const { tag } of read.tags) group.readings.set(tag.name, { error: number, atMs: performance.now() });
  }

  function tick(group: Group): void {
    const entry = timers.get(group);
    if (entry === undefined || entry.busy) return;
    entry.busy = true;
    void inTurn(() => round(group)).finally(() => {
      entry.busy = false;
    });
  }

  function retime(): void {
    const groups = new Set(node.groups.values());
    for (const [group, entry] of timers) {
      if (groups.has(group) && entry.intervalMs === group.intervalMs) continue;
      clearInterval(entry.timer);
      timers.delete(group);
    }
    for (const group of groups) {
      if (timers.has(group) || stopped) continue;
      const timer = setInterval(() => tick(group), group.intervalMs);
      timers.set(group, { intervalMs: group.intervalMs, timer, busy: false });
    }
  }

  retime();
  return {
    get link() {
      return link.connected ? 1 : 0;
    },
    get rttMs() {
      return rttMs;
    },
    get counts() {
      return { ...counts, sent: link.counts.sent, received: link.counts.received };
    },
    retime,
    write(tag, value) {
      const placed = placeTag(tag, base);
      if (placed === undefined) throw new Refusal(error.tagAddress);
      const { unit, area, offset } = placed.address;
      const words = encodeWrite(tag, placed.address, orders, value);
      return inTurn(async () => {
        if (!(await link.open())) return error.disconnected;
        const pdu = area === "coil" ? writeCoilsRequest(offset, words) : writeRegistersRequest(offset, words);
        await exchange(unit, pdu, 5);
        return 0;
      });
    },
    test(tag) {
      const loose = placeTag({ ...tag, attribute: 1 }, base);
      if (loose === undefined) return Promise.resolve({ error: error.tagAddress, atMs: 0 });
      // Only the 64-bit orders are honoured here, as measured.
      const placed =
        loose.count === 4 ? loose : { ...loose, address: { ...loose.address, order: undefined } };
      return inTurn(async () => {
        if (!(await link.open())) return { error: error.readFailure, atMs: 0 };
        const read = { ...placed.address, count: placed.count, tags: [placed] };
        const outcome = await exchangeRead(read);
        if ("error" in outcome) return { error: outcome.error, atMs: 0 };
        const words = parseReadReply(outcome.pdu, read.area, read.count);
        const value = decodeWords(tag.type, placed.address, { ...orders, words32: "LL" }, words);
        return { value, atMs: performance.now() };
      });
    },
    poll: (group) => inTurn(() => round(group)),
    stop() {
      stopped = true;
      for (const { timer } of timers.values()) clearInterval(timer);
      timers.clear();
      link.close();
    },
  };
}
