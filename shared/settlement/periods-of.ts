import type { Verdict } from "../agreement/verdict.ts";
import { addDays, type Day } from "../calendar/day.ts";
import { allotmentOf } from "./allotment.ts";
import { type CalendarPeriod, calendarPeriod, localDayAt } from "./calendar-period.ts";
import { type PeriodMoney, periodMoney } from "./period-money.ts";
import { settlementKind, type SettlementTarget, type SettlementVersion } from "./version.ts";

/** One settlement period, or the part of it that one version governs, with what was judged in it. */
export interface JudgedPeriod {
  readonly version: SettlementVersion;
  readonly money: PeriodMoney;
  /** The whole period of the calendar that this is (a part of). */
  readonly calendar: CalendarPeriod;
  readonly start: Day;
  readonly fromMs: number;
  readonly toMs: number;
  readonly open: boolean;
  /** By target id. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

function judgedPeriod(version: SettlementVersion, verdicts: readonly Verdict[]): JudgedPeriod[] {
  const window = verdicts[0]?.window;
  if (window === undefined) return [];
  const { timeZone, weekStart } = version.agreement;
  const next = addDays(localDayAt(window.toMs - 1, timeZone), 1);
  return [
    {
      version,
      money: periodMoney(version, window.start, next),
      calendar: calendarPeriod(settlementKind(version), window.start, weekStart),
      start: window.start,
      fromMs: window.fromMs,
      toMs: window.toMs,
      open: verdicts.some((verdict) => verdict.window.open),
      verdicts: new Map(verdicts.map((verdict) => [verdict.targetId, verdict])),
    },
  ];
}

/** The settlement periods of which verdicts speak, oldest first, whatever the order of the verdicts. */
export function periodsOf(versions: readonly SettlementVersion[], verdicts: readonly Verdict[]): JudgedPeriod[] {
  return versions
    .flatMap((version) => {
      const kind = settlementKind(version);
      const own = verdicts.filter((verdict) => verdict.version === version.agreement.version && verdict.window.kind === kind);
      return [...Map.groupBy(own, ({ window }) => window.start).values()].flatMap((group) => judgedPeriod(version, group));
    })
    .toSorted((a, b) => a.fromMs - b.fromMs || a.version.agreement.version - b.version.agreement.version);
}

function creditEntries({ agreement }: SettlementVersion): readonly Readonly<Record<string, unknown>>[] {
  const scheme = agreement.credits?.scheme;
  if (scheme === undefined) return [];
  if (scheme.kind === "allocation") return scheme.categories.map(({ targets }) => targets);
  return [scheme.kind === "points" ? scheme.points : scheme.targets];
}

/** The targets that carry money under a version: listed in its credits or its bonus, and no mere objective. */
export function carriersOf(version: SettlementVersion): SettlementTarget[] {
  const entries = [...creditEntries(version), version.agreement.bonus?.targets ?? {}];
  return version.targets.filter(
    (of) => of.target.class !== "objective" && entries.some((record) => allotmentOf(record, of, version) !== null),
  );
}

/** Whether a target stands in the credits; one that is only in the bonus never costs anything. */
export function costsMoney(version: SettlementVersion, of: SettlementTarget): boolean {
  return of.target.class !== "objective" && creditEntries(version).some((record) => allotmentOf(record, of, version) !== null);
}
