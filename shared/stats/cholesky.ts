/**
 * The lower triangle L of a symmetric positive definite matrix A = L L' (Cholesky; Golub and Van Loan, algorithm 4.2.1).
 *
 * @param matrix n rows of n numbers, of which the lower triangle is read.
 * @returns Example: of [[4, 2], [2, 5]] it is [[2], [1, 2]].
 * @throws RangeError when the matrix is not positive definite.
 */
export function lowerTriangle(matrix: readonly Float64Array[]): Float64Array[] {
  const lower: Float64Array[] = [];
  for (const [at, row] of matrix.entries()) {
    const own = new Float64Array(at + 1);
    for (let column = 0; column <= at; column++) {
      const other = column === at ? own : (lower[column] ?? own);
      let rest = row[column] ?? 0;
      for (let i = 0; i < column; i++) rest -= (own[i] ?? 0) * (other[i] ?? 0);
      if (column < at) own[column] = rest / (other[column] ?? 1);
      else if (rest > 0) own[at] = Math.sqrt(rest);
      else throw new RangeError("the matrix is not positive definite");
    }
    lower.push(own);
  }
  return lower;
}

/** The x for which L L' x is the right side. */
export function solvedBy(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = right.slice();
  for (const [at, row] of lower.entries()) {
    let rest = solution[at] ?? 0;
    for (let i = 0; i < at; i++) rest -= (row[i] ?? 0) * (solution[i] ?? 0);
    solution[at] = rest / (row[at] ?? 1);
  }
  for (let at = lower.length - 1; at >= 0; at--) {
    const row = lower[at];
    const value = (solution[at] ?? 0) / (row?.[at] ?? 1);
    solution[at] = value;
    for (let i = 0; i < at; i++) solution[i] = (solution[i] ?? 0) - (row?.[i] ?? 0) * value;
  }
  return solution;
}
