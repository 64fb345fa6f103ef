import type { EarnBack } from "../agreement/money-clauses.ts";
import type { z } from "zod";
import { isOnAgreedSide } from "./compared-figure.ts";
import type { JudgedPeriod } from "./periods-of.ts";
import type { PricedTarget } from "./price-periods.ts";
import { settlementKind } from "./version.ts";
import { isClosed, togetherOf, verdictsOf, type WholePeriod } from "./whole-period.ts";

type Clause = z.infer<typeof EarnBack>;

/** What became of a credit's chance to be earned back. */
export interface EarnBackResult {
  readonly earned: boolean;
  readonly trace: readonly string[];
}

const NONE: EarnBackResult = { earned: false, trace: [] };

function because(earned: boolean, says: string): EarnBackResult {
  return { earned, trace: [says] };
}

function excludedBy(clause: Clause, { money }: JudgedPeriod, line: PricedTarget): string | null {
  if (clause.excludeMinimumDefaults && line.default === "minimum") return "Not to be earned back: beyond the minimum level";
  return money.peak !== null && !money.peak.earnBack ? "Not to be earned back: peak period" : null;
}

function byAverage(later: readonly WholePeriod[], line: PricedTarget): boolean {
  const verdicts = later.map((period) => verdictsOf(period, line.of.target.id));
  const all = verdicts.flat();
  const [value, last] = [togetherOf(all), all.at(-1)];
  if (value === null || last === undefined || verdicts.some((some) => some.length === 0)) return false;
  return isOnAgreedSide(value, last, line.of);
}

/** A period without a default. No data and figures that cannot be derived are no proof of one. */
function isClean(period: WholePeriod, targetId: string): boolean {
  const verdicts = verdictsOf(period, targetId);
  return (
    verdicts.length > 0 &&
    verdicts.every(({ default: kind, status }) => kind === null && status !== "no-data" && status !== "not-derivable")
  );
}

/**
 * Whether a line's credit was earned back by the periods after it.
 *
 * @param whole the calendar's periods of the line's kind, without a gap.
 */
export function earnedBack(period: JudgedPeriod, line: PricedTarget, whole: readonly WholePeriod[]): EarnBackResult {
  const clause = period.version.agreement.earnBack;
  if (clause === undefined) return NONE;
  const excluded = excludedBy(clause, period, line);
  if (excluded !== null) return because(false, excluded);
  const { rule } = clause;
  const later = whole.filter(({ from }) => from > period.calendar.from).slice(0, rule.periods);
  const closed = later.filter(isClosed);
  const unit = `${rule.periods} ${settlementKind(period.version)}${rule.periods === 1 ? "" : "s"}`;
  if (rule.by === "average") {
    if (closed.length < rule.periods)
      return because(false, `May be earned back by the figure over the ${unit} after it; ${closed.length} known`);
    return byAverage(closed, line)
      ? because(true, `Earned back: the figure over the ${unit} after it together is on the agreed side`)
      : because(false, `Not earned back: the figure over the ${unit} after it together is not on the agreed side`);
  }
  if (closed.some((some) => !isClean(some, line.of.target.id)))
    return because(false, `Not earned back: the ${unit} after it were not all met`);
  return closed.length < rule.periods
    ? because(false, `Earned back after ${unit} without a default; ${closed.length} so far`)
    : because(true, `Earned back: ${unit} without a default`);
}
