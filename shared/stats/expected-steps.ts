import { solveLinear } from "./solve-linear.ts";

/**
 * How many steps a Markov chain takes on average until it leaves: solves L = 1 + P L (Kemeny and Snell, Finite Markov Chains, 3.2).
 *
 * @param moves `moves[a][b]` is the probability of going from state a to state b; what a row lacks to 1 is the probability of
 *   leaving. Overwritten.
 * @returns the average number of steps from each state, the last one included.
 *   Example: one state that stays with probability 0.9 is left after 10 steps.
 * @throws RangeError when some state is never left.
 */
export function expectedSteps(moves: Float64Array[]): Float64Array {
  for (const [state, row] of moves.entries()) {
    for (const [to, probability] of row.entries()) row[to] = (to === state ? 1 : 0) - probability;
  }
  return solveLinear(moves, new Float64Array(moves.length).fill(1));
}
