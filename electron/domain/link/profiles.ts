import { type LinkShape, plainShape, type Way } from "./linkShape.ts";

const same = (way: Way) => ({ up: way, down: way });
const wired: Way = { delayMs: 20, jitterMs: 5, bytesPerSecond: null, loss: 0 };

/**
 * Weak links as they are met in the field. NAT times: carriers forget idle TCP flows after minutes, though RFC 5382
 * (REQ-5) asks for two hours. A geostationary satellite is 35,786 km away, four times a round trip: 477 ms by light
 * alone. 2G is GPRS with two slots up and four down.
 */
export const linkProfiles = {
  "2g": {
    ...plainShape,
    up: { delayMs: 350, jitterMs: 200, bytesPerSecond: 2500, loss: 0.02 },
    down: { delayMs: 350, jitterMs: 200, bytesPerSecond: 5000, loss: 0.02 },
    natIdleMs: 300_000,
  },
  nat60: { ...plainShape, ...same(wired), natIdleMs: 60_000 },
  nat120: { ...plainShape, ...same(wired), natIdleMs: 120_000 },
  nat300: { ...plainShape, ...same(wired), natIdleMs: 300_000 },
  loss30: { ...plainShape, ...same({ ...wired, delayMs: 60, jitterMs: 30, loss: 0.3 }) },
  satellite: {
    ...plainShape,
    ...same({ delayMs: 300, jitterMs: 20, bytesPerSecond: 16_000, loss: 0.005 }),
  },
} as const satisfies Record<string, LinkShape>;

export type LinkProfile = keyof typeof linkProfiles;
export const linkProfileNames = Object.keys(linkProfiles) as readonly LinkProfile[];
