import type { Outlook } from "../outlook/outlook.ts";
import { addDays } from "../calendar/day.ts";
import { localDayAt } from "./calendar-period.ts";
import { periodMoney } from "./period-money.ts";
import { priceIn } from "./price-of-default.ts";
import { settlementKind, type SettlementVersion } from "./version.ts";

/**
 * Fills in what a default beyond the expected level costs in the outlook's window (ramp and peak included, repetition not), and that times
 * the probability of a miss. `null` where the window is not one that is settled, the target carries no credit, or nobody can say how
 * probable a miss is.
 */
export function withCredit(outlook: Outlook, version: SettlementVersion): Outlook {
  const { window, targetId, pMiss } = outlook;
  const { credits, fees, timeZone } = version.agreement;
  const settled = credits !== undefined && fees !== undefined && window.kind === settlementKind(version);
  if (!settled || pMiss === null) return { ...outlook, credit: null };
  const next = addDays(localDayAt(window.toMs - 1, timeZone), 1);
  const atStake = priceIn(periodMoney(version, window.start, next), targetId, "expected");
  if (atStake === null) return { ...outlook, credit: null };
  return { ...outlook, credit: { currency: fees.currency, atStake, expected: Math.round(atStake * pMiss) } };
}
