import { answersFor } from "../facts/answerable.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { CounterId } from "../metrics/counter.ts";
import { describeCounter, describeMeasure } from "../metrics/describe.ts";
import { countersOf, formulasOf } from "../metrics/formula.ts";
import type { Formula } from "../metrics/measure.ts";
import type { Decimal } from "../stats/decimal.ts";
import type { Agreement, Target } from "./agreement.ts";
import { parseLevel } from "./level.ts";

/** A target made ready for evaluation against its feed. `lacks` is why the feed cannot answer, if it cannot. */
export interface CompiledTarget {
  readonly target: Target;
  readonly formula: Formula;
  readonly counters: readonly CounterId[];
  readonly expected: Decimal;
  readonly minimum: Decimal | null;
  readonly lacks: string | null;
}

function lackOf(feed: FeedDefinition | undefined, target: Target, agreement: Agreement, counters: readonly CounterId[]): string | null {
  if (feed === undefined) return `the agreement has no feed "${target.feed}"`;
  if (feed.kind === "daily" && feed.timeZone !== agreement.timeZone) {
    return `the feed's days are in ${feed.timeZone}, the agreement's in ${agreement.timeZone}, and days are never re-cut`;
  }
  const missing = counters.filter((counter) => !answersFor(feed, counter));
  return missing.length === 0 ? null : `the feed has no count of ${missing.map(describeCounter).join(" and of ")}`;
}

/**
 * Resolves a target's formula, levels and feed once.
 *
 * @throws RangeError when a level does not fit its metric; `checkAgreement` reports that before an agreement is accepted.
 */
export function compileTarget(agreement: Agreement, feeds: readonly FeedDefinition[], target: Target): CompiledTarget {
  const feed = feeds.find((candidate) => candidate.id === target.feed);
  const formulas = formulasOf(target.measure);
  const usable = formulas.find((candidate) => feed !== undefined && countersOf(candidate).every((counter) => answersFor(feed, counter)));
  const formula = usable ?? formulas[0];
  const counters = countersOf(formula);
  const expected = parseLevel(target.expected, formula.unit);
  const minimum = target.minimum === undefined ? null : parseLevel(target.minimum, formula.unit);
  if (expected === null || (target.minimum !== undefined && minimum === null)) {
    throw new RangeError(`target ${target.id}: level "${target.expected}" does not fit ${target.measure.metric}`);
  }
  return { target, formula, counters, expected, minimum, lacks: lackOf(feed, target, agreement, counters) };
}

export function compileTargets(agreement: Agreement, feeds: readonly FeedDefinition[]): CompiledTarget[] {
  return agreement.targets.map((target) => compileTarget(agreement, feeds, target));
}

/** Short words for a target's parameters, for the screen. */
export function targetDetail(target: Target): { detail: string; variant: string } {
  return describeMeasure(target.measure);
}
