import { amountWords } from "../../live/amount-words.ts";
import type { Party } from "../../../shared/settlement/party.ts";
import type { Deadline, Settlement } from "../../../shared/settlement/settlement.ts";
import { spanWords } from "../../ui/zone-time.ts";
import { periodName } from "./period-words.ts";

const DAY_MS = 86_400_000;
/** A right with less time than this and an amount behind it is said first. */
const SOON_MS = 3 * DAY_MS;

interface Totals {
  /** Credits of the periods that are over. */
  readonly accrued: number;
  /** Credits of the open periods if they ended as they stand. */
  readonly atStake: number;
  readonly capped: number;
  readonly earnedBack: number;
  readonly bonus: number;
}

export function totalsOf({ periods }: Settlement): Totals {
  const sum = (of: (period: Settlement["periods"][number]) => number) => periods.reduce((total, period) => total + of(period), 0);
  return {
    accrued: sum((period) => (period.open ? 0 : period.credit)),
    atStake: sum((period) => period.atStake),
    capped: sum((period) => period.cappedAway),
    earnedBack: sum((period) => period.earnedBack),
    bonus: sum((period) => period.bonus),
  };
}

/** The heading: what the open period costs as it stands; where that is nothing, what is owed for those before it comes first. */
export function moneyFinding(settlement: Settlement, zone: string): string {
  const { currency, periods } = settlement;
  if (currency === null) return "This agreement puts no price on a miss";
  const open = periods.filter((period) => period.open);
  const last = open.at(-1) ?? periods.at(-1);
  if (last === undefined) return "Nothing has been settled yet";
  const name = periodName(last, zone);
  const title = name.slice(0, 1).toUpperCase() + name.slice(1);
  if (!last.open) return last.credit === 0 ? `${title} cost nothing` : `${title} cost the provider ${amountWords(last.credit, currency)}`;
  if (last.suspended) return `${title} costs nothing: credits are suspended`;
  const { accrued, atStake } = totalsOf(settlement);
  if (isOwedFirst(settlement)) return `${amountWords(accrued, currency)} is owed; ${name} costs nothing as it stands`;
  return atStake === 0
    ? `${title} costs nothing as it stands`
    : `${title} costs the provider ${amountWords(atStake, currency)} as it stands`;
}

/** Whether the heading itself names what is owed, because the open period costs nothing. */
function isOwedFirst(settlement: Settlement): boolean {
  const last = settlement.periods.findLast((period) => period.open);
  const { accrued, atStake } = totalsOf(settlement);
  return last !== undefined && !last.suspended && atStake === 0 && accrued > 0;
}

/** What stands besides the open period: "EUR 16,920 credited so far, EUR 2,520 of it earned back." */
export function moneyLede(settlement: Settlement): string {
  const { currency } = settlement;
  if (currency === null)
    return settlement.deadlines.some(({ lapsed }) => !lapsed) ? "Rights and deadlines run all the same." : "No right is running either.";
  const { accrued, earnedBack, bonus } = totalsOf(settlement);
  const owed = accrued === 0 ? "No credit is owed for closed periods" : `${amountWords(accrued, currency)} is owed for closed periods`;
  const parts = isOwedFirst(settlement) ? ["That is for periods that are closed"] : [owed];
  if (earnedBack > 0) parts.push(`${amountWords(earnedBack, currency)} was earned back`);
  if (bonus > 0) parts.push(`${amountWords(bonus, currency)} was earned as bonus`);
  return `${parts.join(", ")}.`;
}

/** "You", "The client" or "The provider", as a reader of one side would say it. */
export function whoWords(party: Party, reader: { readonly party: Party; readonly mayAct: boolean }): string {
  if (party === reader.party && reader.mayAct) return "You";
  return party === "client" ? "The client" : "The provider";
}

/** Rights that still run, the nearest first. */
export function running(deadlines: readonly Deadline[], nowMs: number): readonly Deadline[] {
  return deadlines.filter(({ lapsed, dueAtMs }) => !lapsed && dueAtMs > nowMs).toSorted((a, b) => a.dueAtMs - b.dueAtMs);
}

export function isSoon({ dueAtMs }: Deadline, nowMs: number): boolean {
  return dueAtMs - nowMs < SOON_MS;
}

/** "You are about to waive EUR 2,000", where an amount lapses within three days; else nothing. */
export function waiveWords(
  deadline: Deadline,
  who: string,
  { nowMs, currency }: { readonly nowMs: number; readonly currency: string | null },
): string | null {
  const { amount, lapsed } = deadline;
  if (lapsed || amount === null || amount === 0 || currency === null || !isSoon(deadline, nowMs)) return null;
  return `${who} ${who === "You" ? "are" : "is"} about to waive ${amountWords(amount, currency)}`;
}

export function leftWords(dueAtMs: number, nowMs: number): string {
  return dueAtMs > nowMs ? `${spanWords(dueAtMs - nowMs)} left` : `${spanWords(nowMs - dueAtMs)} ago`;
}
