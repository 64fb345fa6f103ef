import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import type { Day } from "../calendar/day.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** A calendar period as people call it: `November 2026`, `the week from 2 November 2026`, `quarter 4 of 2026`. */
export function periodName(kind: SettlementPeriod, from: Day): string {
  const { year, month, day } = Temporal.PlainDate.from(from);
  if (kind === "quarter") return `quarter ${Math.ceil(month / 3)} of ${year}`;
  const name = `${MONTHS[month - 1] ?? ""} ${year}`;
  return kind === "month" ? name : `the week from ${day} ${name}`;
}
