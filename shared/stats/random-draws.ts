import { logGamma, stirlingRest } from "./log-gamma.ts";
import type { RandomStream } from "./random.ts";

/** Below this mean a count is found by adding up probabilities, above it by rejection. */
const REJECTION_FROM = 10;

const LAYERS = 128;
/** Where the tail of the ziggurat begins, and the area of each of its layers (Doornik 2005, for 128 layers). */
const TAIL_FROM = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;

/** Right edges of the layers from the widest (which stands for the tail as well) to the top. */
function ziggurat(): Float64Array {
  const edges = new Float64Array(LAYERS + 1);
  let height = Math.exp(-0.5 * TAIL_FROM * TAIL_FROM);
  edges[0] = LAYER_AREA / height;
  edges[1] = TAIL_FROM;
  for (let layer = 2; layer < LAYERS; layer++) {
    const edge = edges[layer - 1] ?? 0;
    edges[layer] = Math.sqrt(-2 * Math.log(LAYER_AREA / edge + height));
    height = Math.exp(-0.5 * (edges[layer] ?? 0) ** 2);
  }
  return edges;
}

const EDGES = ziggurat();

/** A number above 0 and at most 1, whose logarithm exists. */
function aboveZero(stream: RandomStream): number {
  return 1 - stream.next();
}

/** Beyond `TAIL_FROM`, by Marsaglia's method for the tail (Technometrics 6, 1964). */
function drawTail(stream: RandomStream): number {
  for (;;) {
    const beyond = -Math.log(aboveZero(stream)) / TAIL_FROM;
    if (-2 * Math.log(aboveZero(stream)) >= beyond * beyond) return TAIL_FROM + beyond;
  }
}

/**
 * A standard normal number, by the ziggurat (Marsaglia and Tsang 2000, with the corrections of Doornik 2005). Exact but for
 * its grain of 2^-45.
 *
 * @returns mean 0, standard deviation 1. Example: the first of `randomStream("accord")` is -0.354574787865874.
 */
export function drawNormal(stream: RandomStream): number {
  for (;;) {
    const place = stream.next() * LAYERS;
    const layer = Math.floor(place);
    const side = 2 * (place - layer) - 1;
    const edge = EDGES[layer] ?? 0;
    const above = EDGES[layer + 1] ?? 0;
    const x = side * edge;
    if (Math.abs(x) < above) return x;
    if (layer === 0) return side < 0 ? -drawTail(stream) : drawTail(stream);
    const [low, high] = [Math.exp(-0.5 * (edge * edge - x * x)), Math.exp(-0.5 * (above * above - x * x))];
    if (low + stream.next() * (high - low) < 1) return x;
  }
}

/** The logarithm of a gamma number, which stays finite where the number itself would be lost below 1e-308. */
function drawLogGamma(stream: RandomStream, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`a gamma distribution needs a shape above 0, not ${shape}`);
  if (shape < 1) return drawLogGamma(stream, shape + 1) + Math.log(aboveZero(stream)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(stream);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(aboveZero(stream)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}

/**
 * A number of the gamma distribution with scale 1 (Marsaglia and Tsang 2000, ACM TOMS 26:363-372; shapes below 1 from one
 * above by the power of a uniform number).
 *
 * @param shape above 0: the mean and the variance.
 * @returns 0 or above. Example: the first of `randomStream("accord")` with shape 2.5 is 1.6855328043104523.
 * @throws RangeError when `shape` is not a number above 0.
 */
export function drawGamma(stream: RandomStream, shape: number): number {
  return Math.exp(drawLogGamma(stream, shape));
}

/**
 * A number of the beta distribution: one gamma number in the sum of two, on the log scale, so that shapes near 0 are no trap.
 *
 * @param a above 0.
 * @param b above 0; the mean is a / (a + b).
 * @returns 0..1. Example: the first of `randomStream("accord")` with 2 and 3 is 0.23977728894924147.
 * @throws RangeError when one is not a number above 0.
 */
export function drawBeta(stream: RandomStream, a: number, b: number): number {
  const first = drawLogGamma(stream, a);
  return 1 / (1 + Math.exp(drawLogGamma(stream, b) - first));
}

/** Algorithm BTRS of Hoermann 1993 (Journal of Statistical Computation and Simulation 46:101-110): n p >= 10 and p <= 1/2. */
function binomialByRejection(stream: RandomStream, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  const top = (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) + stirlingRest(mode + 1) + stirlingRest(n - mode + 1);
  for (;;) {
    const u = stream.next() - 0.5;
    const v = aboveZero(stream);
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (!(k >= 0 && k <= n)) continue;
    const tried = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (edge * edge) + b));
    const here = (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1));
    if (tried <= top + here - stirlingRest(k + 1) - stirlingRest(n - k + 1)) return k;
  }
}

/**
 * How many of `n` trials succeed: by adding up probabilities where the mean is below 10, else by rejection (BTRS).
 *
 * @param n whole, 0 to 2^31.
 * @param p chance of each, 0..1.
 * @returns a whole number, 0 to `n`. Example: the first of `randomStream("accord")` for 100 and 0.3 is 32.
 * @throws RangeError when `n` or `p` is not as said.
 */
export function drawBinomial(stream: RandomStream, n: number, p: number): number {
  if (!(Number.isInteger(n) && n >= 0 && n <= 2 ** 31)) throw new RangeError(`trials are a whole number from 0 to 2^31, not ${n}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a chance lies between 0 and 1, not at ${p}`);
  if (p > 0.5) return n - drawBinomial(stream, n, 1 - p);
  if (n * p >= REJECTION_FROM) return binomialByRejection(stream, n, p);
  let term = Math.exp(n * Math.log1p(-p));
  let left = stream.next();
  let k = 0;
  for (; k < n && left >= term; k++) {
    left -= term;
    term *= ((n - k) * p) / ((k + 1) * (1 - p));
  }
  return k;
}

/** Algorithm PTRS of Hoermann 1993 (Insurance: Mathematics and Economics 12:39-45): means from 10 on. */
function poissonByRejection(stream: RandomStream, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const scale = 1.1239 + 1.1328 / (b - 3.4);
  for (;;) {
    const u = stream.next() - 0.5;
    const v = aboveZero(stream);
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
    if (!(k >= 0) || (edge < 0.013 && v > edge)) continue;
    if (Math.log((v * scale) / (a / (edge * edge) + b)) <= k * Math.log(mean) - mean - logGamma(k + 1)) return k;
  }
}

/**
 * A Poisson count: by adding up probabilities where the mean is below 10, else by rejection (PTRS).
 *
 * @param mean 0 to 10^8.
 * @returns a whole number, 0 or above. Example: the first of `randomStream("accord")` for 4.2 is 5.
 * @throws RangeError when `mean` is not as said.
 */
export function drawPoisson(stream: RandomStream, mean: number): number {
  if (!(mean >= 0 && mean <= 1e8)) throw new RangeError(`the mean of a Poisson count lies between 0 and 10^8, not at ${mean}`);
  if (mean >= REJECTION_FROM) return poissonByRejection(stream, mean);
  let term = Math.exp(-mean);
  let left = stream.next();
  let k = 0;
  for (; left >= term && term > 0; k++) {
    left -= term;
    term *= mean / (k + 1);
  }
  return k;
}
