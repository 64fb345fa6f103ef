import type { Agreement } from "../agreement.ts";
import type { SettlementPeriod } from "../money-clauses.ts";

/** How many settlement periods an agreement touches; `Infinity` without an end. */
export function periodsInTerm(term: Pick<Agreement, "effectiveFrom" | "effectiveTo" | "weekStart">, period: SettlementPeriod): number {
  if (term.effectiveTo === undefined) return Infinity;
  const first = Temporal.PlainDate.from(term.effectiveFrom);
  const last = Temporal.PlainDate.from(term.effectiveTo);
  if (period === "week") {
    const weekday = { mon: 1, sat: 6, sun: 7 }[term.weekStart];
    const sinceStart = (first.dayOfWeek - weekday + 7) % 7;
    return Math.floor((first.until(last, { largestUnit: "days" }).days + sinceStart) / 7) + 1;
  }
  const months = period === "month" ? 1 : 3;
  const numberOf = (date: Temporal.PlainDate): number => Math.floor((date.year * 12 + date.month - 1) / months);
  return numberOf(last) - numberOf(first) + 1;
}
