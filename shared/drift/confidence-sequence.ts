/** Misses the true level, ever, in one of twenty series. */
const ALPHA = 0.05;

/** The tuning for which the band is narrowest when `information` has reached `at` (Howard et al. 2021, section 3.5). */
function mixingFor(at: number): number {
  const log = 2 * Math.log(1 / ALPHA);
  return at / (log + Math.log(1 + log));
}

/**
 * Half the width of a 95 % confidence sequence: the two-sided normal mixture (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, Annals
 * of Statistics 49:1055, eq. 14). The true level lies in the band at all times together in 19 of 20 series, however often one looks.
 *
 * @param information inverse variance of the estimate so far, above 0.
 * @param narrowestAt the information at which the band is to be narrowest, above 0.
 * @returns Example: variance 1 per point, narrowest at 30: 0.554 after 30 points, where a fixed-sample interval has 0.358.
 */
export function sequenceHalfWidth(information: number, narrowestAt: number): number {
  const mixing = mixingFor(narrowestAt);
  const total = information + mixing;
  return Math.sqrt(total * Math.log(total / (mixing * ALPHA * ALPHA))) / information;
}
