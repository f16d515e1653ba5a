/** How much is measured of one unit, and the ms that each part of it may take. */
export interface QualityPlan {
  readonly idleMs: number;
  /** reads of all lengths together, where the line is fast enough for so many */
  readonly reads: number;
  readonly readsPerGap: number;
  readonly mostLengthMs: number;
  readonly mostGapMs: number;
  /** all but the listening and the watching ends within this, and one time-out, with what there is */
  readonly mostMs: number;
  /** how long the unit is watched afterwards, to see whether it dies; 0: not at all */
  readonly soakMs: number;
  /** least pause between two reads of the watching */
  readonly soakPauseMs: number;
}

export const usualQualityPlan: QualityPlan = {
  idleMs: 3000,
  reads: 2000,
  readsPerGap: 20,
  mostLengthMs: 30_000,
  mostGapMs: 9000,
  mostMs: 45_000,
  soakMs: 0,
  soakPauseMs: 1000,
};
