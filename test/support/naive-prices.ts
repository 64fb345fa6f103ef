import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { SettlementVersion } from "../../shared/settlement/version.ts";
import { dayOf, divide, less, mul, plus, q, type Q, read, round, sum, calendar } from "./naive-amounts.ts";

export type Of = SettlementVersion["targets"][number];

/** Each day bears its part of the fee of its own week, month or quarter. */
export function feesOf({ agreement: { fees } }: SettlementVersion, from: number, next: number): Q {
  let all = q(0);
  if (fees === undefined) return all;
  for (let day = from; day < next;) {
    const [first, after] = calendar(fees.per, day);
    const days = Math.min(after, next) - day;
    all = plus(all, mul(read(fees.amount), q(100 * days, after - first)));
    day += days;
  }
  return all;
}

export function entry<T>(record: Readonly<Record<string, T>>, of: Of, version: SettlementVersion): readonly [T, Q] | null {
  const own = record[of.target.id];
  if (own !== undefined) return [own, q(1)];
  const shared = record[of.base];
  const sharers = version.targets.filter(({ base, target }) => base === of.base && record[target.id] === undefined);
  return shared === undefined ? null : [shared, q(1, sharers.length)];
}

export const good = (of: Of, figure: Q, level: Q): boolean =>
  of.target.direction === "at-least" ? !less(figure, level) : !less(level, figure);
export const expectedIn = (verdict: Verdict): Q => q(verdict.expected.mantissa, 10 ** verdict.expected.dp);

function defaultOf({ window, value, status, belowMinimum, ...verdict }: Verdict, of: Of): Verdict["default"] {
  if (!window.open) return verdict.default;
  if (value === null) return status === "no-data" && of.target.onNoData === "default" ? "not-measured" : null;
  const isMissed =
    (status === "at-risk" || status === "no-data") &&
    !good(of, q(value.num, value.den), q(verdict.expected.mantissa, 10 ** verdict.expected.dp));
  return !isMissed ? null : belowMinimum ? "minimum" : "expected";
}

export interface Period {
  readonly version: SettlementVersion;
  readonly kind: string;
  readonly from: number;
  readonly next: number;
  readonly whole: readonly [number, number];
  readonly verdicts: readonly Verdict[];
}

function suspended({ version: { agreement }, from }: Period): boolean {
  const { ramp } = agreement;
  return ramp !== undefined && ramp.creditsSuspendedWeeks > 0 && from < dayOf(ramp.goLive) + 7 * ramp.creditsSuspendedWeeks;
}

export const verdictIn = (period: Period, id: string): Verdict | undefined => period.verdicts.find(({ targetId }) => targetId === id);
export const peaksOf = ({ version, from, next }: Period) =>
  (version.agreement.credits?.peaks ?? []).filter((peak) => dayOf(peak.from) < next && dayOf(peak.to) >= from);

function factorOf(period: Period, of: Of, all: readonly Period[]): Q {
  const { repeatFactor } = period.version.agreement.credits ?? {};
  const before = all.filter(({ whole }) => whole[1] === period.whole[0]);
  const isRepeated = before.some((some) => {
    const [found, target] = [verdictIn(some, of.target.id), some.version.targets.find((one) => one.target.id === of.target.id)];
    return !suspended(some) && found !== undefined && target !== undefined && defaultOf(found, target) !== null;
  });
  const peak = peaksOf(period).reduce((most, { factor = "1" }) => (less(most, read(factor)) ? read(factor) : most), q(0));
  return mul(isRepeated && repeatFactor !== undefined ? read(repeatFactor) : q(1), peak[0] === 0n ? q(1) : peak);
}

/** Points and credit of each line, before every limit. */
export function pricesOf(period: Period, lines: readonly Of[], all: readonly Period[]): { points: number; credit: Q }[] {
  const { version, from, next, whole } = period;
  const { credits } = version.agreement;
  const none = { points: 0, credit: q(0) };
  if (credits === undefined || suspended(period)) return lines.map(() => none);
  const [fees, { scheme }] = [feesOf(version, from, next), credits];
  const missed = lines.map((of) => {
    const verdict = verdictIn(period, of.target.id);
    return verdict === undefined ? null : { of, verdict, kind: defaultOf(verdict, of) };
  });
  if (scheme.kind === "points") {
    const points = missed.map((some) => {
      const own = some === null || some.kind === null ? null : entry(scheme.points, some.of, version)?.[0];
      if (some === null || own === null || own === undefined) return 0;
      const dear = own.minimum === undefined ? mul(q(own.expected), read(credits.minimumFactor ?? "1")) : q(own.minimum);
      return round(mul(some.kind === "minimum" ? dear : q(own.expected), factorOf(period, some.of, all)));
    });
    let [price, row] = [q(0), -1];
    if (scheme.price.by === "table") {
      for (const { from: least, credit } of scheme.price.rows)
        if (least <= sum(points) && least > row) [row, price] = [least, mul(fees, read(credit))];
    } else {
      for (let point = scheme.price.free + 1; point <= sum(points); point++) {
        const band = scheme.price.bands.find(({ to = Infinity }) => point <= to);
        price = plus(price, mul(read(scheme.price.perPoint), q(100), read(band?.factor ?? "0")));
      }
      price = mul(price, q(next - from, whole[1] - whole[0]));
    }
    return divide(round(price), points).map((credit, i) => ({ points: points[i] ?? 0, credit: q(credit) }));
  }
  return missed.map((some) => {
    if (some === null || some.kind === null) return none;
    const { of, verdict, kind } = some;
    let base = q(0);
    if (scheme.kind === "allocation") {
      for (const { pool, targets } of scheme.categories) {
        const found = entry(targets, of, version);
        if (found !== null) base = plus(base, mul(fees, read(credits.atRisk), read(pool), read(found[0]), found[1]));
      }
    } else {
      const found = entry(scheme.targets, of, version);
      for (const { beyond, credit } of found?.[0] ?? []) {
        const { value } = verdict;
        const isLast = value === null || kind === "not-measured";
        const passed = isLast ? good(of, read(beyond), expectedIn(verdict)) : !good(of, q(value.num, value.den), read(beyond));
        const price = mul(fees, read(credit), found?.[1] ?? q(0));
        if (passed && less(base, price)) base = price;
      }
    }
    return { points: 0, credit: mul(base, factorOf(period, of, all), kind === "minimum" ? read(credits.minimumFactor ?? "1") : q(1)) };
  });
}
