import type { SeriesKind } from "./drift-point.ts";

/** One way in which a chance may have moved: its odds (of a share) or its rate times `factor`. */
export interface EventAlternative {
  readonly direction: "up" | "down";
  /** In standard deviations of a usual day. */
  readonly shift: number;
  /** Share of the stake; all together are 1. */
  readonly weight: number;
  readonly factor: number;
}

/** A usual day of events. */
export interface UsualEvents {
  readonly kind: SeriesKind;
  /** 0..1 for a share, above 0 for a rate. */
  readonly chance: number;
  /** Units or exposure of a usual day. */
  readonly size: number;
}

/** Slight shifts take longest and get most of the stake. */
const SHIFTS = [
  { shift: 0.3, weight: 0.5 },
  { shift: 0.75, weight: 0.25 },
  { shift: 1.5, weight: 0.25 },
] as const;
/** No alternative says that nearly all units are of the rarer outcome. */
const MOST = 0.99;

/** A chance whose odds (share) or rate were multiplied. */
export function movedChance(chance: number, factor: number, kind: SeriesKind): number {
  if (kind === "rate") return chance * factor;
  const odds = (chance / (1 - chance)) * factor;
  return odds / (1 + odds);
}

function factorOf(shift: number, { kind, chance, size }: UsualEvents): number {
  if (kind === "rate") return 1 + shift / Math.sqrt(chance * size);
  const rarer = Math.min(chance, 1 - chance);
  const grown = Math.min(MOST, rarer + shift * Math.sqrt((chance * (1 - chance)) / size));
  return grown / (1 - grown) / (rarer / (1 - rarer));
}

/**
 * Alternatives to a chance, both ways: the rarer outcome grows by so many standard deviations of a usual day, or shrinks by the same factor,
 * so that none falls below nothing.
 */
export function eventAlternatives(usual: UsualEvents): EventAlternative[] {
  return SHIFTS.flatMap(({ shift, weight }) => {
    const grown = factorOf(shift, usual);
    return [
      { direction: "up" as const, shift, weight: weight / 2, factor: grown },
      { direction: "down" as const, shift, weight: weight / 2, factor: 1 / grown },
    ];
  });
}

/** A day's events out of so many units, or on so much exposure. */
export interface DayEvents {
  readonly events: number;
  readonly size: number;
}

/**
 * Natural logarithm of how many times likelier a day is under another chance: Bernoulli trials for a share, Poisson for a rate.
 * Example: 2 of 10 under 0.2 against 0.1 is 2 ln 2 + 8 ln (0.8 / 0.9) = 0.444.
 */
export function logLikelihoodRatio({ events, size }: DayEvents, kind: SeriesKind, { was, is }: { was: number; is: number }): number {
  if (kind === "rate") return events * Math.log(is / was) - size * (is - was);
  return events * Math.log(is / was) + (size - events) * Math.log((1 - is) / (1 - was));
}
