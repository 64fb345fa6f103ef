/** The row at or below `column` with the largest entry there, moved up to it. */
function pivotRow(rows: Float64Array[], right: Float64Array, column: number): Float64Array {
  let best = column;
  for (let row = column + 1; row < rows.length; row++) {
    if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = row;
  }
  const [pivot, displaced] = [rows[best], rows[column]];
  if (pivot === undefined || displaced === undefined || !(Math.abs(pivot[column] ?? 0) > 0)) {
    throw new RangeError("the equations have no single solution");
  }
  [rows[column], rows[best]] = [pivot, displaced];
  [right[column], right[best]] = [right[best] ?? 0, right[column] ?? 0];
  return pivot;
}

/**
 * Solves a system of linear equations by Gaussian elimination with partial pivoting. Rows that have nothing in the column
 * are passed over, so that chains that fall by one step at a time are quick.
 *
 * @param rows n rows of n coefficients; they are overwritten.
 * @param right the n right sides; overwritten too.
 * @returns the n unknowns; relative error about 1e-16 times the condition of the system (for run lengths: the run length).
 * @throws RangeError when the equations have no single solution.
 */
export function solveLinear(rows: Float64Array[], right: Float64Array): Float64Array {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    const pivot = pivotRow(rows, right, column);
    const [head, side] = [pivot[column] ?? 1, right[column] ?? 0];
    for (let below = column + 1; below < n; below++) {
      const row = rows[below];
      const entry = row?.[column] ?? 0;
      if (row === undefined || entry === 0) continue;
      const factor = entry / head;
      for (let at = column + 1; at < n; at++) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
      right[below] = (right[below] ?? 0) - factor * side;
    }
  }
  const solution = new Float64Array(n);
  for (let row = n - 1; row >= 0; row--) {
    let rest = right[row] ?? 0;
    for (let at = row + 1; at < n; at++) rest -= (rows[row]?.[at] ?? 0) * (solution[at] ?? 0);
    solution[row] = rest / (rows[row]?.[row] ?? 1);
  }
  return solution;
}
