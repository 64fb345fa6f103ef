/**
 * The e-BH procedure (Wang and Ramdas 2022, JRSSB 84:822): which of many series to list so that on average at most the share `q` of the list
 * is there by chance, however the series hang together.
 *
 * @param evidence e-values of one period: numbers >= 0 whose expectation is at most 1 where nothing has moved. Not the standing of a detector,
 *   which has no such bound at a fixed time.
 * @param q 0..1.
 * @returns places in `evidence`, strongest first. Example: 50, 25, 3 and 0.5 at q = 0.1: the first two (25 >= 4 / (2 x 0.1)).
 */
export function listedByEvidence(evidence: readonly number[], q: number): number[] {
  const ranked = evidence.map((value, at) => ({ value, at })).toSorted((a, b) => b.value - a.value);
  const last = ranked.findLastIndex(({ value }, i) => value >= evidence.length / ((i + 1) * q));
  return ranked.slice(0, last + 1).map(({ at }) => at);
}

/** More would be no finite number, of which no page could tell. */
const MOST_LOG = 600;

/**
 * Evidence of one period that a series has moved: the mean over the alternatives of the product of their ratios, an e-value at the end of
 * the period and at any stop before.
 *
 * @param days ratios of each observation of the period, one per alternative. None: 1.
 */
export function periodEvidence(days: readonly (readonly number[])[]): number {
  const alternatives = days[0]?.length ?? 0;
  if (alternatives === 0) return 1;
  const products = Array.from({ length: alternatives }, (_, i) =>
    Math.exp(
      Math.min(
        MOST_LOG,
        days.reduce((sum, ratios) => sum + Math.log(ratios[i] ?? 1), 0),
      ),
    ),
  );
  return products.reduce((sum, product) => sum + product, 0) / alternatives;
}
