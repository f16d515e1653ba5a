import { createInterface } from "node:readline/promises";
import type { Clock } from "#capabilities/clock.ts";
import { faultView } from "#contract/failure.ts";
import { hasFault } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, type TagType, tagTypes, type Words } from "#domain/tag/tag.ts";
import { textOfWords, type WritableTag } from "#domain/tag/writeValue.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { wordsText } from "#services/liveValues.ts";
import {
  assertKept,
  mayBeWritten,
  readBack,
  readHeld,
  sendWrite,
  type Write,
  writableWords,
} from "#services/writeTag.ts";
import { lineOf, lineOptions, lineUsage } from "./linePlace.ts";
import { type Call, done, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

export const write: Verb = {
  usage: `write ${lineUsage} ADDRESS[:TYPE] VALUE [--yes]   (3!400004 1450, 1!400001#BL:float 4.2, 3!000001 1; below 0: -- 3!400002:int16 -5)`,
  options: { ...lineOptions, yes: { type: "boolean" } },
  run: (call) =>
    withWorld(async (world) => {
      const [address, value, ...more] = call.words;
      if (address === undefined || value === undefined || more.length > 0) {
        throw new ProblemError({ code: "usage", reason: "needs one address and one value" });
      }
      if (call.options.yes !== true && !isOnTerminal(call)) {
        throw new ProblemError({ code: "usage", reason: "needs --yes where nobody can be asked" });
      }
      const line = lineOf(call.options);
      const tag = tagOf(address, line.id);
      const words = writableWords(value, tag);
      const traffic = openTraffic(placeOf(line), {
        lines: world.lines,
        clock: world.clock,
        onFrame: () => undefined,
      });
      const write: Write = { tag, words, traffic, timeoutMs: line.timeoutMs };
      try {
        const before = await readHeld(write, call.signal);
        const plan = {
          unit: tag.address.unit,
          address: printAddress(tag.address),
          area: tag.address.area,
          offset: tag.address.offset,
          before: valueAndWords(before, tag),
          value: valueAndWords(words, tag),
        };
        describe(plan, call);
        if (call.options.yes !== true && !(await isConfirmed(call))) {
          call.terminal.line("nothing was written");
          return done({ ...plan, written: false }, false);
        }
        return await carryOut(write, plan, world.clock, call);
      } finally {
        await traffic.close();
      }
    }),
};

type Shown = ReturnType<typeof valueAndWords>;
interface Plan {
  readonly unit: number;
  readonly address: string;
  readonly area: string;
  readonly offset: number;
  readonly before: Shown;
  readonly value: Shown;
}

/** Writes and reads back. A write that has begun is read back, Ctrl+C or not. */
async function carryOut(write: Write, plan: Plan, clock: Clock, call: Call) {
  call.signal.throwIfAborted();
  const { signal } = new AbortController();
  await sendWrite(write, signal).catch((error) => {
    if (!mayBeWritten(error)) throw error;
  });
  const held = await readBack(write, clock, signal);
  const after = valueAndWords(held, write.tag);
  const document = { ...plan, written: true, after };
  try {
    assertKept(write, held);
  } catch (error) {
    if (!hasFault(error, "line.writeNotKept")) throw error;
    call.terminal.failure(faultView(error.fault));
    return done({ ...document, kept: false }, false);
  }
  call.terminal.line(`now      ${after.text}   ${after.words}   kept`);
  return done({ ...document, kept: true });
}

function tagOf(word: string, line: string): Tag {
  const [address = "", named] = word.split(":");
  const type = (named ?? (/![01]/.test(address) || /\.\d+$/.test(address) ? "bit" : "uint16")) as TagType;
  if (!tagTypes.includes(type)) throw new ProblemError({ code: "tag.typeUnknown", text: type });
  const parsed = parseAddress(address, type);
  if (!parsed.ok) throw new ProblemError(parsed.problem);
  const usual = { scale: 1, bias: 0, precision: 0, unit: "", description: "" };
  return { ...usual, line, group: "write", name: word, address: parsed.value, type, access: ["write"] };
}

function valueAndWords(words: Words, tag: WritableTag) {
  return { text: textOfWords(words, tag), words: wordsText(words, tag) };
}

function describe(plan: Plan, call: Call): void {
  call.terminal.line(`unit ${plan.unit}   ${plan.address}   ${plan.area} ${plan.offset} on the wire`);
  call.terminal.line(`before   ${plan.before.text}   ${plan.before.words}`);
  call.terminal.line(`write    ${plan.value.text}   ${plan.value.words}`);
}

function isOnTerminal(call: Call): boolean {
  return call.options.json !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Only a y or yes is one; Enter alone writes nothing. */
async function isConfirmed(call: Call): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asked.question("Write this? [y/N] ", { signal: call.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asked.close();
  }
}
