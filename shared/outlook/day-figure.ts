/** One local day of a target as the projection sees it. */
export interface DayFigure {
  /** Days since some fixed day, so that gaps are known. */
  readonly at: number;
  /** What stands in the denominator: contacts, or intervals or days where those are counted. At least 1. */
  readonly n: number;
  /** How many of them are on the agreed side, 0 to `n`; for means the numerator of the day. */
  readonly good: number;
}
