import fc from "fast-check";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { calendarPeriod } from "../../../../shared/settlement/calendar-period.ts";
import { targetText, verdictOf } from "./money-case.ts";

const IDS = ["a", "b", "c"];

const percent = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: max * 100 }).map((hundredths) => `${hundredths / 100} %`);
const factor = fc.integer({ min: 100, max: 300 }).map((hundredths) => String(hundredths / 100));
const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.option(value, { nil: undefined }).map((some) => (some === undefined ? {} : { [key]: some }));

export const allocation = fc.tuple(percent(33), percent(33), percent(33)).map(([a, b, c]) => ({
  kind: "allocation",
  categories: [
    { id: "one", pool: "60 %", targets: { a, b } },
    { id: "two", pool: "40 %", targets: { c, a: b } },
  ],
}));

export const table = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 200 })), { minLength: 1, maxLength: 5 })
  .map((steps) => {
    let [from, share] = [0, 0];
    const rows = steps.map(([further, more]) => {
      from += further;
      share += more;
      return { from, credit: `${share / 100} %` };
    });
    return { by: "table" as const, rows };
  });

export const ratchet = fc
  .tuple(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 500 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), factor), { maxLength: 3 }),
    factor,
  )
  .map(([free, perPoint, widths, last]) => {
    let to = free;
    const bands: { to?: number; factor: string }[] = widths.map(([width, by]) => {
      to += width;
      return { to, factor: by };
    });
    return { by: "ratchet" as const, free, perPoint: String(perPoint), bands: [...bands, { factor: last }] };
  });

const points = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }), fc.oneof(table, ratchet))
  .map(([each, price]) => ({ kind: "points", points: Object.fromEntries(IDS.map((id, i) => [id, { expected: each[i] }])), price }));

const bands = fc.tuple(percent(5), percent(5)).map(([a, b]) => ({
  kind: "bands",
  targets: {
    a: [{ beyond: "80 %", credit: a }],
    b: [
      { beyond: "78 %", credit: "1 %" },
      { beyond: "70 %", credit: "4 %" },
    ],
    c: [{ beyond: "75 %", credit: b }],
  },
}));

/** The clauses of a case as written; every scheme, with any of the factors and limits. */
export interface MoneyText<Scheme> {
  readonly targets: readonly object[];
  readonly fees: object;
  readonly credits: { readonly scheme: Scheme; readonly [clause: string]: unknown };
  readonly earnBack?: unknown;
}

const rule = fc.record({ by: fc.constantFrom("average", "consecutive"), periods: fc.integer({ min: 1, max: 3 }) });
const limits = fc
  .tuple(
    fc.record({ period: fc.constant("month"), atRisk: percent(20) }),
    maybe("minimumFactor", factor),
    maybe("repeatFactor", factor),
    maybe("perTargetMost", percent(100)),
    maybe("yearMost", percent(10)),
    maybe("peaks", fc.constant([{ from: "2026-03-15", to: "2026-05-02", factor: "1.5", earnBack: false }])),
  )
  .map(([period, ...rest]): Record<string, unknown> => Object.assign({}, period, ...rest));

export function versionsOf<Scheme>(scheme: fc.Arbitrary<Scheme>): fc.Arbitrary<MoneyText<Scheme>> {
  const amount = fc.integer({ min: 0, max: 50_000_000 });
  return fc.tuple(scheme, limits, amount, maybe("earnBack", fc.record({ rule }))).map(([some, clauses, fees, earnBack]) => ({
    targets: IDS.map((id) => targetText(id, { minimum: "70 %" })),
    fees: { currency: "EUR", amount: String(fees / 100), per: "month" },
    credits: { ...clauses, scheme: some },
    ...earnBack,
  }));
}

export const anyVersion: fc.Arbitrary<MoneyText<object>> = versionsOf<object>(fc.oneof(allocation, points, bands));

/** A figure judged as the engine does: 80 % expected, 70 % minimum. */
export function judged(targetId: string, start: string, value: { num: number; den: number }): Verdict {
  const share = value.num / value.den;
  const counts = share >= 0.8 ? null : share >= 0.7 ? "expected" : "minimum";
  return verdictOf({ targetId, start, default: counts, overrides: { value } });
}

const figure = fc
  .tuple(fc.integer({ min: 50, max: 100 }), fc.integer({ min: 1, max: 50 }))
  .map(([share, size]) => ({ num: share * size, den: 100 * size }));

/** Four to nine months of all three targets, from November 2025. */
export const months: fc.Arbitrary<Verdict[]> = fc.array(fc.tuple(figure, figure, figure), { minLength: 4, maxLength: 9 }).map((rows) => {
  let start = "2025-11-01";
  return rows.flatMap((row) => {
    const verdicts = row.map((value, i) => judged(IDS[i] ?? "a", start, value));
    start = calendarPeriod("month", start, "mon").next;
    return verdicts;
  });
});
