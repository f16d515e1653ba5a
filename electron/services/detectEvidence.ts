import { type Candidate, isProven } from "#domain/modbus/detect.ts";
import type { SerialSettings } from "#domain/site/site.ts";

/** So many bytes without one frame speak against the settings: two of the longest frames. */
const muchGarbage = 512;

/** True when listening longer at these settings would not change the verdict. */
export function isJudged({ certain, frames, strayBytes }: Candidate): boolean {
  return certain || (frames === 0 && strayBytes >= muchGarbage);
}

/** What speaks for each of the settings so far; a place is an index into the order of likelihood. */
export interface DetectEvidence {
  readonly places: readonly number[];
  readonly at: (place: number) => Candidate;
  /** grows with everything that came in at these settings; only good for comparing */
  bytesAt(place: number): number;
  tried(place: number): void;
  answered(place: number, unit: number): void;
  count(place: number, isFrame: boolean, bytes: number): void;
}

/** @param show told of all candidates, untried ones too, at the start and after each change */
export function detectEvidence(
  all: readonly SerialSettings[],
  show: (candidates: Candidate[]) => void,
): DetectEvidence {
  const untried = { tried: false, frames: 0, strayBytes: 0, unit: null, certain: false };
  const candidates: Candidate[] = all.map((settings) => ({ settings, ...untried }));
  const frameBytes = all.map(() => 0);
  const at = (place: number) => candidates[place] as Candidate;
  show([...candidates]);

  function learn(place: number, change: Partial<Candidate>): void {
    candidates[place] = { ...at(place), tried: true, ...change };
    show([...candidates]);
  }

  return {
    places: all.map((_, place) => place),
    at,
    bytesAt: (place) => (frameBytes[place] ?? 0) + at(place).strayBytes,
    tried: (place) => learn(place, {}),
    answered: (place, unit) => learn(place, { unit, certain: true }),
    count(place, isFrame, bytes) {
      const frames = at(place).frames + (isFrame ? 1 : 0);
      const strayBytes = at(place).strayBytes + (isFrame ? 0 : bytes);
      const inFrames = (frameBytes[place] ?? 0) + (isFrame ? bytes : 0);
      frameBytes[place] = inFrames;
      const certain = at(place).certain || isProven(frames, inFrames, strayBytes);
      learn(place, { frames, strayBytes, certain });
    },
  };
}
