import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerTriangle, solvedBy } from "../../../../shared/stats/cholesky.ts";

describe("equations of a positive definite matrix", () => {
  it("are solved by its triangle", () => {
    expect(lowerTriangle([Float64Array.of(4, 2), Float64Array.of(2, 5)]).map((row) => [...row])).toEqual([[2], [1, 2]]);
    const Rows = fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(Rows, fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 4 }), (rows, wanted) => {
        const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
        const matrix = rows.map((a, i) => Float64Array.from(rows, (b, j) => product(a, b) + (i === j ? 0.5 : 0)));
        const right = Float64Array.from(matrix, (row) => product([...row], wanted));
        for (const [at, value] of solvedBy(lowerTriangle(matrix), right).entries()) expect(value).toBeCloseTo(wanted[at] ?? 0, 9);
      }),
      { numRuns: 50, seed: 6 },
    );
  });

  it("have no triangle where the matrix is not positive definite", () => {
    expect(() => lowerTriangle([Float64Array.of(1, 2), Float64Array.of(2, 1)])).toThrow("not positive definite");
  });
});
