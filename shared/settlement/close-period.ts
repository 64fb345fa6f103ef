import { SettlementPeriod } from "../agreement/money-clauses.ts";
import { type Verdict, verdictKey, type VerdictWindow } from "../agreement/verdict.ts";
import type { Closing, PeriodFigures, PeriodRef } from "./closing.ts";
import { periodsOf } from "./periods-of.ts";
import { settle, type SettlementInput } from "./settle.ts";
import type { PeriodSettlement } from "./settlement.ts";
import { isClosed, wholePeriods } from "./whole-period.ts";

/** A verdict as closed beside what the facts say now. */
export interface AdjustedVerdict {
  readonly closed: Verdict | null;
  readonly now: Verdict;
}

/** What came after a period was closed: which verdicts would be others, and what that makes of its money. */
export interface PeriodAdjustments {
  readonly verdicts: readonly AdjustedVerdict[];
  /** As recomputed minus as closed, in minor units: carried to the next period that is not closed. */
  readonly credit: number;
  readonly bonus: number;
}

/** Whether a window lies in a period as a whole; one that reaches beyond it is no period's. */
export function liesIn({ fromMs, toMs }: Pick<VerdictWindow, "fromMs" | "toMs">, period: Pick<PeriodRef, "fromMs" | "toMs">): boolean {
  return fromMs >= period.fromMs && toMs <= period.toMs;
}

/** The settlement periods that are over, oldest first. */
export function periodsOver({ versions, verdicts, nowMs }: Pick<SettlementInput, "versions" | "verdicts" | "nowMs">): PeriodRef[] {
  const judged = periodsOf(versions, verdicts);
  const over = SettlementPeriod.options.flatMap((kind) =>
    wholePeriods(judged, kind)
      .filter(isClosed)
      .map(({ from, parts }) => ({
        id: `${kind}.${from}`,
        kind,
        start: from,
        fromMs: Math.min(...parts.map(({ fromMs }) => fromMs)),
        toMs: Math.max(...parts.map(({ toMs }) => toMs)),
      })),
  );
  return over.filter(({ toMs }) => toMs <= nowMs).toSorted((a, b) => a.fromMs - b.fromMs);
}

function sumOf(periods: readonly PeriodSettlement[], part: (period: PeriodSettlement) => number): number {
  return periods.reduce((sum, period) => sum + part(period), 0);
}

const known = new WeakMap<SettlementInput, readonly PeriodSettlement[]>();

/** Settled once for all the periods that are asked about. */
function settled(input: SettlementInput): readonly PeriodSettlement[] {
  const before = known.get(input);
  if (before !== undefined) return before;
  const { periods } = settle(input);
  known.set(input, periods);
  return periods;
}

/** What a period's verdicts cost: after the limits, before anything is earned back, because that comes later. */
function moneyOf(input: SettlementInput, period: PeriodRef): Pick<PeriodFigures, "credit" | "bonus"> {
  const own = settled(input).filter((part) => !part.open && liesIn(part, period));
  return { credit: sumOf(own, ({ credit, earnedBack }) => credit + earnedBack), bonus: sumOf(own, ({ bonus }) => bonus) };
}

/**
 * What a period comes to on the verdicts as they are. Pure: the same verdicts give the same figures, whatever their order.
 *
 * @param watermark number of the last receipt that counts in them.
 * @param digest hex SHA-256 of the canonical text of a value.
 */
export function figuresOf(
  input: SettlementInput,
  period: PeriodRef,
  { watermark, digest }: { readonly watermark: number; readonly digest: (list: readonly (readonly string[])[]) => string },
): PeriodFigures {
  const own = input.verdicts
    .filter(({ window }) => !window.open && liesIn(window, period))
    .map((verdict) => [verdictKey(verdict.targetId, verdict.window), verdict.hash] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return { watermark, sha256: digest(own), verdicts: own.length, ...moneyOf(input, period) };
}

/**
 * What later receipts and decisions make of a closed period. Nothing of it is stored but the verdicts as recomputed, so
 * that it cannot depend on the order in which they came.
 *
 * @param input the published verdicts: those of closed periods as closed.
 * @param recomputed the verdicts of closed periods that the facts as known now give otherwise.
 */
export function adjustmentsOf(input: SettlementInput, closing: Closing, recomputed: readonly Verdict[]): PeriodAdjustments {
  const now = new Map(
    recomputed.filter(({ window }) => liesIn(window, closing)).map((verdict) => [verdictKey(verdict.targetId, verdict.window), verdict]),
  );
  if (now.size === 0) return { verdicts: [], credit: 0, bonus: 0 };
  const published = new Map(input.verdicts.map((verdict) => [verdictKey(verdict.targetId, verdict.window), verdict]));
  const money = moneyOf({ ...input, verdicts: [...new Map([...published, ...now]).values()] }, closing);
  const verdicts = [...now]
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, verdict]) => ({ closed: published.get(name) ?? null, now: verdict }));
  return { verdicts, credit: money.credit - closing.figures.credit, bonus: money.bonus - closing.figures.bonus };
}
