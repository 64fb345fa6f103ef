/** A residual of the baseline: how far its day lies from the level. */
export interface DayResidual {
  /** 0 for Monday to 6. */
  readonly weekday: number;
  readonly value: number;
  readonly weight: number;
}

/** How far each weekday usually lies from the level, Monday first, and how many degrees of freedom that took. */
export interface WeekdaySeason {
  readonly effects: readonly number[];
  readonly taken: number;
}

interface WeekdayGroup {
  readonly days: number;
  readonly weight: number;
  readonly mean: number;
  readonly spread: number;
}

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
export const NO_SEASON: WeekdaySeason = { effects: WEEKDAYS.map(() => 0), taken: 0 };

function groupOf(residuals: readonly DayResidual[]): WeekdayGroup {
  let [weight, sum] = [0, 0];
  for (const residual of residuals) {
    weight += residual.weight;
    sum += residual.weight * residual.value;
  }
  const mean = weight > 0 ? sum / weight : 0;
  const spread = residuals.reduce((all, { value, weight: w }) => all + w * (value - mean) ** 2, 0);
  return { days: residuals.length, weight, mean, spread };
}

/**
 * Additive effects of the weekdays, each drawn towards none by n / (n + k0): n are the weekday's days in the baseline, k0 the variance of
 * a day over that of the true effects, by the moments of an analysis of variance (Efron and Morris 1973). Where weekdays differ no
 * more than chance makes them, all effects are 0.
 *
 * @returns effects whose weighted sum over the residuals is 0.
 */
export function weekdaySeason(residuals: readonly DayResidual[]): WeekdaySeason {
  const groups = WEEKDAYS.map((weekday) => groupOf(residuals.filter((residual) => residual.weekday === weekday)));
  const seen = groups.filter(({ days }) => days > 0);
  const total = groupOf(residuals);
  const within = residuals.length - seen.length;
  if (seen.length < 2 || within < 7 || total.weight <= 0) return NO_SEASON;
  const noise = seen.reduce((sum, { spread }) => sum + spread, 0) / within;
  const between = seen.reduce((sum, { weight, mean }) => sum + weight * (mean - total.mean) ** 2, 0);
  const squares = seen.reduce((sum, { weight }) => sum + weight * weight, 0);
  const variance = (between - (seen.length - 1) * noise) / (total.weight - squares / total.weight);
  if (!(variance > 0)) return NO_SEASON;
  const k0 = noise / variance;
  const kept = groups.map(({ weight }) => weight / (weight + k0));
  const raw = groups.map(({ mean }, i) => (mean - total.mean) * (kept[i] ?? 0));
  const middle = groups.reduce((sum, { weight }, i) => sum + weight * (raw[i] ?? 0), 0) / total.weight;
  const taken = kept.reduce((sum, share) => sum + share, 0) * (1 - 1 / seen.length);
  return { effects: groups.map(({ days }, i) => (days > 0 ? (raw[i] ?? 0) - middle : 0)), taken };
}
