import { polynomial } from "./polynomial.ts";

/** Coefficients of algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37:477-484), from the highest power down. */
const MIDDLE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438,
  3.3871328727963665,
] as const;
const MIDDLE_BELOW = [
  5226.495278852855, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
] as const;
const TAIL = [
  7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
  4.630337846156546, 1.4234371107496835,
] as const;
const TAIL_BELOW = [
  1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
  2.053191626637759, 1,
] as const;
const FAR = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.2965605718285049, 1.7848265399172913,
  5.463784911164114, 6.657904643501103,
] as const;
const FAR_BELOW = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 7.868691311456133e-4, 0.014875361290850615, 0.1369298809227358,
  0.599832206555888, 1,
] as const;

/**
 * The number below which a standard normal one lies with a given probability: the inverse of `normalCdf`.
 *
 * @param p above 0 and below 1; for a small upper tail q use `-normalQuantile(q)`, which keeps its digits.
 * @returns relative error below 1e-15, as far as p itself says it. Example: `normalQuantile(0.975)` is 1.959963984540054.
 *   0 gives -Infinity, 1 gives Infinity.
 * @throws RangeError when `p` is not a probability.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  const fromMiddle = p - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) {
    const r = 0.180625 - fromMiddle * fromMiddle;
    return (fromMiddle * polynomial(r, MIDDLE)) / polynomial(r, MIDDLE_BELOW);
  }
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return fromMiddle < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const size = r <= 5 ? polynomial(r - 1.6, TAIL) / polynomial(r - 1.6, TAIL_BELOW) : polynomial(r - 5, FAR) / polynomial(r - 5, FAR_BELOW);
  return fromMiddle < 0 ? -size : size;
}
