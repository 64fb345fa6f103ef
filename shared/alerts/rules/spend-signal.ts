import type { AlertSeverity } from "../../agreement/alert-clauses.ts";
import type { CompiledTarget } from "../../agreement/compiled.ts";
import type { Verdict, VerdictWindow } from "../../agreement/verdict.ts";
import { formatCount } from "../../metrics/format.ts";
import { kindOf } from "../../outlook/figure-kind.ts";
import { decimalToNumber } from "../../stats/decimal.ts";
import type { SignalEvent } from "../signal-event.ts";
import type { SpendRule } from "./spend-rules.ts";
import { isOverspent, isRecovered, type Spending, type Spent, spentBy } from "./spending.ts";
import { aboutWindow, chanceText, looksAhead, standText, type WatchedWindow, withoutOutlook } from "./watched-window.ts";

/**
 * The share of contacts that a target lets miss; `null` for what has no budget of misses: bands, handle times, scores, and
 * levels that allow none or all.
 */
export function allowedMisses(compiled: CompiledTarget, { expected }: Pick<Verdict, "expected">): number | null {
  const { direction } = compiled.target;
  if (direction === "within" || kindOf(compiled) !== "share") return null;
  const share = decimalToNumber(expected);
  const allowed = direction === "at-least" ? 1 - share : share;
  return allowed > 0 && allowed < 1 ? allowed : null;
}

/** The one kind of window whose budget is watched: the month where there is one, or a bad hour would be told for each. */
export function watchedKind({ target }: Pick<CompiledTarget, "target">): VerdictWindow["kind"] | null {
  const ahead = target.windows.filter(looksAhead);
  return ahead.find((kind) => kind === "month") ?? ahead[0] ?? null;
}

function says(watched: WatchedWindow, { n, bad, budget, burn }: Spent, { volume, allowed }: Spending): string {
  const events = formatCount(Math.floor(volume * allowed + 1e-9));
  const pace = `${burn.toFixed(1)} times the even pace`;
  return `${watched.compiled.target.name} misses too fast: ${formatCount(bad)} of the last ${formatCount(n)} have spent ${chanceText(budget)} of the ${events} that may miss, ${pace}; ${standText(watched)}`;
}

/**
 * Whether a window's budget of misses is spent faster than one rule allows. The latest twelfth of its volume must be as bad, so
 * that it ends soon after the trouble does, and chance must not explain it.
 *
 * @param standing what is told of now, `null` for nothing.
 * @param spending `null` where there is no budget to spend.
 */
export function spendSignal(
  watched: WatchedWindow,
  rule: SpendRule,
  standing: AlertSeverity | null,
  spending: Spending | null,
): SignalEvent {
  const { said, at } = aboutWindow(watched);
  const about = { ...said, subject: { kind: "spend" as const, ...at, rule: rule.id } };
  const without = withoutOutlook(watched);
  if (without !== null) return { ...about, ...without };
  const { name } = watched.compiled.target;
  const spent = spending === null ? null : spentBy(rule, spending);
  if (spending === null || spent === null) return { ...about, signal: "frozen", headline: `${name}: nothing to reckon a pace from` };
  if (isOverspent(rule, spent, spending)) return { ...about, signal: rule.severity, headline: says(watched, spent, spending) };
  const isKept = standing !== null && !isRecovered(rule, spent);
  const headline = `${name} misses no faster than allowed; ${standText(watched)}`;
  return { ...about, signal: isKept ? "between" : "clear", headline };
}
