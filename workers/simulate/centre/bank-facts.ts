/**
 * Facts of the "Anonymous Bank" call centre, January 1999 (Guedj and Mandelbaum, Technion; analysed in Brown et al.,
 * "Statistical Analysis of a Telephone Call Center", JASA 100, 2005), computed from its 31,359 calls.
 */
export const BANK_1999 = {
  /** Calls entering in each hour of a weekday, per thousand of the day. */
  hourPerMille: [3, 1, 0, 0, 0, 1, 3, 24, 65, 71, 81, 70, 66, 66, 79, 85, 96, 71, 52, 44, 34, 30, 30, 27],
  /** Mean service of answered calls in seconds; standard deviation of the logarithm is 1.16. */
  serviceMeanS: 183,
  serviceSigma: 1.16,
  /** Total waiting divided by callers who gave up: the mean of exponential patience behind the 10.3 % who did. */
  patienceMeanS: 366,
  menuMeanS: 10,
  /** 1,198 of 31,359 hung up in the voice menu. */
  leaveInMenuShare: 0.038,
} as const;
