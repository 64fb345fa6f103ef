import type { Verdict } from "../agreement/verdict.ts";
import { addDays } from "../calendar/day.ts";
import { calendarPeriod } from "./calendar-period.ts";
import { defaultIfAccepted, type DefaultKind, standingDefault } from "./default-of.ts";
import { carriersOf, costsMoney, type JudgedPeriod } from "./periods-of.ts";
import { type Assessed, type PricedLine, priceLines, shortfallOf } from "./price-lines.ts";
import { settlementKind, type SettlementTarget } from "./version.ts";

/** What a verdict counts as, and with which figure. */
interface Reading {
  readonly default: DefaultKind | null;
  readonly value: Verdict["value"];
}

type Read = (verdict: Verdict, of: SettlementTarget, period: JudgedPeriod) => Reading;

/** As judged; an open window as if it ended with the figure it has now. */
export const AS_IT_STANDS: Read = (verdict, of) => ({ default: standingDefault(verdict, of), value: verdict.value });

/** As if every open claim were accepted. */
export const IF_ALL_ACCEPTED: Read = (verdict, of, { version }) => ({
  default: defaultIfAccepted(verdict, of, version),
  value: verdict.ifAllAccepted === null ? verdict.value : verdict.ifAllAccepted.value,
});

interface Finding extends Reading {
  readonly of: SettlementTarget;
  readonly verdict: Verdict | null;
}

export interface PricedTarget extends PricedLine, Finding {}

export interface PricedPeriod {
  readonly period: JudgedPeriod;
  readonly lines: readonly PricedTarget[];
}

function findings(period: JudgedPeriod, read: Read): Finding[] {
  return carriersOf(period.version).map((of) => {
    const verdict = period.verdicts.get(of.target.id) ?? null;
    return { of, verdict, ...(verdict === null ? { default: null, value: null } : read(verdict, of, period)) };
  });
}

/** Names the calendar period of a day, so that defaults in successive ones are found. */
function periodKey({ version }: JudgedPeriod, day: string): string {
  const kind = settlementKind(version);
  return `${kind}.${calendarPeriod(kind, day, version.agreement.weekStart).from}`;
}

function assessed(finding: Finding, repeated: boolean, period: JudgedPeriod): Assessed {
  const { of, verdict, value } = finding;
  const kind = costsMoney(period.version, of) ? finding.default : null;
  const shortfall = verdict === null ? ({ at: "level", level: of.expected } as const) : shortfallOf(verdict, value, kind);
  return { of, default: kind, shortfall, repeated };
}

/** The targets in default, whether that costs anything or not: only a suspended period makes no later default a repetition. */
function defaultsOf(period: JudgedPeriod, read: Read): string[] {
  if (period.money.suspended) return [];
  return period.version.targets.flatMap((of) => {
    const verdict = period.verdicts.get(of.target.id);
    return verdict === undefined || read(verdict, of, period).default === null ? [] : [of.target.id];
  });
}

/** Prices every period, before the caps. */
export function pricePeriods(periods: readonly JudgedPeriod[], read: Read): PricedPeriod[] {
  const found = periods.map((period) => ({ period, lines: findings(period, read) }));
  const defaulted = new Map<string, Set<string>>();
  for (const period of periods) {
    const key = periodKey(period, period.start);
    defaulted.set(key, new Set([...(defaulted.get(key) ?? []), ...defaultsOf(period, read)]));
  }
  return found.map(({ period, lines }) => {
    const before = defaulted.get(periodKey(period, addDays(period.calendar.from, -1)));
    const priced = priceLines(
      lines.map((line) => assessed(line, before?.has(line.of.target.id) ?? false, period)),
      period.money,
    );
    return { period, lines: lines.map((line, i) => ({ ...line, ...(priced[i] ?? { points: 0, credit: 0, trace: [] }) })) };
  });
}
