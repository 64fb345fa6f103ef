import type { CounterId } from "../../shared/metrics/counter.ts";
import type { Measure } from "../../shared/metrics/measure.ts";

export type Counts = Partial<Record<CounterId, number>>;

/** A metric computed by hand, and where its numbers come from. */
export interface MetricCase {
  readonly measure: Measure;
  readonly counts: Counts;
  readonly figure: number;
  readonly n: number;
  readonly source: string;
}

const ICMI: Counts = {
  answered: 1000,
  abandoned: 60,
  "answered-within-20000": 860,
  "abandoned-within-20000": 20,
  "abandoned-within-5000": 10,
};
/** Five answers of each kind of a histogram that can be added up in the head. */
const HISTOGRAM: Counts = { "csat-1": 1, "csat-2": 2, "csat-3": 3, "csat-4": 4, "csat-5": 5 };
/** A hundred agents all through a year of 365 days, four of whom leave every month. */
const FOUR_PERCENT: Counts = { leavers: 48, "headcount-days": 36_500 };

/** One case at least per metric, in the order of the catalogue. */
export const METRIC_CASES: readonly MetricCase[] = [
  {
    measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
    counts: ICMI,
    figure: 860 / 1060,
    n: 1060,
    source: "ICMI 3: 81.1 %",
  },
  { measure: { metric: "asa" }, counts: { "answer-wait-ms": 90_000, answered: 6 }, figure: 15_000, n: 6, source: "90 s over 6 calls" },
  { measure: { metric: "longest-wait" }, counts: { "longest-wait-ms": 312_000 }, figure: 312_000, n: 1, source: "itself: 5:12" },
  {
    measure: { metric: "tail-share", overSeconds: 20 },
    counts: ICMI,
    figure: (140 + 40) / 1060,
    n: 1060,
    source: "ICMI's example: 140 answered and 40 abandoned after 20 s",
  },
  {
    measure: { metric: "abandonment", denominator: "offered", shortAbandonSeconds: 5 },
    counts: { ...ICMI, offered: 1060 },
    figure: 50 / 1050,
    n: 1050,
    source: "domain reference 2.3: (AB - s) / (offered - s)",
  },
  {
    measure: { metric: "abandonment", denominator: "queued" },
    counts: { abandoned: 60, queued: 1200 },
    figure: 0.05,
    n: 1200,
    source: "60 of 1,200 queued",
  },
  {
    measure: { metric: "answer-rate", denominator: "offered" },
    counts: { answered: 45, offered: 50 },
    figure: 0.9,
    n: 50,
    source: "45 of 50",
  },
  { measure: { metric: "blocked-calls" }, counts: { blocked: 5, offered: 95 }, figure: 0.05, n: 100, source: "5 of 100 attempts" },
  {
    measure: { metric: "aht" },
    counts: { "handle-ms": 1_860_000, answered: 5 },
    figure: 372_000,
    n: 5,
    source: "31 min over 5 calls: 6:12",
  },
  { measure: { metric: "talk-time" }, counts: { "talk-ms": 1_200_000, answered: 5 }, figure: 240_000, n: 5, source: "20 min over 5 calls" },
  { measure: { metric: "hold-time" }, counts: { "hold-ms": 150_000, answered: 5 }, figure: 30_000, n: 5, source: "150 s over 5 calls" },
  {
    measure: { metric: "after-call-work" },
    counts: { "acw-ms": 510_000, answered: 5 },
    figure: 102_000,
    n: 5,
    source: "510 s over 5 calls",
  },
  {
    measure: { metric: "occupancy" },
    counts: { "on-contact-ms": 3_168_000, "idle-ms": 432_000 },
    figure: 0.88,
    n: 3_600_000,
    source: "52.8 of 60 minutes: the warning level of domain reference 2.3",
  },
  { measure: { metric: "adherence" }, counts: { "adherent-ms": 432, "scheduled-ms": 480 }, figure: 0.9, n: 480, source: "432 of 480" },
  {
    measure: { metric: "conformance" },
    counts: { "worked-ms": 504, "scheduled-ms": 480 },
    figure: 1.05,
    n: 480,
    source: "overtime: 504 of 480",
  },
  { measure: { metric: "shrinkage" }, counts: { "paid-ms": 480, "available-ms": 336 }, figure: 0.3, n: 480, source: "1 - 336/480" },
  {
    measure: { metric: "schedule-coverage" },
    counts: { "covered-ms": 15, "required-ms": 20 },
    figure: 0.75,
    n: 20,
    source: "min(5,10) + min(15,10) of 20",
  },
  {
    measure: { metric: "forecast-accuracy", method: "one-minus-wape" },
    counts: { "forecast-error": 30, offered: 200 },
    figure: 0.85,
    n: 200,
    source: "WAPE: |100-90| + |100-120| over 200",
  },
  {
    measure: { metric: "forecast-accuracy", method: "wape" },
    counts: { "forecast-error": 30, offered: 200 },
    figure: 0.15,
    n: 200,
    source: "WAPE: |100-90| + |100-120| over 200",
  },
  {
    measure: { metric: "transfer-rate", denominator: "handled" },
    counts: { transferred: 12, handled: 150 },
    figure: 0.08,
    n: 150,
    source: "12 of 150",
  },
  {
    measure: { metric: "repeat-contact", withinDays: 7 },
    counts: { "repeats-7d": 90, "repeat-base-7d": 300 },
    figure: 0.3,
    n: 300,
    source: "90 of 300 came back",
  },
  {
    measure: { metric: "fcr", method: "no-repeat", withinDays: 7 },
    counts: { "repeats-7d": 90, "repeat-base-7d": 300 },
    figure: 0.7,
    n: 300,
    source: "domain reference 2.3: 1 - repeats / contacts",
  },
  {
    measure: { metric: "fcr", method: "survey" },
    counts: { "fcr-resolved": 59, "fcr-asked": 100 },
    figure: 0.59,
    n: 100,
    source: "the 59 % of domain reference 2.3",
  },
  { measure: { metric: "csat", method: "top-2-box" }, counts: HISTOGRAM, figure: 0.6, n: 15, source: "9 of 15" },
  { measure: { metric: "csat", method: "mean" }, counts: HISTOGRAM, figure: 55 / 15, n: 15, source: "1 + 4 + 9 + 16 + 25 over 15" },
  {
    measure: { metric: "nps" },
    counts: { "nps-promoters": 50, "nps-passives": 30, "nps-detractors": 20 },
    figure: 30,
    n: 100,
    source: "the 50/20 split of domain reference 2.3",
  },
  {
    measure: { metric: "response-rate" },
    counts: { "survey-responses": 38, "survey-invited": 190 },
    figure: 0.2,
    n: 190,
    source: "38 of 190",
  },
  {
    measure: { metric: "qa-score", form: "v3" },
    counts: { "qa-points-earned-v3": 425, "qa-points-possible-v3": 500, "qa-evaluations-v3": 5 },
    figure: 0.85,
    n: 5,
    source: "425 of 500 points in 5 evaluations",
  },
  {
    measure: { metric: "accuracy", errors: "customer-critical" },
    counts: { "without-customer-error": 95, monitored: 100 },
    figure: 0.95,
    n: 100,
    source: "COPC: the 95 % target, per transaction",
  },
  {
    measure: { metric: "accuracy", errors: "business-critical" },
    counts: { "without-business-error": 90, monitored: 100 },
    figure: 0.9,
    n: 100,
    source: "COPC, per transaction",
  },
  {
    measure: { metric: "accuracy", errors: "compliance-critical" },
    counts: { "without-compliance-error": 99, monitored: 100 },
    figure: 0.99,
    n: 100,
    source: "COPC, per transaction",
  },
  {
    measure: { metric: "accuracy", errors: "non-critical" },
    counts: { "non-critical-correct": 960, "non-critical-opportunities": 1200, monitored: 100 },
    figure: 0.8,
    n: 100,
    source: "COPC, per opportunity: 12 in each of 100",
  },
  {
    measure: { metric: "calibration" },
    counts: { "calibration-matches": 270, "calibration-items": 300, "double-scored": 30 },
    figure: 0.9,
    n: 30,
    source: "270 of 300 items in 30 contacts",
  },
  {
    measure: { metric: "attrition", per: "month" },
    counts: FOUR_PERCENT,
    figure: 0.04,
    n: 36_500,
    source: "domain reference 2.3: 4 % a month",
  },
  {
    measure: { metric: "attrition", per: "year-times-12" },
    counts: FOUR_PERCENT,
    figure: 0.48,
    n: 36_500,
    source: "domain reference 2.3: 4 % x 12 = 48 %",
  },
  {
    measure: { metric: "attrition", per: "year-compounded" },
    counts: FOUR_PERCENT,
    figure: 0.387_290_242_67,
    n: 36_500,
    source: "domain reference 2.3: 1 - 0.96^12 = 38.7 %",
  },
  {
    measure: { metric: "early-survival", days: 90 },
    counts: { "survived-90d": 12, "starters-matured-90d": 20 },
    figure: 0.6,
    n: 20,
    source: "12 of 20 starters",
  },
  {
    measure: { metric: "tenure-mix", underDays: 90 },
    counts: { "handled-tenure-under-90d": 300, handled: 1200 },
    figure: 0.25,
    n: 1200,
    source: "300 of 1,200",
  },
  { measure: { metric: "backlog", method: "last" }, counts: { "backlog-open": 412 }, figure: 412, n: 1, source: "itself" },
  {
    measure: { metric: "backlog", method: "mean" },
    counts: { "backlog-snapshot-items": 90, "backlog-snapshots": 4 },
    figure: 22.5,
    n: 4,
    source: "20 + 30 + 25 + 15 over 4",
  },
  {
    measure: { metric: "backlog-age", method: "mean" },
    counts: { "backlog-age-ms": 7_200_000, "backlog-open": 2 },
    figure: 3_600_000,
    n: 2,
    source: "2 hours over 2 items",
  },
  {
    measure: { metric: "backlog-age", method: "oldest" },
    counts: { "oldest-item-ms": 86_400_000 },
    figure: 86_400_000,
    n: 1,
    source: "itself: a day",
  },
];
