/** One local day of a target as the projection sees it. */
export interface DayFigure {
  /** Days since 1 January 1970. */
  readonly at: number;
  /** What stands in the denominator: contacts, or intervals or days where those are counted. At least 1. */
  readonly n: number;
  /** How many of them are on the agreed side, 0 to `n`; for means the numerator of the day. */
  readonly good: number;
}

/** 0 for Monday to 6; 1 January 1970 was a Thursday. */
export function weekdayAt(at: number): number {
  return (at + 3) % 7;
}
