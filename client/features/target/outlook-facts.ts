import { formatCount } from "../../../shared/metrics/format.ts";
import type { Outlook } from "../../../shared/outlook/outlook.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { amountWords } from "../../live/amount-words.ts";
import { asFigure, chanceShort, chanceWords, eventWords, fateWords, neededWords, rateWords } from "../../live/outlook-words.ts";

export interface OutlookFact {
  readonly name: string;
  readonly value: string;
  readonly why: string;
}

/** The heading sentence of an outlook: "It will probably be missed: 83 in 100. 2,589 of 11,700 late answers left at 74 % of the volume." */
export function outlookFinding(outlook: Outlook, target: TargetView): string {
  const fate = fateWords(outlook);
  const first = fate === null ? "Too few days are known to say how probably it is missed." : `It ${fate}.`;
  const { budget, remaining, n } = outlook;
  if (budget === null) return first;
  const passed = remaining === null ? "" : ` at ${((n / Math.max(1, n + remaining.expected)) * 100).toFixed(0)} % of the volume`;
  const left = budget.events - budget.spent;
  if (left < 0)
    return `${first} All ${formatCount(budget.events)} ${eventWords(target)} are used up, and ${formatCount(-left)} more${passed}.`;
  return `${first} ${formatCount(left)} of ${formatCount(budget.events)} ${eventWords(target)} left${passed}.`;
}

/** Each number of an outlook with what stands behind it; what cannot be said is left out. */
export function outlookFacts(outlook: Outlook, target: TargetView): readonly OutlookFact[] {
  return [
    needed(outlook, target),
    left(outlook, target),
    noReturn(outlook, target),
    chance(outlook),
    projected(outlook, target),
    stake(outlook),
  ].filter((fact) => fact !== null);
}

function needed(outlook: Outlook, target: TargetView): OutlookFact | null {
  const value = neededWords(outlook, target);
  const { neededRate, remaining, budget } = outlook;
  if (value === null || neededRate === null) return null;
  const name = "Needed on the rest";
  if (remaining === null) return { name, value, why: "whatever is still to come" };
  const { expected, low, high } = remaining;
  const range = `${formatCount(low)} to ${formatCount(high)} still to come`;
  if (budget === null) return { name, value, why: range };
  const good = Math.ceil(neededRate * expected - 1e-6);
  const count = target.direction === "at-most" ? `at most ${formatCount(expected - good)}` : formatCount(good);
  return { name, value, why: `${count} of ${formatCount(expected)}; ${range}` };
}

function left({ budget, pace, headroom }: Outlook, target: TargetView): OutlookFact | null {
  if (budget === null) return null;
  const events = eventWords(target);
  const name = `${events.slice(0, 1).toUpperCase()}${events.slice(1)} left`;
  const rest = budget.events - budget.spent;
  const speed = pace === null ? "" : `, ${pace.toFixed(2)} times as fast as the volume`;
  const row =
    headroom === null ? "" : headroom > 0 ? `; ${formatCount(headroom)} in a row would still be met now` : "; none to spare right now";
  return {
    name,
    value: rest > 0 ? formatCount(rest) : "none",
    why: `${formatCount(budget.spent)} of ${formatCount(budget.events)} used${speed}${row}`,
  };
}

function noReturn(outlook: Outlook, target: TargetView): OutlookFact {
  const { reach, bestRate } = outlook;
  const name = "Point of no return";
  const best = bestRate === null ? null : rateWords(asFigure(bestRate, outlook, target), target.unit);
  switch (reach) {
    case "lost":
      return { name, value: "passed", why: "even a faultless rest would miss" };
    case "safe":
      return { name, value: "none", why: "even a rest that all goes wrong would meet it" };
    case "out-of-reach":
      return {
        name,
        value: "out of reach",
        why: best === null ? "better than ever held over so many" : `the best ever held over so many is ${best}`,
      };
    case "open":
      return { name, ...stillAhead(outlook, target, best) };
  }
}

function stillAhead(outlook: Outlook, target: TargetView, best: string | null): Omit<OutlookFact, "name"> {
  const { neededRate } = outlook;
  if (best === null || neededRate === null) return { value: "ahead", why: "the rest can still decide" };
  const beyond = `the rest needs better than ${best}, the best ever held over so many`;
  const lost = missesToNoReturn(outlook);
  if (lost === null) return { value: "ahead", why: `when ${beyond}` };
  return { value: `${formatCount(lost)} away`, why: `after so many ${eventWords(target)} in a row ${beyond}` };
}

/**
 * Misses in a row after which the rest needs more than the best ever held: R - G / best, of R contacts to come of which G must be
 * good; `null` for means and without a forecast. 6,351 to come, 4,136 needed, 87.5 % at best: 1,624.
 */
export function missesToNoReturn({ budget, remaining, neededRate, bestRate, reach }: Outlook): number | null {
  if (reach !== "open" || budget === null || remaining === null || neededRate === null || bestRate === null || bestRate <= 0) return null;
  return Math.max(0, Math.floor(remaining.expected * (1 - neededRate / bestRate) + 1e-9));
}

function chance(outlook: Outlook): OutlookFact | null {
  if (outlook.pMiss === null) return null;
  return { name: "P(miss)", value: chanceShort(outlook.pMiss), why: `missed in ${chanceWords(outlook.pMiss)} such cases` };
}

function projected({ projected: end }: Outlook, { unit }: TargetView): OutlookFact | null {
  return end === null ? null : { name: "Heading for", value: rateWords(end, unit), why: "the expected figure at the end" };
}

function stake({ credit }: Outlook): OutlookFact | null {
  if (credit === null) return null;
  return {
    name: "At stake",
    value: amountWords(credit.atStake, credit.currency),
    why: `${amountWords(credit.expected, credit.currency)} expected: that times P(miss)`,
  };
}

/** What the estimate rests on. */
export function reliedOn({ forecast, daysKnown }: Outlook): string {
  const days = daysKnown === 1 ? "1 day is known" : `${formatCount(daysKnown)} days are known`;
  if (forecast === "locked") return `The rest is the locked forecast of both parties; ${days}.`;
  return forecast === "profile" ? `The rest is the mean of the same weekdays before; ${days}.` : `No forecast of the rest; ${days}.`;
}
