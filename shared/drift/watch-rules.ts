import { normalQuantile } from "../stats/normal-quantile.ts";
import { bankThresholds } from "./bank-thresholds.ts";
import { correlatedArms } from "./correlated-arms.ts";
import type { BankArm } from "./cusum-bank.ts";
import type { SeriesKind } from "./drift-point.ts";
import { eventAlternatives, type EventAlternative } from "./event-alternatives.ts";
import type { Baseline } from "./fit-baseline.ts";
import { doubtOf, type Doubt } from "./learned-level.ts";
import { skewOf } from "./skewness.ts";
import { slowLimit, type SlowRules } from "./slow-mean.ts";

interface CommonRules {
  readonly doubt: Doubt;
  /** When the level has crept away. */
  readonly slow: SlowRules;
}

/** What decides on a series of usual days: jointly calibrated CUSUMs, and one day far out. */
export interface BankRules extends CommonRules {
  readonly by: "bank";
  readonly arms: readonly BankArm[];
  /** Standard deviations beyond which a single day is an alarm. */
  readonly gross: number;
}

/** What decides where a day has few events: betting on single units. */
export interface EventRules extends CommonRules {
  readonly by: "e-detector" | "events";
  readonly kind: SeriesKind;
  readonly alternatives: readonly EventAlternative[];
  /** Evidence at which an alarm is raised. */
  readonly threshold: number;
  /** By how much evidence counts less because days differ more, or hang together more, than chance makes them; at least 1. */
  readonly damping: number;
  /** What the baseline rests on: units, and how many of them were of the rarer outcome (events, for a rate). */
  readonly known: { readonly rarer: number; readonly size: number };
}

/** How one series is decided on, worked out once from its baseline. */
export type WatchRules = BankRules | EventRules;

/**
 * The guarantee holds for evidence that counts every day on which the change may have come. That of the likeliest day alone is some ten times
 * less: with this part of the threshold the run length is the promised one (bench:drift).
 */
const EVENT_FACTOR = 0.09;
const LEAST_GROSS = 4.5;
/** Shares of the false alarms that may come from a single day, from a creeping level, and from all else. */
const [GROSS_SHARE, SLOW_SHARE] = [0.05, 0.1];
/** Days, and events of the rarer outcome, without which a slow mean says nothing. */
const [LEAST_SLOW_DAYS, ENOUGH_EVENTS] = [14, 5];
const MAIN_SHARE = 1 - GROSS_SHARE - SLOW_SHARE;

function slowRules(runLength: number): SlowRules {
  return { limit: slowLimit(runLength / SLOW_SHARE), fromDays: LEAST_SLOW_DAYS, skew: 0 };
}

function eventRules(baseline: Baseline, runLength: number): EventRules {
  const slow = slowRules(runLength);
  const { kind, size, subgroups, variance, correlation, level } = baseline;
  const units = size * subgroups;
  const floor = 0.5 / units;
  const chance = kind === "rate" ? Math.max(level, floor) : Math.min(1 - floor, Math.max(level, floor));
  const { pairs } = correlation.sums;
  const sure = Math.max(0, correlation.measured) * Math.max(0, 1 - 1 / (pairs * correlation.measured ** 2));
  const alike = (1 + sure) / (1 - sure);
  const rarer = kind === "rate" ? chance : Math.min(chance, 1 - chance);
  return {
    by: kind === "rate" ? "events" : "e-detector",
    kind,
    alternatives: eventAlternatives({ kind, chance, size }),
    threshold: runLength * EVENT_FACTOR,
    damping: (1 + (variance.between * size) / variance.unit) * alike,
    known: { rarer: rarer * units + 0.5, size: units },
    doubt: doubtOf(baseline),
    slow: { ...slow, fromDays: Math.max(slow.fromDays, ENOUGH_EVENTS / (rarer * size)), skew: skewOf(size, baseline) },
  };
}

/** The rules of a series: betting where a usual day has few events, a bank of CUSUMs else. */
export function watchRules(baseline: Baseline, runLength: number): WatchRules {
  if (baseline.small) return eventRules(baseline, runLength);
  return {
    by: "bank",
    arms: correlatedArms(bankThresholds({ runLength: runLength / MAIN_SHARE, sides: 2 }), baseline.correlation.used),
    gross: Math.max(LEAST_GROSS, -normalQuantile(GROSS_SHARE / (2 * runLength))),
    doubt: doubtOf(baseline),
    slow: slowRules(runLength),
  };
}
