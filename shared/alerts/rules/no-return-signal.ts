import type { AlertSeverity } from "../../agreement/alert-clauses.ts";
import { formatCount } from "../../metrics/format.ts";
import { kindOf } from "../../outlook/figure-kind.ts";
import type { Outlook } from "../../outlook/outlook.ts";
import { decimalToNumber } from "../../stats/decimal.ts";
import type { SignalEvent } from "../signal-event.ts";
import type { MissLevels } from "./miss-levels.ts";
import { aboutWindow, figureText, standText, type WatchedWindow, withoutOutlook } from "./watched-window.ts";

/** Shares are reckoned in those that are good; of "at most 5 % abandoned" these are the others. */
function isTurned({ compiled }: WatchedWindow): boolean {
  return kindOf(compiled) === "share" && compiled.target.direction === "at-most";
}

function moreIsBetter(watched: WatchedWindow): boolean {
  return watched.compiled.target.direction === "at-least" || isTurned(watched);
}

/** What the rest needs is back among what was ever held: it recovers half way from the best towards the agreed level. */
function isWellBack(watched: WatchedWindow, { neededRate, bestRate }: Outlook): boolean {
  if (neededRate === null || bestRate === null) return true;
  const written = decimalToNumber(watched.verdict.expected);
  const agreed = isTurned(watched) ? 1 - written : written;
  const margin = Math.abs(bestRate - agreed) / 2;
  return moreIsBetter(watched) ? neededRate <= bestRate - margin : neededRate >= bestRate + margin;
}

/** Few days are no proof of what is possible: what was never held so far only counts where a miss is likely for other reasons too. */
function isUnlikely({ pMiss }: Outlook, standing: AlertSeverity | null, { raise, recover }: MissLevels): boolean {
  return pMiss !== null && (standing === null ? pMiss < raise.high : pMiss <= recover.high);
}

function rateText(rate: number, watched: WatchedWindow): string {
  return figureText(isTurned(watched) ? 1 - rate : rate, watched);
}

/** A share of less than nothing or more than all is nothing anybody can look up; arithmetic says it in words. */
function isBeyondAll(rate: number, watched: WatchedWindow): boolean {
  return watched.compiled.unit === "ratio" && (rate < 0 || rate > 1);
}

function lostWords(watched: WatchedWindow, { neededRate, remaining }: Outlook): string {
  const rest = remaining === null ? "what is still to come" : `the about ${formatCount(remaining.expected)} still to come`;
  if (neededRate === null || isBeyondAll(neededRate, watched)) return `not even with all of ${rest} on the agreed side`;
  return `${rest} would have to reach ${rateText(neededRate, watched)}`;
}

function reachWords(watched: WatchedWindow, { neededRate, bestRate, remaining }: Outlook): string {
  if (neededRate === null || bestRate === null) return "the rest needs more than was ever held over as much";
  const rest = remaining === null ? "the rest" : `the about ${formatCount(remaining.expected)} still to come`;
  return `${rest} must reach ${rateText(neededRate, watched)}, the best ever held over as many is ${rateText(bestRate, watched)}`;
}

/**
 * Whether the rest of a window can still mend it: critical when arithmetic says no, high when it takes more than was ever held
 * over that volume and a miss is likely.
 *
 * @param standing what is told of now, `null` for nothing.
 */
export function noReturnSignal(watched: WatchedWindow, standing: AlertSeverity | null, levels: MissLevels): SignalEvent {
  const { said, at } = aboutWindow(watched);
  const about = { ...said, subject: { kind: "no-return" as const, ...at } };
  const without = withoutOutlook(watched);
  const { compiled, outlook } = watched;
  if (without !== null || outlook === null) return { ...about, ...(without ?? { signal: "frozen", headline: "" }) };
  const { name } = compiled.target;
  switch (outlook.reach) {
    case "lost":
      return { ...about, signal: "critical", headline: `${name} is lost: ${lostWords(watched, outlook)}; ${standText(watched)}` };
    case "out-of-reach":
      if (isUnlikely(outlook, standing, levels))
        return { ...about, signal: standing === null ? "between" : "clear", headline: `${name} may well be met: ${standText(watched)}` };
      return {
        ...about,
        signal: "high",
        headline: `${name} has hardly a way back: ${reachWords(watched, outlook)}; ${standText(watched)}`,
      };
    case "open":
    case "safe": {
      if (outlook.remaining === null && outlook.reach === "open")
        return { ...about, signal: "frozen", headline: `${name}: too little to look ahead` };
      const isBack = outlook.reach === "safe" || isWellBack(watched, outlook);
      // What is no longer beyond arithmetic but barely within what was ever held is no longer lost, and not yet back.
      const signal = isBack ? "clear" : standing === "critical" ? "high" : "between";
      return { ...about, signal, headline: `${name} can be met again: ${standText(watched)}` };
    }
  }
}
