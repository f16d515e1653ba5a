import type { Area } from "../tag/address.ts";
import type { Words } from "../tag/tag.ts";
import { areaOfRead } from "./functions.ts";
import { type HeardFrame, type HearState, hear, heardNothing } from "./judge.ts";

/** A read that another master repeats, with what the unit answered to it last. */
export interface OtherPoll {
  readonly unit: number;
  readonly area: Area;
  /** 0-based */
  readonly offset: number;
  readonly count: number;
  readonly times: number;
  /** 16-bit words, or bits; empty where no answer was heard */
  readonly words: Words;
}

/**
 * What another master reads, from the CRC-valid frames heard in their order: each read once, the most frequent first.
 */
export function otherPolls(frames: readonly Pick<HeardFrame, "unit" | "pdu">[]): readonly OtherPoll[] {
  const polls = new Map<string, OtherPoll>();
  let state: HearState = heardNothing;
  for (const { unit, pdu } of frames) {
    const heard: ReturnType<typeof hear> = hear(state, { unit, pdu });
    const area = areaOfRead(pdu[0] ?? 0);
    if (heard.learned) note({ ...heard.learned, count: heard.learned.words.length, times: 0 });
    else if (heard.state.at === "asked" && area) {
      const word = (index: number) => ((pdu[index] ?? 0) << 8) | (pdu[index + 1] ?? 0);
      note({ unit, area, offset: word(1), count: word(3), times: 1, words: [] });
    }
    state = heard.state;
  }
  return [...polls.values()].sort((a, b) => b.times - a.times);

  function note(poll: OtherPoll): void {
    const key = [poll.unit, poll.area, poll.offset, poll.count].join(":");
    const known = polls.get(key);
    const words = poll.words.length > 0 ? poll.words : (known?.words ?? []);
    polls.set(key, { ...poll, times: (known?.times ?? 0) + poll.times, words });
  }
}
