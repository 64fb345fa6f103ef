import type { CounterId } from "./counter.ts";
import type { Formula, Measure, Term } from "./measure.ts";

type ServiceLevel = Extract<Measure, { metric: "service-level" }>;

function one(counter: CounterId, weight = 1): Term {
  return { counter, weight };
}

function ratio(numerator: Term[], denominator: Term[], says: string): Formula {
  return { unit: "ratio", numerator, denominator, sampled: false, says };
}

/**
 * The eight service level formulas, with AN answered, AB abandoned, `a` answered within Y, `b` abandoned within Y,
 * `s` abandoned within S, `f` flowed out. Sources: ICMI "Service level calculations" (2005) 1-5, Cisco call type
 * reports (positive, negative, ignore), Genesys Cloud "Include flow-outs", Talkdesk data dictionary.
 * ICMI's example of 1,000 answered and 60 abandoned gives 83.0, 86.0, 81.1, 82.7, 82.1 and 81.9 %.
 */
function serviceLevel(measure: ServiceLevel): Formula {
  const y = measure.withinSeconds;
  const short = measure.shortAbandonSeconds ?? 0;
  const a = one(`answered-within-${y * 1000}`);
  const b = one(`abandoned-within-${y * 1000}`);
  const s = one(`abandoned-within-${short * 1000}`);
  const both = [one("answered"), one("abandoned")];
  const minus = (term: Term): Term => ({ ...term, weight: -term.weight });
  const within = `answered within ${y} s`;
  switch (measure.variant) {
    case "positive":
      return ratio([a, b], both, `(${within} + abandoned within ${y} s) ÷ (answered + abandoned)`);
    case "answered-only":
      return ratio([a], [one("answered")], `${within} ÷ answered`);
    case "negative":
      return ratio([a], both, `${within} ÷ (answered + abandoned)`);
    case "ignore-within":
      return ratio([a], [...both, minus(b)], `${within} ÷ (answered + abandoned − abandoned within ${y} s)`);
    case "short-as-met":
      return ratio([a, s], both, `(${within} + abandoned within ${short} s) ÷ (answered + abandoned)`);
    case "short-excluded":
      return ratio([a], [...both, minus(s)], `${within} ÷ (answered + abandoned − abandoned within ${short} s)`);
    case "+flowouts":
      return ratio([a], [...both, one("flowed-out")], `${within} ÷ (answered + abandoned + flowed out)`);
    case "talkdesk-calls":
      return ratio(
        [a, one(`missed-within-${y * 1000}`)],
        [one("answered"), one("missed")],
        `(${within} + missed within ${y} s) ÷ (answered + missed)`,
      );
  }
}

function abandonment(measure: Extract<Measure, { metric: "abandonment" }>): Formula {
  const short = measure.shortAbandonSeconds;
  const of = measure.denominator === "offered" ? [one("offered")] : [one("answered"), one("abandoned")];
  const words = measure.denominator === "offered" ? "offered" : "answered + abandoned";
  if (short === undefined) return ratio([one("abandoned")], of, `abandoned ÷ ${measure.denominator === "offered" ? words : `(${words})`}`);
  const less = one(`abandoned-within-${short * 1000}`, -1);
  return ratio(
    [one("abandoned"), less],
    [...of, less],
    `(abandoned − abandoned within ${short} s) ÷ (${words} − abandoned within ${short} s)`,
  );
}

const SCORES = [1, 2, 3, 4, 5] as const;

function csat(method: "top-2-box" | "mean"): Formula {
  const responses = SCORES.map((score) => one(`csat-${score}`));
  if (method === "top-2-box") {
    return {
      unit: "ratio",
      numerator: [one("csat-4"), one("csat-5")],
      denominator: responses,
      sampled: true,
      says: "answers 4 and 5 ÷ all answers",
    };
  }
  return {
    unit: "score",
    numerator: SCORES.map((score) => one(`csat-${score}`, score)),
    denominator: responses,
    sampled: true,
    says: "sum of scores ÷ all answers",
  };
}

function duration(numerator: Term[], says: string): Formula {
  return { unit: "duration", numerator, denominator: [one("answered")], sampled: false, says };
}

/**
 * The formulas of a measure, best first. Handle time has two: its own sum, or talk + hold + after-call work where a
 * feed gives the parts. A formula applies to a feed that has every counter it names.
 */
export function formulasOf(measure: Measure): readonly [Formula, ...Formula[]] {
  switch (measure.metric) {
    case "service-level":
      return [serviceLevel(measure)];
    case "abandonment":
      return [abandonment(measure)];
    case "answer-rate":
      return [
        measure.denominator === "offered"
          ? ratio([one("answered")], [one("offered")], "answered ÷ offered")
          : ratio([one("answered")], [one("answered"), one("abandoned")], "answered ÷ (answered + abandoned)"),
      ];
    case "aht":
      return [
        duration([one("handle-ms")], "handle time ÷ answered"),
        duration([one("talk-ms"), one("hold-ms"), one("acw-ms")], "(talk + hold + after-call work) ÷ answered"),
      ];
    case "asa":
      return [duration([one("answer-wait-ms")], "wait of answered calls ÷ answered")];
    case "csat":
      return [csat(measure.method)];
  }
}

/** Every counter a formula reads, without repeats, in a fixed order. */
export function countersOf(formula: Formula): CounterId[] {
  return [...new Set([...formula.numerator, ...formula.denominator].map((term) => term.counter))];
}

/** Sum of the weighted counters; `totals` holds one integer per counter named. */
export function weigh(terms: readonly Term[], totals: ReadonlyMap<CounterId, number>): number {
  let sum = 0;
  for (const term of terms) sum += term.weight * (totals.get(term.counter) ?? 0);
  return sum;
}
