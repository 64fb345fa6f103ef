import { addDays, type Day } from "../calendar/day.ts";
import { add, type Fraction, fractionOf, NOTHING } from "./fraction.ts";
import { parseAmount } from "./amount.ts";
import { calendarPeriod, dayCount } from "./calendar-period.ts";
import type { SettlementVersion } from "./version.ts";

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/**
 * The fees of the days in `[from, next)`, exactly, in minor units: of every week, month or quarter for which a fee is due, the part of
 * its days that lie in there.
 */
export function feesOf({ agreement }: Pick<SettlementVersion, "agreement">, from: Day, next: Day): Fraction {
  const { fees, weekStart } = agreement;
  if (fees === undefined) return NOTHING;
  const amount = parseAmount(fees.amount);
  let sum = NOTHING;
  for (let day = from; day < next; day = calendarPeriod(fees.per, day, weekStart).next) {
    const period = calendarPeriod(fees.per, day, weekStart);
    sum = add(sum, fractionOf(amount * dayCount(day, earlier(next, period.next)), period.days));
  }
  return sum;
}

/** The fees of a calendar year, as far as versions govern its days. A term without an end runs to the end of the year. */
export function feesOfYear(versions: readonly SettlementVersion[], year: number): Fraction {
  const [first, next] = [`${year}-01-01`, `${year + 1}-01-01`];
  return versions.reduce((sum, version) => {
    const { from, to } = version.term;
    const end = to === null || to >= `${year}-12-31` ? next : addDays(to, 1);
    return add(sum, feesOf(version, later(first, from), end));
  }, NOTHING);
}
