/** A group of agents in one window: how much of the volume it handled, any unit, and at what rate. */
interface Handled {
  readonly n: number;
  readonly rate: number;
}

/** Who was there in both windows, who came, and who went. */
export interface Turnover {
  readonly stayers: readonly [before: Handled, after: Handled];
  readonly entrants: Handled;
  readonly leavers: Handled;
}

export interface TurnoverEffect {
  readonly stayers: number;
  readonly entrants: number;
  readonly leavers: number;
}

function shareOf(part: Handled, other: Handled): number {
  return part.n > 0 ? part.n / (part.n + other.n) : 0;
}

/** The rate that entrants and leavers are held against where nobody stayed in a window: that of the other one, or the middle. */
function stayedRates({ stayers: [before, after], entrants, leavers }: Turnover): readonly [number, number] {
  if (before.n > 0 && after.n > 0) return [before.rate, after.rate];
  if (before.n > 0) return [before.rate, before.rate];
  if (after.n > 0) return [after.rate, after.rate];
  const rates = [leavers, entrants].filter(({ n }) => n > 0).map(({ rate }) => rate);
  const middle = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
  return [middle, middle];
}

/**
 * Splits the change of a figure into what those who stayed changed, what entrants brought against them, and what leavers took away
 * (Melitz and Polanec 2015, RAND Journal of Economics 46:362). The three sum to the change exactly.
 *
 * @returns in the unit of the rates. Example: stayers .86 (share .85) to .855 (.75), leavers .84, entrants .70 give -.005, -.03875
 *   for entrants and +.003 for leavers.
 */
export function turnover(groups: Turnover): TurnoverEffect {
  const { stayers, entrants, leavers } = groups;
  const [before, after] = stayedRates(groups);
  return {
    stayers: after - before,
    entrants: entrants.n > 0 ? shareOf(entrants, stayers[1]) * (entrants.rate - after) : 0,
    leavers: leavers.n > 0 ? shareOf(leavers, stayers[0]) * (before - leavers.rate) : 0,
  };
}
