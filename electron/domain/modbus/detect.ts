import { settingsText } from "../site/settingsText.ts";
import type { SerialSettings } from "../site/site.ts";

/** Line settings and what speaks for them. */
export interface Candidate {
  readonly settings: SerialSettings;
  /** something was heard at these settings, or units were asked */
  readonly tried: boolean;
  /** frames with a valid CRC that came in, and bytes that made no frame */
  readonly frames: number;
  readonly strayBytes: number;
  /** the unit that answered; null when nobody was asked or answered */
  readonly unit: number | null;
  readonly certain: boolean;
}

/**
 * Whether what was heard proves the settings: at least two frames, which by chance would take 65,536 times 65,536
 * tries, and most bytes part of one. A receiver without parity drops bytes here and there from a line with parity, so
 * that a few whole frames come through between remains.
 */
export function isProven(frames: number, frameBytes: number, strayBytes: number): boolean {
  return frames >= 2 && frameBytes >= strayBytes;
}

const even = { parity: "even", dataBits: 8, stopBits: 1 } as const;
const none = { parity: "none", dataBits: 8, stopBits: 1 } as const;
const odd = { parity: "odd", dataBits: 8, stopBits: 1 } as const;
const twoStops = { parity: "none", dataBits: 8, stopBits: 2 } as const;

/** What devices leave the factory with, most common first. */
const usual: readonly SerialSettings[] = [
  { baudRate: 19_200, ...even },
  { baudRate: 9600, ...none },
  { baudRate: 9600, ...even },
  { baudRate: 19_200, ...none },
  ...[38_400, 57_600, 115_200].flatMap((baudRate) => [
    { baudRate, ...none },
    { baudRate, ...even },
  ]),
  ...[4800, 2400, 1200].flatMap((baudRate) => [
    { baudRate, ...none },
    { baudRate, ...even },
  ]),
  ...[9600, 19_200, 38_400, 115_200, 57_600, 4800, 2400, 1200].map((baudRate) => ({ baudRate, ...odd })),
  ...[9600, 19_200, 38_400, 115_200].map((baudRate) => ({ baudRate, ...twoStops })),
];

/**
 * Settings worth trying, each once, likeliest first: those the line is known by, then what devices usually have.
 *
 * @param known of the line itself, then of what was right before; at least one
 */
export function candidateSettings(known: readonly SerialSettings[]): readonly SerialSettings[] {
  const others = known.flatMap(({ baudRate }) =>
    [none, even, odd].map((format) => ({ baudRate, ...format })),
  );
  const texts = new Set<string>();
  return [...known, ...usual, ...others].filter((settings) => {
    const text = settingsText(settings);
    return !texts.has(text) && texts.add(text);
  });
}

/**
 * Settings at which together some byte of any talk between 1200 and 115200 baud comes through, even where the adapter
 * drops what has a wrong stop bit or parity: without parity, and at two to eight times the talker's speed or its own,
 * since a short low level then looks like a whole character.
 */
export function silenceSettings(known: SerialSettings): readonly SerialSettings[] {
  const ears = [115_200, 38_400, 9600].map((baudRate) => ({ baudRate, ...none }));
  return [known, ...ears.filter((settings) => settingsText(settings) !== settingsText(known))];
}

/** Best evidence first; candidates with the same evidence keep their order, which is that of likelihood. */
export function rank(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) =>
      Number(b.certain) - Number(a.certain) ||
      Number(b.unit !== null) - Number(a.unit !== null) ||
      b.frames - a.frames ||
      (a.frames > 0 ? a.strayBytes - b.strayBytes : 0) ||
      Number(b.tried) - Number(a.tried),
  );
}
