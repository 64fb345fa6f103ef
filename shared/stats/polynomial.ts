/**
 * The value of a polynomial, by Horner's scheme.
 *
 * @param coefficients from the highest power down. Example: `polynomial(2, [1, 0, 3])` is 7.
 */
export function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
