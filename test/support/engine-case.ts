import type { Agreement, Target } from "../../shared/agreement/agreement.ts";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import { buildTarget, contextOf, intervalFeed, intervalsOf } from "./target-case.ts";

/** What a plain service level needs, in the order in which `served` gives them. */
export const SERVED = ["answered", "abandoned", "answered-within-20000"] as const;

/** One row at an instant: so many answered, of which so many in time. */
export function served(start: string, within: number, answered: number, abandoned = 0): readonly [string, readonly number[]] {
  return [start.length === 10 ? `${start}T10:00:00Z` : start, [answered, abandoned, within]];
}

/** A context with one target and a feed of 15-minute intervals that can answer it. */
export function engineOf(target: Partial<Target>, agreement: Partial<Agreement> = {}): AgreementContext {
  return contextOf([buildTarget(target)], { effectiveFrom: "2026-01-01", ...agreement }, [intervalFeed(SERVED)]);
}

export type Row = readonly [string, readonly (number | null)[]];

export function rows(...some: readonly Row[]): QueueIntervals[] {
  return [intervalsOf(some)];
}
