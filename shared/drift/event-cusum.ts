/** Where a CUSUM of single events stands; 0 at its start. */
export type EventSum = number;

/**
 * Folds one audited unit into a Bernoulli CUSUM (Reynolds and Stoumbos 1999, Journal of Quality Technology 31:87): a failure adds m - 1, a
 * pass takes 1 away, never below 0. Alarm at a sum of H or more. Nobody has to wait for the end of a day.
 *
 * @param m a whole number of at least 2: nearly 1 / reference share, which lies between the usual share and the feared one.
 *   Example: m = 7 and H = 31 watch for 10 % becoming 20 %: 1,044 audits between false alarms, 63 to the alarm.
 */
export function bernoulliStep(sum: EventSum, failed: boolean, m: number): EventSum {
  return Math.max(0, sum + (failed ? m - 1 : -1));
}

/**
 * Folds one count into a Poisson CUSUM (Lucas 1985, Technometrics 27:129): max(0, S + events - k x exposure). Alarm at a sum of h or more.
 *
 * @param k reference rate per unit of exposure, between the usual rate a and the feared one b: (b - a) / (ln b - ln a).
 *   Example: k = 3 and h = 7 at 2 events each: 894 counts between false alarms; at 4 events 7.2 to the alarm.
 */
export function poissonStep(
  sum: EventSum,
  { events, exposure }: { readonly events: number; readonly exposure: number },
  k: number,
): EventSum {
  return Math.max(0, sum + events - k * exposure);
}

/** The reference rate between a usual and a feared one. Example: 2 and 4 give 2.885. */
export function poissonReference(usual: number, feared: number): number {
  return (feared - usual) / Math.log(feared / usual);
}

/** One judged unit, and how likely it was to be bad before anyone looked. */
export interface RiskedUnit {
  readonly bad: boolean;
  /** Usual chance of being bad for a unit of its kind (queue, reason, channel); 0..1, neither end. */
  readonly risk: number;
}

/**
 * Weight of one unit in the risk-adjusted CUSUM (Steiner, Cook, Farewell and Treasure 2000, Biostatistics 1:441): its log-likelihood ratio of
 * odds that grew by a factor R against usual ones, Y ln R - ln(1 - p + R p). A change in the mix of calls alone moves nothing.
 *
 * @param oddsRatio R above 0; 2 watches for doubled odds, 0.5 for halved ones.
 * @returns Example: R = 2, p = 0.1: a bad unit weighs 0.598, a good one -0.0953.
 */
export function riskAdjustedWeight({ bad, risk }: RiskedUnit, oddsRatio: number): number {
  return (bad ? Math.log(oddsRatio) : 0) - Math.log(1 - risk + oddsRatio * risk);
}

/** Folds one unit into the risk-adjusted CUSUM: max(0, S + weight). At a threshold h false alarms are rarer than one in e^h units. */
export function riskAdjustedStep(sum: EventSum, unit: RiskedUnit, oddsRatio: number): EventSum {
  return Math.max(0, sum + riskAdjustedWeight(unit, oddsRatio));
}
