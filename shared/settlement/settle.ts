import { SettlementPeriod } from "../agreement/money-clauses.ts";
import type { Verdict } from "../agreement/verdict.ts";
import { bonuses } from "./bonus.ts";
import { type CappedPeriod, capPeriods, yearMost, yearOf } from "./caps.ts";
import type { ExclusionClaim } from "./claim.ts";
import { deadlinesOf, type DuePeriod } from "./deadlines.ts";
import { earnedBack } from "./earn-back.ts";
import { roundHalfUp } from "./fraction.ts";
import { proposalsOf } from "./improvement.ts";
import { periodsOf } from "./periods-of.ts";
import { AS_IT_STANDS, IF_ALL_ACCEPTED, type PricedTarget, pricePeriods } from "./price-periods.ts";
import type { PeriodSettlement, Settlement, SettlementLine } from "./settlement.ts";
import { terminationsOf } from "./termination.ts";
import { settlementKind, type SettlementVersion } from "./version.ts";
import { type WholePeriod, wholePeriods } from "./whole-period.ts";

export interface SettlementInput {
  /** By term, oldest first. */
  readonly versions: readonly SettlementVersion[];
  /** At least those of the kinds in which credits and improvement are counted; others are passed over. */
  readonly verdicts: readonly Verdict[];
  readonly claims: readonly ExclusionClaim[];
  readonly nowMs: number;
}

/** A priced period with what it would cost if every open claim were accepted, line by line. */
interface Account {
  readonly capped: CappedPeriod;
  readonly ifAllAccepted: readonly PricedTarget[];
  readonly whole: readonly WholePeriod[];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

function lineOf({ capped, ifAllAccepted, whole }: Account, i: number, bonus: number): SettlementLine[] {
  const line = capped.lines[i];
  if (line === undefined) return [];
  const { of, verdict } = line;
  const { open } = capped.period;
  const kept = capped.kept[i] ?? 0;
  const back = kept === 0 || open ? { earned: false, trace: [] } : earnedBack(capped.period, line, whole);
  const expected = verdict?.expected ?? of.expected;
  const nothing = verdict === null ? ["Not judged in this period"] : [];
  return [
    {
      targetId: of.target.id,
      name: of.target.name,
      status: verdict?.status ?? "no-data",
      value: verdict?.value ?? null,
      expected: { mantissa: expected.mantissa, dp: expected.dp },
      default: open ? null : line.default,
      points: line.points,
      credit: line.credit,
      capped: line.credit - kept,
      earnedBack: back.earned ? kept : 0,
      bonus,
      ifAllAccepted: verdict === null || verdict.ifAllAccepted === null ? null : (ifAllAccepted[i]?.credit ?? 0),
      trace: [
        ...nothing,
        ...(open && line.default !== null ? ["If the period ended now:"] : []),
        ...line.trace,
        ...(line.credit > kept ? capped.capTrace : []),
        ...back.trace,
      ],
    },
  ];
}

function periodOf(account: Account): PeriodSettlement {
  const { capped } = account;
  const { period } = capped;
  const bonus = bonuses(period, capped.lines);
  const lines = capped.lines.flatMap((_, i) => lineOf(account, i, bonus[i] ?? 0));
  return {
    start: period.start,
    fromMs: period.fromMs,
    toMs: period.toMs,
    open: period.open,
    version: period.version.agreement.version,
    fees: roundHalfUp(period.money.fees),
    atRisk: capped.atRisk,
    lines,
    points: sum(lines.map(({ points }) => points)),
    credit: period.open ? 0 : sum(lines.map(({ credit, capped: cut, earnedBack: back }) => credit - cut - back)),
    cappedAway: period.open ? 0 : sum(lines.map(({ capped: cut }) => cut)),
    earnedBack: sum(lines.map(({ earnedBack: back }) => back)),
    bonus: sum(bonus),
    atStake: period.open ? sum(capped.kept) : 0,
    suspended: period.money.suspended,
  };
}

function yearsOf(
  capped: readonly CappedPeriod[],
  settled: readonly PeriodSettlement[],
  versions: readonly SettlementVersion[],
): Settlement["years"] {
  const byYear = Map.groupBy(
    capped.map(({ period }, i) => ({ period, credit: settled[i]?.credit ?? 0 })),
    ({ period }) => yearOf(period),
  );
  return [...byYear].map(([year, some]) => {
    const last = some.at(-1)?.period.version;
    return { year, credit: sum(some.map(({ credit }) => credit)), most: last === undefined ? null : yearMost(versions, last, year) };
  });
}

function duePeriods(capped: readonly CappedPeriod[], settled: readonly PeriodSettlement[]): DuePeriod[] {
  const entries = capped.flatMap(({ period }, i) => {
    const part = settled[i];
    return part === undefined ? [] : [{ version: period.version, from: period.calendar.from, part }];
  });
  const whole = Map.groupBy(entries, ({ version, from }) => `${settlementKind(version)}.${from}`);
  return [...whole.values()].flatMap((parts) => {
    const last = parts.at(-1);
    return last === undefined ? [] : [{ version: last.version, from: last.from, parts: parts.map(({ part }) => part) }];
  });
}

/**
 * The whole money side of an agreement from its verdicts and claims. Pure and exact: the same input gives the same result, whatever the
 * order of the verdicts. How each clause is read is in docs/decisions/016-reading-the-money-clauses.md.
 *
 * @throws RangeError when an agreement has a level, share or amount that its schema refuses.
 */
export function settle({ versions, verdicts, claims, nowMs }: SettlementInput): Settlement {
  const latest = versions.at(-1);
  if (latest === undefined) return { currency: null, periods: [], years: [], terminations: [], deadlines: [], proposals: [] };
  const judged = periodsOf(versions, verdicts);
  const capped = capPeriods(pricePeriods(judged, AS_IT_STANDS), versions);
  const accepted = pricePeriods(judged, IF_ALL_ACCEPTED);
  const whole = new Map(SettlementPeriod.options.map((kind) => [kind, wholePeriods(judged, kind)]));
  const settled = capped.map((entry, i) =>
    periodOf({ capped: entry, ifAllAccepted: accepted[i]?.lines ?? [], whole: whole.get(settlementKind(entry.period.version)) ?? [] }),
  );
  const terminations = terminationsOf(latest, capped, nowMs);
  return {
    currency: latest.agreement.fees?.currency ?? null,
    periods: settled,
    years: yearsOf(capped, settled, versions),
    terminations,
    deadlines: deadlinesOf({ versions, periods: duePeriods(capped, settled), claims, terminations, nowMs }),
    proposals: proposalsOf(latest, verdicts),
  };
}
