import { expect, test } from "vitest";
import { FaultError } from "#domain/fault.ts";
import { identify } from "#services/scanIdentify.ts";

/** A device that answers identification in its own way, and refuses everything else. */
function device(answer: (level: number, from: number) => readonly number[] | undefined) {
  const asked: number[][] = [];
  const ask = async (pdu: Uint8Array) => {
    asked.push([...pdu]);
    const reply = pdu[0] === 43 ? answer(pdu[2] ?? 0, pdu[3] ?? 0) : undefined;
    if (!reply) throw new FaultError({ code: "line.exception", unit: 1, exception: 1 });
    return Uint8Array.from(reply);
  };
  return { asked, ask };
}

test("a device that says for ever that more follows is left", async () => {
  const { ask, asked } = device((level) => [43, 14, level, 1, 0xff, 0, 1, 0, 1, 65]);

  const { seen } = await identify(ask);

  expect(seen.vendor).toBe("A");
  expect(asked.filter(([called]) => called === 43)).toHaveLength(1);
});

test("a device that claims more than the standard's levels is asked for those alone", async () => {
  const { ask, asked } = device((level, from) => [43, 14, level, 0x83, 0, 0, 1, from, 1, 65 + level]);

  const { text, by } = await identify(ask, ["fc43"]);

  expect(asked).toEqual([
    [43, 14, 1, 0],
    [43, 14, 2, 0],
    [43, 14, 3, 0x80],
  ]);
  expect([text, by]).toEqual(["C · D", ["fc43"]]);
});

test("what says that the line failed is not taken for a device that says nothing", async () => {
  const lost = new FaultError({ code: "line.lost", port: "p" });

  await expect(identify(() => Promise.reject(lost))).rejects.toBe(lost);
});
