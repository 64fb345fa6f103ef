import type { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import { isOccurrence } from "../../../shared/alerts/subject.ts";
import { dutyTerms } from "./duty-terms.ts";
import type { ListedAlert } from "./listed-alert.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UPDATE_AFTER_MS = [15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS, DAY_MS, 2 * DAY_MS, 7 * DAY_MS];
const SNOOZE_MS = [HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, 2 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

export interface UpdateChoices {
  /** Lengths in milliseconds, shortest first; the last is the longest the agreement allows. */
  readonly lengths: readonly number[];
  /** The severity that sets the limit. */
  readonly severity: AlertSeverity;
}

/** When the next update may be due, for one alert or for all of several. */
export function updateChoices(targets: readonly ListedAlert[]): UpdateChoices {
  const limits = targets.map(({ alert, agreement }) => ({
    severity: alert.severity,
    mostMs: dutyTerms(agreement).acknowledgedForMs(alert.severity),
  }));
  const { severity, mostMs } = limits.reduce((least, limit) => (limit.mostMs < least.mostMs ? limit : least), {
    severity: "warning",
    mostMs: Infinity,
  });
  return { severity, lengths: [...UPDATE_AFTER_MS.filter((ms) => ms < mostMs), mostMs].filter(Number.isFinite) };
}

/** How long alerts may be snoozed; `null` is until they clear. What is critical is snoozed for a day at most. */
export function snoozeChoices(targets: readonly ListedAlert[]): readonly (number | null)[] {
  const isCritical = targets.some(({ alert }) => alert.severity === "critical");
  return isCritical ? SNOOZE_MS.filter((ms) => ms < DAY_MS) : [...SNOOZE_MS, null];
}

/** How long alerts may be snoozed at most, in milliseconds: what the rules take. */
export function longestSnoozeMs(targets: readonly ListedAlert[]): number {
  return targets.some(({ alert }) => alert.severity === "critical") ? DAY_MS : 366 * DAY_MS;
}

/** What has happened does not clear, so that there is nothing to wait for. */
export function maySnooze(targets: readonly ListedAlert[]): boolean {
  return targets.every(({ alert }) => !isOccurrence(alert.subject));
}
