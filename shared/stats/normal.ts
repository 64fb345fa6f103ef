const INVERSE_SQRT_2PI = 0.3989422804014327;
const TAIL_FROM = 3;
const TAIL_TERMS = 80;

/** Upper tail by Laplace's continued fraction (Abramowitz and Stegun 26.2.14). */
function upperTail(x: number, density: number): number {
  let fraction = x;
  for (let term = TAIL_TERMS; term > 0; term--) fraction = x + term / fraction;
  return density / fraction;
}

/**
 * P(Z <= x) of the standard normal distribution: a series in the middle (Abramowitz and Stegun 26.2.11), a continued
 * fraction in the tails.
 *
 * @param x any number.
 * @returns 0..1, error below 1e-14. Example: `normalCdf(1.959963984540054)` is 0.975.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const density = INVERSE_SQRT_2PI * Math.exp(-0.5 * x * x);
  if (size > TAIL_FROM) {
    const tail = density === 0 ? 0 : upperTail(size, density);
    return x < 0 ? tail : 1 - tail;
  }
  let [term, sum] = [size, size];
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (size * size) / odd;
    sum += term;
  }
  return x < 0 ? 0.5 - density * sum : 0.5 + density * sum;
}
