import fc from "fast-check";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { addDays } from "../../../../shared/calendar/day.ts";
import type { SettlementVersion } from "../../../../shared/settlement/version.ts";
import { calendar, dayOf } from "../../../support/naive-amounts.ts";
import { targetText, verdictOf, versionOf } from "./money-case.ts";

const IDS = ["a", "b", "c@x", "c@y", "o"];
const DAY = 86_400_000;

const percent = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: max * 10 }).map((tenths) => `${tenths / 10} %`);
const factor = fc.constantFrom("1", "1.25", "1.5", "2", "3.3333");
const option = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const refs = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> => fc.dictionary(fc.constantFrom("a", "b", "c", "c@x"), value);

const allocation = fc.tuple(refs(percent(40)), refs(percent(40))).map(([one, two]) => ({
  kind: "allocation",
  categories: [
    { id: "one", pool: "60 %", targets: one },
    { id: "two", pool: "40 %", targets: two },
  ],
}));
const table = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), percent(6)), { minLength: 1, maxLength: 5 }).map((steps) => {
  let from = 0;
  return { by: "table", rows: steps.map(([more, credit]) => ({ from: (from += more), credit })) };
});
const ratchet = fc
  .record({
    free: fc.integer({ min: 0, max: 10 }),
    perPoint: fc.constantFrom("3", "99.95", "1250.5"),
    widths: fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 3 }),
    factors: fc.array(factor, { minLength: 4, maxLength: 4 }),
  })
  .map(({ free, perPoint, widths, factors }) => {
    let to = free;
    const bands: object[] = widths.map((width, i) => ({ to: (to += width), factor: factors[i] }));
    return { by: "ratchet", free, perPoint, bands: [...bands, { factor: factors[3] }] };
  });
const small = fc.integer({ min: 0, max: 12 });
const points = fc.record({
  kind: fc.constant("points"),
  points: refs(fc.record({ expected: small, minimum: option(small) })),
  price: fc.oneof(table, ratchet),
});
const levels = fc.array(fc.record({ beyond: fc.constantFrom("30 %", "40 %", "60 %", "70 %", "80 %"), credit: percent(8) }), {
  minLength: 1,
  maxLength: 4,
});
const bands = fc.record({ kind: fc.constant("bands"), targets: refs(levels) });

const peak = fc.record({
  from: fc.constantFrom("2025-12-20", "2026-01-31", "2026-03-15"),
  to: fc.constantFrom("2026-01-31", "2026-04-02", "2026-05-05"),
  factor: option(factor),
  earnBack: fc.boolean(),
});

const clauses = (period: string): fc.Arbitrary<object> =>
  fc.record({
    fees: fc.record({
      currency: fc.constant("EUR"),
      amount: fc.constantFrom("100000", "33333.33", "7"),
      per: fc.constantFrom("week", "month", "quarter"),
    }),
    credits: fc.record({
      period: fc.constant(period),
      atRisk: percent(20),
      scheme: fc.oneof<fc.Arbitrary<object>[]>(allocation, points, bands),
      perTargetMost: option(percent(100)),
      minimumFactor: option(factor),
      repeatFactor: option(factor),
      peaks: fc.array(peak, { maxLength: 2 }),
      yearMost: option(percent(6)),
    }),
    bonus: option(fc.record({ targets: refs(percent(3)), most: percent(4) })),
    earnBack: option(
      fc.record({
        rule: fc.record({ by: fc.constantFrom("average", "consecutive"), periods: fc.integer({ min: 1, max: 3 }) }),
        excludeMinimumDefaults: fc.boolean(),
      }),
    ),
    ramp: option(fc.record({ goLive: fc.constantFrom("2025-11-03", "2026-01-12"), creditsSuspendedWeeks: fc.integer({ min: 0, max: 9 }) })),
  });

function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

interface Terms {
  readonly cut: string | null;
  readonly members: readonly string[];
}

function versionsOf(texts: readonly object[], { cut, members }: Terms): SettlementVersion[] {
  const targets = [
    targetText("a", { minimum: "70 %", stretch: "90 %", onNoData: "default" }),
    targetText("b", { direction: "at-most", expected: "30 %", minimum: "40 %", stretch: "20 %" }),
    targetText("c", { minimum: "60 %", stretch: "85 %", class: "critical" }),
    targetText("o", { class: "objective" }),
  ];
  const starts = ["2025-11-01", ...(cut === null ? [] : [cut])];
  return starts.map((effectiveFrom, i) => {
    const to = starts[i + 1] === undefined ? {} : { to: addDays(starts[i + 1] ?? "", -1) };
    return versionOf({ ...texts[i], version: i + 1, effectiveFrom, targets }, { ...to, members: { c: members } });
  });
}

