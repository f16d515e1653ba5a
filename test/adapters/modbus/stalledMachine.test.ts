import { afterEach, expect, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import { parseReadReply, readRequest } from "#domain/modbus/pdu.ts";
import { openPtyPair } from "../../support/ptyPair.ts";
import { hasPymodbus, openPymodbus } from "../../support/rtuSlavePymodbus.ts";

const settings = { baudRate: 19_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const timeoutMs = 100;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Holds this process up as a suspended laptop or a long garbage collection does. */
function stall(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test.skipIf(!hasPymodbus)(
  "a machine that stalls past its time-outs takes no reply for another's",
  async () => {
    const pair = await openPtyPair();
    closing.push(() => pair.close());
    const slave = await openPymodbus("serial", pair.b);
    closing.push(() => slave.close());
    const { signal } = new AbortController();
    const line = await modbusLines(serialPorts()).open({ kind: "serial", port: pair.a, settings }, signal);
    closing.push(() => line.close());
    const read = async (offset: number) => {
      const reply = await line.exchange(7, readRequest("holding", offset, 1), timeoutMs, signal);
      return parseReadReply(reply.pdu, "holding", 1)[0];
    };
    // The first answer of a unit that has just started is not what this is about.
    await line.exchange(7, readRequest("holding", 0, 1), 5000, signal);

    const wrong: (readonly [asked: number, got: number | undefined])[] = [];
    for (let offset = 10; offset < 50; offset++) {
      const asking = read(offset).catch(() => undefined);
      // Just after the request is on its way, and long enough for every timer of this exchange to be overdue.
      if (offset % 4 === 0) setTimeout(() => stall(5 * timeoutMs), 8);
      const value = await asking;
      if (value !== undefined && value !== offset) wrong.push([offset, value]);
    }

    expect(wrong).toEqual([]);
  },
);
