/** A residual of the baseline: how far its day (or half-hour) lies from the level. */
export interface SlotResidual {
  /** Which of the season's places it has: 0 for Monday to 6, or 0 to 47 for the half-hours of a day. */
  readonly slot: number;
  readonly value: number;
  readonly weight: number;
}

/** How far each slot usually lies from the level, and how many degrees of freedom that took. */
export interface Season {
  readonly effects: readonly number[];
  readonly taken: number;
}

interface SlotGroup {
  readonly days: number;
  readonly weight: number;
  readonly mean: number;
  readonly spread: number;
}

/** Fewer degrees of freedom within the slots say too little of chance. */
const FEWEST_FREE = 7;

/** A season of weekdays without any effect. */
export const NO_SEASON: Season = { effects: [0, 0, 0, 0, 0, 0, 0], taken: 0 };

function groupOf(residuals: readonly SlotResidual[]): SlotGroup {
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
 * Additive effects of the slots of a season, each drawn towards none by n / (n + k0): n are the slot's days in the baseline, k0 the variance of
 * a day over that of the true effects, by the moments of an analysis of variance (Efron and Morris 1973). Where slots differ no
 * more than chance makes them, all effects are 0.
 *
 * @param slots of the season: 7 weekdays, or 48 half-hours.
 * @returns effects whose weighted sum over the residuals is 0.
 */
export function seasonOf(residuals: readonly SlotResidual[], slots: number): Season {
  const none: Season = { effects: Array.from({ length: slots }, () => 0), taken: 0 };
  const groups = Array.from({ length: slots }, (_, slot) => groupOf(residuals.filter((residual) => residual.slot === slot)));
  const seen = groups.filter(({ days }) => days > 0);
  const total = groupOf(residuals);
  const within = residuals.length - seen.length;
  if (seen.length < 2 || within < FEWEST_FREE || total.weight <= 0) return none;
  const noise = seen.reduce((sum, { spread }) => sum + spread, 0) / within;
  const between = seen.reduce((sum, { weight, mean }) => sum + weight * (mean - total.mean) ** 2, 0);
  const squares = seen.reduce((sum, { weight }) => sum + weight * weight, 0);
  const variance = (between - (seen.length - 1) * noise) / (total.weight - squares / total.weight);
  if (!(variance > 0)) return none;
  const k0 = noise / variance;
  // A weekday without days has no effect, also where nothing but weekdays makes days differ (0 / 0).
  const kept = groups.map(({ weight }) => (weight > 0 ? weight / (weight + k0) : 0));
  const raw = groups.map(({ mean }, i) => (mean - total.mean) * (kept[i] ?? 0));
  const middle = groups.reduce((sum, { weight }, i) => sum + weight * (raw[i] ?? 0), 0) / total.weight;
  const taken = kept.reduce((sum, share) => sum + share, 0) * (1 - 1 / seen.length);
  return { effects: groups.map(({ days }, i) => (days > 0 ? (raw[i] ?? 0) - middle : 0)), taken };
}
