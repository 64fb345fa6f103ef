/** A seeded stream of numbers from 0 to below 1 ("mulberry32" of T. Ettinger). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A count with the given mean (Knuth's method; means up to some hundred). */
export function poisson(random: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** Whole seconds with the given mean, exponentially distributed. */
export function seconds(random: () => number, mean: number): number {
  return Math.round(-Math.log(1 - random()) * mean);
}
