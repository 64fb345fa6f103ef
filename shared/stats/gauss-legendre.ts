/** Points and weights of a quadrature: the integral is the sum of `weight * f(node)`. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Legendre's polynomial of degree n and its derivative at x, by the three-term recurrence. */
function legendre(n: number, x: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [1, x];
  for (let degree = 2; degree <= n; degree++) {
    [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
  }
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}

/** The root nearest to the guess, by Newton's method, and the slope there. */
function rootNear(n: number, guess: number): { readonly root: number; readonly slope: number } {
  let root = guess;
  for (let pass = 0; pass < 8; pass++) {
    const { value, slope } = legendre(n, root);
    root -= value / slope;
  }
  return { root, slope: legendre(n, root).slope };
}

/**
 * Gauss-Legendre quadrature: exact for polynomials up to degree 2n - 1. Nodes by Newton's method from Chebyshev's guess
 * (Press et al., Numerical Recipes, 4.6).
 *
 * @param n how many points, an integer from 2 to 1,000.
 * @param from lower end; `to` upper end, above `from`.
 * @returns nodes in ascending order inside the range, in its unit; the weights sum to `to - from` within 1e-14 of it.
 *   Example: two points on -1..1 lie at ±0.5773502691896257 and weigh 1 each.
 * @throws RangeError when `n` is out of range or the range is empty.
 */
export function gaussLegendre(n: number, from: number, to: number): Quadrature {
  if (!Number.isInteger(n) || n < 2 || n > 1_000) throw new RangeError(`a quadrature takes 2 to 1,000 points, not ${n}`);
  if (!(to > from)) throw new RangeError(`the range from ${from} to ${to} is empty`);
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let place = 0; place < Math.ceil(n / 2); place++) {
    const { root, slope } = rootNear(n, Math.cos((Math.PI * (place + 0.75)) / (n + 0.5)));
    const weight = (2 * half) / ((1 - root * root) * slope * slope);
    nodes[place] = middle - half * root;
    nodes[n - 1 - place] = middle + half * root;
    weights[place] = weight;
    weights[n - 1 - place] = weight;
  }
  return { nodes, weights };
}
