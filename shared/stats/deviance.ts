const SPLITTER = 134_217_729;
/** Below this a product has no room for what rounding took, and a quotient by it may be too large for a number. */
const BARELY_HELD = 1e-290;

/** What rounding took from the product x y (Dekker 1971). */
function productRest(x: number, y: number, product: number): number {
  const [xBroad, yBroad] = [SPLITTER * x, SPLITTER * y];
  const [xHigh, yHigh] = [xBroad - (xBroad - x), yBroad - (yBroad - y)];
  const [xLow, yLow] = [x - xHigh, y - yHigh];
  return xHigh * yHigh - product + xHigh * yLow + xLow * yHigh + xLow * yLow;
}

/** What rounding took from the sum x + y (Knuth). */
function sumRest(x: number, y: number, sum: number): number {
  const part = sum - x;
  return x - (sum - part) + (y - part);
}

/**
 * x ln(x / m) + m - x, the part of a density's logarithm that grows away from its mean m, without the cancellation of its
 * terms near x = m (Loader 2000, "bd0").
 *
 * @param x 0 or above.
 * @param m above 0.
 * @returns at least 0, relative error below 1e-15. Example: `deviance(110, 100)` is 0.4841197785 (110 ln 1.1 - 10).
 */
export function deviance(x: number, m: number): number {
  if (x === 0) return m;
  const quotient = (x - m) / (x + m);
  if (Math.abs(quotient) > 1 / 3) return x * (m < BARELY_HELD ? Math.log(x) - Math.log(m) : Math.log(x / m)) + m - x;
  const square = quotient * quotient;
  let [power, sum] = [2 * x * quotient * square, (x - m) * quotient];
  for (let odd = 3; ; odd += 2) {
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
    power *= square;
  }
}

/** `deviance(x, scale * part)`, with what rounding took from the mean put back: at a million it is the thirteenth digit of a tail. */
function devianceOfPart(
  x: number,
  scale: { readonly sum: number; readonly rest: number },
  part: { readonly value: number; readonly rest: number },
): number {
  const m = Math.max(Number.MIN_VALUE, scale.sum * part.value);
  if (m < BARELY_HELD) return deviance(x, m);
  const lost = productRest(scale.sum, part.value, m) + scale.rest * part.value + scale.sum * part.rest;
  return deviance(x, m) + lost * (1 - x / m);
}

/**
 * How far the shares x and y = 1 - x lie from a : b, as the exponent of their chance: a ln(a / (n x)) + b ln(b / (n y)) with n = a + b.
 *
 * @param shares above 0; the smaller one is taken as exact, the other as 1 minus it.
 * @param weights above 0.
 * @returns at least 0. Example: shares 0.5 and 0.5 of weights 60 and 40 have 2.0135513551.
 */
export function shareDeviance(
  shares: { readonly x: number; readonly y: number },
  weights: { readonly a: number; readonly b: number },
): number {
  const { x, y } = shares;
  const { a, b } = weights;
  const sum = a + b;
  const scale = { sum, rest: sumRest(a, b, sum) };
  const first = devianceOfPart(a, scale, { value: x, rest: x > y ? 1 - x - y : 0 });
  return first + devianceOfPart(b, scale, { value: y, rest: x > y ? 0 : 1 - y - x });
}
