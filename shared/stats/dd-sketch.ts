/** Greatest relative error of a quantile. */
const ALPHA = 0.01;
const LOG_GROWTH = Math.log((1 + ALPHA) / (1 - ALPHA));
/** Sizes below this count as zero. */
const SMALLEST = 1e-9;
const FIRST = Math.ceil(Math.log(SMALLEST) / LOG_GROWTH);

/**
 * How often values of a kind were seen: pairs of a bin and its count, in rising order of bins, which is that of the values.
 * Bin 0 is zero, -b mirrors b. Plain integers, so that sketches merge by adding counts, in any order, with nothing lost.
 */
export type Sketch = readonly (readonly [bin: number, count: number])[];

function binOf(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`a sketch holds finite numbers, not ${value}`);
  const size = Math.abs(value);
  if (size < SMALLEST) return 0;
  return Math.sign(value) * (Math.ceil(Math.log(size) / LOG_GROWTH) - FIRST + 1);
}

function valueOf(bin: number): number {
  if (bin === 0) return 0;
  return Math.sign(bin) * (1 - ALPHA) * Math.exp((Math.abs(bin) + FIRST - 1) * LOG_GROWTH);
}

function sorted(counts: ReadonlyMap<number, number>): Sketch {
  return [...counts].sort(([one], [other]) => one - other);
}

/**
 * A sketch of values from which any quantile can be told within 1 % (Masson, Rim and Lee 2019, PVLDB 12:2195-2205, "DDSketch").
 *
 * @param values finite numbers of any sign; those within 1e-9 of 0 count as 0.
 * @returns some 115 bins for each factor of ten between the values. Example: `sketchOf([0, 1])` is `[[0, 1], [1037, 1]]`.
 * @throws RangeError when a value is not finite.
 */
export function sketchOf(values: Iterable<number>): Sketch {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bin = binOf(value);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return sorted(counts);
}

/** The sketch of all values together: the same, to the last count, as one made of all of them. */
export function mergeSketches(sketches: readonly Sketch[]): Sketch {
  const counts = new Map<number, number>();
  for (const [bin, count] of sketches.flat()) counts.set(bin, (counts.get(bin) ?? 0) + count);
  return sorted(counts);
}

/**
 * A quantile of what was sketched: the value at rank floor(q (n - 1)) of the n values in rising order, counted from 0.
 *
 * @param q 0..1.
 * @returns within 1 % of the true one, 0 exactly; `null` when nothing was sketched. Example: the median of 1, 2, ... 101 (51)
 *   is told as 50.9111.
 * @throws RangeError when `q` is not in 0..1.
 */
export function sketchQuantile(sketch: Sketch, q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile lies between 0 and 1, not at ${q}`);
  const rank = Math.floor(q * (sketch.reduce((sum, [, count]) => sum + count, 0) - 1));
  let below = 0;
  for (const [bin, count] of sketch) {
    below += count;
    if (below > rank) return valueOf(bin);
  }
  return null;
}
