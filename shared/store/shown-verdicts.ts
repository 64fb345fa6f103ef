import { verdictKey } from "../agreement/verdict.ts";
import { windowAt } from "../agreement/windows.ts";
import { addDays, type Day } from "../calendar/day.ts";
import type { WindowKind } from "../calendar/window-kind.ts";
import type { StoredAgreement } from "./agreements.ts";

/** How many days before the latest one must lie in a window that is shown; of rolling windows only the latest is. */
const DAYS_BACK = new Map<WindowKind, number>([
  ["day", 21],
  ["week", 14],
  ["month", 62],
  ["quarter", 92],
]);

/** Starts of the windows that reach back from a day, whichever version governs them. */
function startsBack({ history }: StoredAgreement, kind: WindowKind, latest: Day, nowMs: number): Day[] {
  const starts: Day[] = [];
  const last = addDays(latest, -(DAYS_BACK.get(kind) ?? 0));
  for (let day = latest; day >= last;) {
    const context = history.contextOn(day);
    const start = context === undefined ? undefined : windowAt(context, kind, day, nowMs)?.start;
    if (start !== undefined) starts.push(start);
    day = addDays(DAYS_BACK.has(kind) && start !== undefined ? start : day, -1);
  }
  return starts;
}

/**
 * The names of the verdicts that a screen shows at once: three weeks of days, and of weeks, months and quarters the
 * one that runs with those right before it, parts included, counted back from the latest day with data; the latest rolling
 * windows; and those of today, which have their verdicts from midnight on although no data came yet. Older ones are asked for.
 */
export function shownVerdicts(stored: StoredAgreement, latestDay: Day, nowMs: number): string[] {
  const today = stored.zone.localDay(nowMs);
  const kinds = new Set(stored.targets.flatMap(({ target }) => target.windows));
  const starts = new Map(
    [...kinds].map((kind) => {
      const now = windowAt(stored, kind, today, nowMs)?.start;
      return [kind, new Set([...startsBack(stored, kind, latestDay, nowMs), ...(now === undefined ? [] : [now])])];
    }),
  );
  return stored.targets.flatMap(({ target }) =>
    target.windows.flatMap((kind) => [...(starts.get(kind) ?? [])].map((start) => verdictKey(target.id, { kind, start }))),
  );
}
