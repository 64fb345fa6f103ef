import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { compileTarget } from "../../../../shared/agreement/compiled.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { addDays } from "../../../../shared/calendar/day.ts";
import { calendarPeriod } from "../../../../shared/settlement/calendar-period.ts";
import { settle, type SettlementInput } from "../../../../shared/settlement/settle.ts";
import type { PeriodSettlement, Settlement, SettlementLine } from "../../../../shared/settlement/settlement.ts";
import type { SettlementTarget, SettlementVersion } from "../../../../shared/settlement/version.ts";

/** A target of 80 % service level, settled by the month. */
export function targetText(id: string, overrides: object = {}): object {
  return {
    id,
    name: `Target ${id}`,
    feed: "calls",
    measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
    direction: "at-least",
    expected: "80 %",
    windows: ["month"],
    ...overrides,
  };
}

/** 100,000 a month with 10 % of it at risk, all of it on target `sl`. */
export const PLAIN = {
  period: "month",
  atRisk: "10 %",
  scheme: { kind: "allocation", categories: [{ id: "all", pool: "100 %", targets: { sl: "100 %" } }] },
};

/** An agreement document, parsed only by `versionOf`, so that cases may be written as people write them. */
function agreementText(overrides: object): object {
  return {
    accord: "agreement/1",
    id: "case",
    name: "Case",
    version: 1,
    parties: { client: "Acme", provider: "Calls Ltd" },
    timeZone: "UTC",
    effectiveFrom: "2020-01-01",
    serviceHours: "always",
    targets: [targetText("sl")],
    fees: { currency: "USD", amount: "100000", per: "month" },
    ...overrides,
  };
}

interface VersionCase {
  readonly to?: string;
  /** Members by base id, where a target is written with `each`. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
}

export function versionOf(overrides: object = {}, { to, members = {} }: VersionCase = {}): SettlementVersion {
  const agreement = Agreement.parse(agreementText(overrides));
  const targets = agreement.targets.flatMap((target): SettlementTarget[] => {
    const resolved = compileTarget(agreement, [], target);
    const ids = members[target.id]?.map((member) => `${target.id}@${member}`) ?? [target.id];
    return ids.map((id) => ({ ...resolved, target: { ...target, id }, base: target.id }));
  });
  return { agreement, targets, term: { from: agreement.effectiveFrom, to: to ?? null } };
}

export interface VerdictCase {
  readonly targetId?: string;
  readonly start: string;
  readonly kind?: "week" | "month" | "quarter";
  readonly version?: number;
  /** First day after a part that ends before its calendar window. */
  readonly next?: string;
  readonly default?: Verdict["default"];
  readonly overrides?: Partial<Verdict>;
  readonly open?: boolean;
}

/** A verdict of a window in UTC: met with 90 of 100, or in default with 70 of 100. */
export function verdictOf({ targetId = "sl", start, kind = "month", version = 1, ...rest }: VerdictCase): Verdict {
  const { next, default: counts = null, overrides = {}, open = false } = rest;
  const end = next ?? calendarPeriod(kind, start, "mon").next;
  return {
    targetId,
    version,
    window: { kind, start, fromMs: Date.parse(start), toMs: Date.parse(end), open, part: next !== undefined },
    status: counts === null ? "met" : counts === "not-measured" ? "no-data" : "missed",
    unit: "ratio",
    value: counts === "not-measured" ? null : { num: counts === null ? 90 : 70, den: 100 },
    n: counts === "not-measured" ? 0 : 100,
    needed: null,
    direction: "at-least",
    expected: { mantissa: 80, dp: 2 },
    notBelow: null,
    belowMinimum: counts === "minimum",
    default: counts,
    recomputed: null,
    ifAllAccepted: null,
    interval: null,
    fed: null,
    asOfMs: null,
    reason: "",
    trace: [],
    hash: "",
    ...overrides,
  };
}

/** Verdicts of one target over successive months from January 2026, one letter each: `m` met, `d` default, `x` below minimum, `n` no data. */
export function history(letters: string, targetId = "sl"): Verdict[] {
  let start = "2026-01-01";
  return letters.split("").map((letter) => {
    const counts = letter === "d" ? "expected" : letter === "x" ? "minimum" : null;
    const nothing = letter === "n" ? { overrides: { status: "no-data", value: null, n: 0 } as const } : {};
    const verdict = verdictOf({ targetId, start, default: counts, ...nothing });
    start = calendarPeriod("month", start, "mon").next;
    return verdict;
  });
}

export function settled(version: SettlementVersion, verdicts: readonly Verdict[], rest: Partial<SettlementInput> = {}): Settlement {
  const nowMs = verdicts.reduce((latest, { window }) => Math.max(latest, window.toMs), 0);
  return settle({ versions: [version], verdicts, claims: [], nowMs, ...rest });
}

export function periodAt(settlement: Settlement, start: string): PeriodSettlement {
  const found = settlement.periods.find((period) => period.start === start);
  if (found === undefined) throw new Error(`no period starts on ${start}`);
  return found;
}

export function lineAt(settlement: Settlement, start: string, targetId = "sl"): SettlementLine {
  const found = periodAt(settlement, start).lines.find((line) => line.targetId === targetId);
  if (found === undefined) throw new Error(`no line of ${targetId}`);
  return found;
}

/** Net credits by period, in whole units of the currency. */
export function credits(settlement: Settlement): number[] {
  return settlement.periods.map(({ credit }) => credit / 100);
}

export function dayMs(day: string, days = 0): number {
  return Date.parse(addDays(day, days));
}
