import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { SettlementVersion } from "../../shared/settlement/version.ts";
import { calendar, dayAt, dayOf, divide, less, mul, plus, q, type Q, read, round, sum } from "./naive-amounts.ts";
import { entry, expectedIn, feesOf, good, type Of, peaksOf, type Period, pricesOf, verdictIn } from "./naive-prices.ts";

export interface NaiveLine {
  readonly id: string;
  readonly points: number;
  readonly credit: number;
  readonly kept: number;
  readonly back: number;
  readonly bonus: number;
}

/** What a target earned back, of a line whose default was `kind`. */
function isEarnedBack(period: Period, of: Of, kind: Verdict["default"], all: readonly Period[]): boolean {
  const { earnBack } = period.version.agreement;
  if (earnBack === undefined || (kind === "minimum" && earnBack.excludeMinimumDefaults)) return false;
  if (peaksOf(period).some((peak) => !peak.earnBack)) return false;
  const found: Verdict[] = [];
  let [, at] = period.whole;
  for (let i = 0; i < earnBack.rule.periods; i++) {
    const parts = all.filter(({ whole }) => whole[0] === at);
    const own = parts.flatMap((part) => verdictIn(part, of.target.id) ?? []);
    if (own.length === 0 || parts.some(({ verdicts }) => verdicts.some(({ window }) => window.open))) return false;
    found.push(...own);
    [, at] = calendar(period.kind, at);
  }
  if (earnBack.rule.by === "consecutive")
    return found.every((verdict) => verdict.default === null && !["no-data", "not-derivable"].includes(verdict.status));
  const [last, figures] = [found.at(-1), found.map(({ value }) => value)];
  if (last === undefined || figures.includes(null)) return false;
  return good(of, q(sum(figures.map((figure) => figure?.num ?? 0)), sum(figures.map((figure) => figure?.den ?? 0))), expectedIn(last));
}

function bonusesOf(period: Period, lines: readonly Of[], fees: Q, isOpen: boolean): number[] {
  const { bonus } = period.version.agreement;
  const earned = lines.map((of) => {
    const [share, verdict] = [entry(bonus?.targets ?? {}, of, period.version), verdictIn(period, of.target.id)];
    if (
      isOpen ||
      share === null ||
      verdict?.value === undefined ||
      verdict.value === null ||
      verdict.status !== "met" ||
      of.target.stretch === undefined
    )
      return 0;
    const { num, den } = verdict.value;
    return good(of, q(num, den), read(of.target.stretch)) ? round(mul(fees, read(share[0]), share[1])) : 0;
  });
  return divide(Math.min(sum(earned), round(mul(fees, read(bonus?.most ?? "0 %")))), earned);
}

/**
 * Money as docs/money.md and decision 016 say it, written anew and slowly; shares no code with `shared/settlement`.
 *
 * @returns the lines of every period, by version and first day, e.g. `1 2026-01-01`.
 */
export function naiveSettlement(versions: readonly SettlementVersion[], verdicts: readonly Verdict[]): Map<string, NaiveLine[]> {
  const periods = versions.flatMap((version): Period[] => {
    const kind = version.agreement.credits?.period ?? version.agreement.fees?.per ?? "month";
    const own = Map.groupBy(
      verdicts.filter((verdict) => verdict.version === version.agreement.version && verdict.window.kind === kind),
      ({ window }) => window.start,
    );
    return [...own].map(([start, some]) => {
      const next = dayAt(some[0]?.window.toMs ?? 0);
      return { version, kind, from: dayOf(start), next, whole: calendar(kind, dayOf(start)), verdicts: some };
    });
  });
  const spent = new Map<number, number>();
  const settled = new Map<string, NaiveLine[]>();
  for (const period of periods.toSorted((a, b) => a.from - b.from)) {
    const { agreement, targets } = period.version;
    const { scheme } = agreement.credits ?? {};
    const money =
      scheme?.kind === "allocation"
        ? scheme.categories.map((one) => one.targets)
        : [scheme?.kind === "points" ? scheme.points : (scheme?.targets ?? {})];
    const named = new Set([...money, agreement.bonus?.targets ?? {}].flatMap((record) => Object.keys(record)));
    const lines = targets.filter(({ target, base }) => target.class !== "objective" && (named.has(target.id) || named.has(base)));
    const [fees, first] = [feesOf(period.version, period.from, period.next), new Date(period.from * 86_400_000)];
    const [atRisk, year] = [mul(fees, read(agreement.credits?.atRisk ?? "0 %")), first.getUTCFullYear()];
    const limit = mul(atRisk, read(agreement.credits?.perTargetMost ?? "100 %"));
    const priced = pricesOf(period, lines, periods).map(({ points, credit }) => ({
      points,
      credit: round(less(limit, credit) ? limit : credit),
    }));
    const credits = priced.map(({ credit }) => credit);
    const most = agreement.credits?.yearMost;
    const bounds = { from: dayOf(`${year}-01-01`), next: dayOf(`${year + 1}-01-01`) };
    const yearFees = versions.reduce((all, version) => {
      const end = version.term.to === null ? bounds.next : Math.min(bounds.next, dayOf(version.term.to) + 1);
      return plus(all, feesOf(version, Math.max(bounds.from, dayOf(version.term.from)), end));
    }, q(0));
    const left = most === undefined ? Infinity : Math.max(0, round(mul(yearFees, read(most))) - (spent.get(year) ?? 0));
    const kept = divide(Math.min(sum(credits), round(atRisk), left), credits);
    const isOpen = period.verdicts.some(({ window }) => window.open);
    if (!isOpen) spent.set(year, (spent.get(year) ?? 0) + sum(kept));
    const bonus = bonusesOf(period, lines, fees, isOpen);
    const naive = lines.map((of, i): NaiveLine => {
      const [verdict, own] = [verdictIn(period, of.target.id), kept[i] ?? 0];
      const earned = !isOpen && own > 0 && verdict !== undefined && isEarnedBack(period, of, verdict.default, periods);
      return {
        id: of.target.id,
        points: priced[i]?.points ?? 0,
        credit: credits[i] ?? 0,
        kept: own,
        back: earned ? own : 0,
        bonus: bonus[i] ?? 0,
      };
    });
    settled.set(`${agreement.version} ${first.toISOString().slice(0, 10)}`, naive);
  }
  return settled;
}