interface Fate {
  readonly share: number;
  readonly size: number;
  readonly fate: string;
}

/** A window as the engine would judge it: on the figure, or without one. */
function judged(
  of: SettlementVersion["targets"][number],
  base: { version: number; start: string; next: string; kind: "week" | "month" | "quarter" },
  { share, size, fate }: Fate,
  open: boolean,
): Verdict {
  const { direction } = of.target;
  const worse = (level: typeof of.minimum): boolean => {
    const at = level === null ? Number.NaN : level.mantissa / 10 ** level.dp;
    return direction === "at-least" ? share / 100 < at : share / 100 > at;
  };
  const level = { mantissa: of.expected.mantissa, dp: of.expected.dp };
  const isNothing = fate === "nothing";
  const [isMissed, isBelow] = [!isNothing && worse(of.expected), !isNothing && worse(of.minimum)];
  const counts = isNothing
    ? of.target.onNoData === "default"
      ? "not-measured"
      : null
    : isBelow
      ? "minimum"
      : isMissed
        ? "expected"
        : null;
  const status = isNothing
    ? "no-data"
    : fate === "unproven"
      ? "not-proven"
      : fate === "silent" && open
        ? "no-data"
        : isMissed
          ? open
            ? "at-risk"
            : "missed"
          : "met";
  const verdict = verdictOf({ ...base, targetId: of.target.id, open, default: open || status === "not-proven" ? null : counts });
  const value = isNothing ? null : { num: share * size, den: 100 * size };
  return { ...verdict, status, value, direction: direction === "at-most" ? "at-most" : "at-least", expected: level, belowMinimum: isBelow };
}

export interface Case {
  readonly versions: readonly SettlementVersion[];
  readonly verdicts: readonly Verdict[];
}

const fates = fc.record({
  share: fc.constantFrom(10, 20, 25, 30, 35, 40, 45, 59, 60, 65, 70, 75, 79, 80, 85, 90, 95),
  size: fc.integer({ min: 1, max: 9 }),
  fate: fc.constantFrom("figure", "figure", "figure", "figure", "nothing", "unproven", "silent", "unjudged"),
});

/** Up to two versions of every kind of clause over four to eight periods, the last of which may be open. */
export const settlementCase: fc.Arbitrary<Case> = fc.constantFrom("week" as const, "month" as const, "quarter" as const).chain((kind) =>
  fc
    .record({
      texts: fc.tuple(clauses(kind), clauses(kind)),
      cut: fc.option(fc.constantFrom("2026-01-01", "2026-01-15", "2026-02-11"), { nil: null }),
      members: fc.constantFrom(["x", "y"], ["x", "y", "z"]),
      periods: fc.integer({ min: 4, max: 8 }),
      open: fc.boolean(),
      rolls: fc.array(fates, { minLength: 80, maxLength: 80 }),
    })
    .map(({ texts, cut, members, periods, open, rolls }) => {
      const versions = versionsOf(texts, { cut, members });
      const verdicts: Verdict[] = [];
      let [at, roll] = [dayOf(kind === "week" ? "2025-12-15" : kind === "month" ? "2025-11-01" : "2025-10-01"), 0];
      for (let i = 0; i < periods; i++) {
        const [first, after] = calendar(kind, at);
        for (const version of versions) {
          const [from, to] = [
            Math.max(first, dayOf(version.term.from)),
            version.term.to === null ? after : Math.min(after, dayOf(version.term.to) + 1),
          ];
          if (from >= to) continue;
          const base = { version: version.agreement.version, start: isoDay(from), next: isoDay(to), kind };
          for (const of of version.targets) {
            const fate = rolls[roll++ % rolls.length];
            if (fate === undefined || (fate.fate === "unjudged" && !IDS.includes(of.target.id))) continue;
            verdicts.push(judged(of, base, fate, open && i === periods - 1));
          }
        }
        at = after;
      }
      return { versions, verdicts };
    }),
);
