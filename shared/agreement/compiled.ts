import { isWholeMonths } from "../calendar/window-days.ts";
import { answersFor } from "../facts/answerable.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { grainOf } from "../feeds/grain.ts";
import { usualDirection } from "../metrics/catalogue.ts";
import type { CounterId } from "../metrics/counter.ts";
import { describeCounter, describeMeasure } from "../metrics/describe.ts";
import { countersOf, formulasOf } from "../metrics/formula.ts";
import type { Formula, MeasureUnit } from "../metrics/measure.ts";
import type { Decimal } from "../stats/decimal.ts";
import type { Agreement, Target } from "./agreement.ts";
import { parseLevel } from "./level.ts";
import { expandTarget } from "./members.ts";
import { type AgreementHours, type Scope, scopeOf } from "./scope.ts";

/** What a target is held to. */
export interface Levels {
  readonly expected: Decimal;
  readonly minimum: Decimal | null;
}

/** The levels of some weeks since go-live, both included; week 1 begins on that day. */
interface RampStep extends Levels {
  readonly fromWeek: number;
  readonly toWeek: number;
}

/** A target with its formula, levels and feed looked up. `lacks` is why the feed cannot answer, if it cannot. */
export interface ResolvedTarget extends Levels {
  readonly target: Target;
  readonly formula: Formula;
  /** The unit of the figure and its levels: a share where intervals or days that reach a level are counted. */
  readonly unit: MeasureUnit;
  readonly counters: readonly CounterId[];
  /** Lower end of a band. */
  readonly notBelow: Decimal | null;
  readonly stretch: Decimal | null;
  /** What an interval or a day must reach, for shares of those that do; in the unit of the formula, on the side the catalogue calls better. */
  readonly pieceLevel: { readonly level: Decimal; readonly moreIsBetter: boolean } | null;
  readonly ramp: readonly RampStep[];
  readonly lacks: string | null;
}

/** A target, or one member of it, made ready for evaluation. */
export interface CompiledTarget extends ResolvedTarget {
  /** The target's id as written in the agreement; `target.id` of a member is `<base>@<member>`. */
  readonly base: string;
  /** Queue, program id, site, channel or language; `null` for a target that is judged as a whole. */
  readonly member: string | null;
  readonly scope: readonly Scope[];
}

function lackOf(feed: FeedDefinition | undefined, target: Target, agreement: Agreement, counters: readonly CounterId[]): string | null {
  if (feed === undefined) return `the agreement has no feed "${target.feed}"`;
  const grain = grainOf(feed);
  if (grain !== "interval" && feed.timeZone !== agreement.timeZone) {
    return `the feed's ${grain}s are in ${feed.timeZone}, the agreement's in ${agreement.timeZone}, and ${grain}s are never re-cut`;
  }
  const split = grain === "month" ? target.windows.filter((kind) => !isWholeMonths(kind)) : [];
  if (split.length > 0) return `the feed gives whole months, and no month says what was in a window of ${split.join(" or ")}`;
  const missing = counters.filter((counter) => !answersFor(feed, counter));
  return missing.length === 0 ? null : `the feed has no count of ${missing.map(describeCounter).join(" and of ")}`;
}

function levelReader(target: Target): (text: string, unit: MeasureUnit) => Decimal {
  return (text, unit) => {
    const level = parseLevel(text, unit);
    if (level === null) throw new RangeError(`target ${target.id}: level "${text}" does not fit ${target.measure.metric}`);
    return level;
  };
}

function isShareOfPieces(target: Target): boolean {
  return target.aggregation.by === "intervals-met" || target.aggregation.by === "days-met";
}

/** @throws RangeError when a level does not fit. */
function levelsOf(target: Target, unit: MeasureUnit, formula: Formula): Omit<ResolvedTarget, keyof LookedUp> {
  const read = levelReader(target);
  const optional = (text: string | undefined): Decimal | null => (text === undefined ? null : read(text, unit));
  const minimum = optional(target.minimum);
  return {
    expected: read(target.expected, unit),
    minimum,
    notBelow: optional(target.notBelow),
    stretch: optional(target.stretch),
    pieceLevel:
      "level" in target.aggregation
        ? { level: read(target.aggregation.level, formula.unit), moreIsBetter: usualDirection(target.measure) !== "at-most" }
        : null,
    ramp: (target.ramp ?? []).map((step) => ({
      fromWeek: step.fromWeek,
      toWeek: step.toWeek,
      expected: read(step.expected, unit),
      minimum: step.minimum === undefined ? minimum : read(step.minimum, unit),
    })),
  };
}

type LookedUp = Pick<ResolvedTarget, "target" | "formula" | "unit" | "counters" | "lacks">;

/**
 * Resolves a target's formula, levels and feed once.
 *
 * @throws RangeError when a level does not fit its metric; `checkAgreement` reports that before an agreement is accepted.
 */
export function compileTarget(agreement: Agreement, feeds: readonly FeedDefinition[], target: Target): ResolvedTarget {
  const feed = feeds.find((candidate) => candidate.id === target.feed);
  const formulas = formulasOf(target.measure);
  const usable = formulas.find((candidate) => feed !== undefined && countersOf(candidate).every((counter) => answersFor(feed, counter)));
  const formula = usable ?? formulas[0];
  const counters = countersOf(formula);
  const unit = isShareOfPieces(target) ? "ratio" : formula.unit;
  return { target, formula, unit, counters, lacks: lackOf(feed, target, agreement, counters), ...levelsOf(target, unit, formula) };
}

/** Every target of an agreement with the members of those that have some. */
export function compileTargets(agreement: Agreement, feeds: readonly FeedDefinition[], hours: AgreementHours): CompiledTarget[] {
  return agreement.targets.flatMap((written) => {
    const resolved = compileTarget(agreement, feeds, written);
    return expandTarget(agreement, written).map((member) => ({ ...resolved, ...member, scope: scopeOf(agreement, hours, member.target) }));
  });
}

/** Short words for a target's parameters, for the screen. */
export function targetDetail(target: Target): { detail: string; variant: string } {
  return describeMeasure(target.measure);
}
