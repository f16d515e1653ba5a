import { FaultError, hasFault } from "#domain/fault.ts";
import type { World } from "../world.ts";
import type { ProgramSide } from "./programSide.ts";

const askAgainMs = 250;
/** A program that went away may be starting anew: what it ran before is offered to it for this long. */
const putBackWithinMs = 30_000;
/** It is asked this often whether it shows a change before the change is made once more. */
const looks = 20;

/**
 * Makes a program run exactly `state` again, whatever it runs now: looks, changes what differs, and looks again until
 * nothing does. What it does not show is written once in any case.
 *
 * @throws FaultError the last one, when it does not take it within half a minute
 */
export async function putBackProgram<S>(
  world: World,
  side: ProgramSide<S>,
  state: S,
  isBlind: boolean,
  signal: AbortSignal,
): Promise<void> {
  const until = world.clock.monotonic() + putBackWithinMs;
  let written = !isBlind;
  for (;;) {
    try {
      const running = await side.read(signal);
      if (written && side.differences(state, running).length === 0) return;
      await side.change(state, running, signal);
      written = true;
      if ((await unlike(world, side, state, looks, signal)) === 0) return;
      if (world.clock.monotonic() > until) throw differs(side, 1);
    } catch (error) {
      const isLast = world.clock.monotonic() > until || hasFault(error, "program.loginRefused");
      if (!(error instanceof FaultError) || isLast) throw error;
    }
    await world.clock.sleep(askAgainMs, signal);
  }
}

/**
 * Waits until a program shows what it was told to run. @returns how many differences are left after that many looks
 */
export async function unlike<S>(
  world: World,
  side: ProgramSide<S>,
  target: S,
  times: number,
  signal: AbortSignal,
): Promise<number> {
  let left = 1;
  let failure: unknown;
  for (let look = 0; look < times && left > 0; look += 1) {
    if (look > 0) await world.clock.sleep(askAgainMs, signal);
    try {
      left = side.differences(target, await side.read(signal)).length;
      failure = undefined;
    } catch (error) {
      // While it starts anew nobody answers.
      if (!hasFault(error, "gateway.unreachable") || signal.aborted) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return left;
}

export function differs<S>({ url }: ProgramSide<S>, differences: number): FaultError {
  return new FaultError({ code: "gateway.differs", url, differences });
}
