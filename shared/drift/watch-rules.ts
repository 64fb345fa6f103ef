import type { BankArm } from "./cusum-bank.ts";
import { eventAlternatives, type EventAlternative } from "./event-alternatives.ts";
import type { Baseline } from "./fit-baseline.ts";
import type { SeriesKind } from "./drift-point.ts";

/** What decides on a series of usual days: jointly calibrated CUSUMs, and one day far out. */
export interface BankRules {
  readonly by: "bank";
  readonly arms: readonly BankArm[];
  /** Standard deviations beyond which a single day is an alarm. */
  readonly gross: number;
}

/** What decides where a day has few events: betting on single units. */
export interface EventRules {
  readonly by: "e-detector" | "events";
  readonly kind: SeriesKind;
  readonly alternatives: readonly EventAlternative[];
  /** Evidence at which an alarm is raised. */
  readonly threshold: number;
  /** By how much evidence counts less because days differ more, or hang together more, than chance makes them; at least 1. */
  readonly damping: number;
}

/** How one series is decided on, worked out once from its baseline. */
export type WatchRules = BankRules | EventRules;

const REFERENCE_ARMS = [
  { k: 0.25, h: 9.315 },
  { k: 0.5, h: 5.444 },
  { k: 1, h: 2.852 },
] as const;
const GROSS = 4.5;

function eventRules(baseline: Baseline, runLength: number): EventRules {
  const { kind, size, variance, correlation, level } = baseline;
  const floor = 0.5 / baseline.size / baseline.subgroups;
  const chance = kind === "rate" ? Math.max(level, floor) : Math.min(1 - floor, Math.max(level, floor));
  const alike = (1 + correlation.used) / (1 - correlation.used);
  return {
    by: kind === "rate" ? "events" : "e-detector",
    kind,
    alternatives: eventAlternatives({ kind, chance, size }),
    threshold: runLength,
    damping: (1 + (variance.between * size) / variance.unit) * alike,
  };
}

/** The rules of a series: betting where a usual day has few events, a bank of CUSUMs else. */
export function watchRules(baseline: Baseline, runLength: number): WatchRules {
  return baseline.small ? eventRules(baseline, runLength) : { by: "bank", arms: REFERENCE_ARMS, gross: GROSS };
}
