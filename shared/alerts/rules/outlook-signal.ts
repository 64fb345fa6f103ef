import type { AlertSeverity } from "../../agreement/alert-clauses.ts";
import { whenOf } from "../../agreement/headline.ts";
import { formatCount } from "../../metrics/format.ts";
import type { Outlook } from "../../outlook/outlook.ts";
import { isWorse, type Signal, type SignalEvent } from "../signal-event.ts";
import type { MissLevels } from "./miss-levels.ts";
import { aboutWindow, chanceText, figureText, standText, type WatchedWindow, withoutOutlook, worstOf } from "./watched-window.ts";

/**
 * What a probability of a miss says where a severity stands: raised at one level, it stays down to a lower one.
 *
 * @param pMiss 0..1.
 * @param standing what is told of now, `null` for nothing.
 * @returns `between` where nothing stands, and less than a warning but more than its recovery is likely.
 */
export function missSignal(pMiss: number, standing: AlertSeverity | null, { raise, recover }: MissLevels): Signal {
  const reached = worstOf((severity) => pMiss >= raise[severity]);
  const kept = standing === null ? null : worstOf((severity) => !isWorse(severity, standing) && pMiss > recover[severity]);
  if (reached === null || kept === null) return reached ?? kept ?? (pMiss > recover.warning ? "between" : "clear");
  return isWorse(kept, reached) ? kept : reached;
}

function saysOf(watched: WatchedWindow, { projected, remaining }: Outlook, pMiss: number): string {
  const { compiled } = watched;
  const end = projected === null ? "" : `expected to end at ${figureText(projected, watched)}; `;
  const rest = remaining === null ? "" : `; about ${formatCount(remaining.expected)} still to come`;
  return `${compiled.target.name} will be missed with a chance of ${chanceText(pMiss)}: ${end}${standText(watched)}${rest}`;
}

/**
 * How likely a window is to be missed, as a signal with hysteresis. Too little to say, and silence, leave what stands as it is;
 * when the window is over, its verdict speaks and this ends.
 */
export function outlookSignal(watched: WatchedWindow, standing: AlertSeverity | null, levels: MissLevels): SignalEvent {
  const { said, at } = aboutWindow(watched);
  const about = { ...said, subject: { kind: "outlook" as const, ...at } };
  const without = withoutOutlook(watched);
  if (without !== null) return { ...about, ...without };
  const { compiled, outlook, verdict } = watched;
  const pMiss = outlook?.pMiss ?? null;
  if (outlook === null || pMiss === null)
    return { ...about, signal: "frozen", headline: `${compiled.target.name}: too little to look ahead` };
  const signal = missSignal(pMiss, standing, levels);
  const isOver = signal === "clear" || signal === "between";
  const headline = isOver
    ? `${compiled.target.name}: the chance of a miss is down to ${chanceText(pMiss)}, ${whenOf(verdict.window)}`
    : saysOf(watched, outlook, pMiss);
  return { ...about, signal, headline };
}
