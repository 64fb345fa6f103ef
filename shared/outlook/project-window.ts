import { mergeOf } from "../metrics/counter.ts";
import type { MeasureUnit } from "../metrics/measure.ts";
import type { CompiledTarget, Levels } from "../agreement/compiled.ts";
import { READ_SHIFT } from "../agreement/level.ts";
import { bandOf } from "../agreement/volume-effects.ts";
import { levelsOfDays, rampOf } from "../agreement/window-levels.ts";
import type { Day } from "../calendar/day.ts";
import { type Decimal, decimalToNumber } from "../stats/decimal.ts";
import { kindOf } from "./figure-kind.ts";
import { type Limit, limitOf } from "./limit.ts";
import { meanOutlook, type Scale } from "./mean-outlook.ts";
import type { Outlook } from "./outlook.ts";
import { type Projection, shareOutlook } from "./share-outlook.ts";
import { type OutlookInput, type Situation, situationOf } from "./situation.ts";
import { volumeRange } from "./volume.ts";

/** What figures can be at all; a share of times or of forecast errors may leave 0..1. */
const SCALES: Record<MeasureUnit, Scale> = {
  ratio: { low: -Infinity, high: Infinity },
  duration: { low: 0, high: Infinity },
  score: { low: 1, high: 5 },
  points: { low: -100, high: 100 },
  count: { low: 0, high: Infinity },
};

/**
 * The expected level at the end of the window: where the weeks since go-live or the volume change it from day to day, the mean by
 * what each day has below the line, the days to come by their expected volume.
 */
function levelAtEnd(input: OutlookInput, { weights }: Situation): Decimal {
  const { context, compiled } = input;
  const ramp = rampOf(context, compiled);
  const band = bandOf(
    input,
    weights.map(({ day }) => day),
  );
  if (ramp === null && band === null) return compiled.expected;
  const levelOf = (day: Day): Levels => {
    const levels = ramp?.(day) ?? compiled;
    return band?.levelOf(day, levels) ?? levels;
  };
  return levelsOfDays(
    compiled,
    weights.map(({ day, weight }) => ({ levels: levelOf(day), weight })),
  ).expected;
}

/** What the exact figure has to reach: one limit, or both ends of a band. */
function limitsOf({ target, unit, notBelow }: CompiledTarget, expected: Decimal): Limit[] {
  const { rounding, direction } = target;
  const rule = rounding === undefined ? null : { places: rounding.dp + READ_SHIFT[unit], mode: rounding.mode };
  if (direction !== "within") return [limitOf(direction, expected, rule)];
  return [...(notBelow === null ? [] : [limitOf("at-least", notBelow, rule)]), limitOf("at-most", expected, rule)];
}

/** The longest of waits and the like cannot be foretold, but once beyond "at most" it stays there. */
function withoutProjection({ verdict, compiled }: OutlookInput): Projection {
  const { value, direction, expected } = verdict;
  const onlyGrows = compiled.formula.denominator.length === 0 && compiled.counters.every((counter) => mergeOf(counter) === "max");
  const isLost = onlyGrows && direction === "at-most" && value !== null && value.num / value.den > decimalToNumber(expected);
  return {
    good: 0,
    budget: null,
    pace: null,
    neededRate: null,
    headroom: null,
    reach: isLost ? "lost" : "open",
    bestRate: null,
    projected: null,
    pMiss: isLost ? 1 : null,
    rho: 0,
  };
}

/**
 * A volume in what the figure rests on: evaluations, where points stand below its line.
 *
 * @returns `null` where nothing has come in that says how much below the line one of them is.
 */
function inCases({ compiled, verdict }: OutlookInput, { soFar }: Situation): ((units: number) => number) | null {
  if (compiled.formula.sample === undefined) return (units) => units;
  return soFar.n > 0 ? (units) => Math.round((units * verdict.n) / soFar.n) : null;
}

function remainingOf(input: OutlookInput, situation: Situation): Outlook["remaining"] {
  const toCases = inCases(input, situation);
  if (situation.rest === null || toCases === null) return null;
  const { expected, low, high } = volumeRange(situation.rest);
  return { expected: toCases(expected), low: toCases(low), high: toCases(high) };
}

/** Where too small a sample is joined to the window before, the window alone does not decide; too few for a mean decide nothing. */
function decidesAlone(input: OutlookInput, situation: Situation): boolean {
  const { compiled } = input;
  const { onLowSample, minimumSample } = compiled.target;
  const [remaining, toCases] = [remainingOf(input, situation), inCases(input, situation)];
  if (remaining === null || toCases === null || toCases(situation.soFar.n) + remaining.expected >= minimumSample) return true;
  return onLowSample !== "join-previous" && kindOf(compiled) === "share";
}

function projectionOf(input: OutlookInput, situation: Situation): Projection {
  const { compiled } = input;
  const kind = kindOf(compiled);
  if (kind === "none") return withoutProjection(input);
  const limits = limitsOf(compiled, levelAtEnd(input, situation));
  if (kind === "mean") return meanOutlook(situation, limits, SCALES[compiled.unit]);
  const rule = compiled.target.onLowSample === "allow-one-miss" ? "allow-one-miss" : "not-proven";
  const below = compiled.target.onLowSample === "join-previous" ? 0 : compiled.target.minimumSample;
  return shareOutlook(situation, limits, { below, rule });
}

/**
 * Where an open window longer than a day will end, in events and in probability. Pure: the same day sums, forecasts, version and
 * verdict give the same outlook, bit for bit. Money is not known here; `credit` is null.
 *
 * @returns `null` for closed windows and single days, where the feed cannot answer, and where nothing is measured.
 */
export function projectWindow(input: OutlookInput): Outlook | null {
  const { verdict, compiled } = input;
  const { window, targetId, version, asOfMs } = verdict;
  if (!window.open || window.kind === "day" || compiled.lacks !== null || verdict.status === "not-counted") return null;
  const situation = situationOf(input);
  const projection = projectionOf(input, situation);
  const { rest, soFar, known } = situation;
  return {
    targetId,
    version,
    window,
    asOfMs,
    n: inCases(input, situation)?.(soFar.n) ?? 0,
    remaining: remainingOf(input, situation),
    forecast: rest === null ? "none" : rest.source,
    daysKnown: known.length,
    credit: null,
    ...projection,
    pMiss: decidesAlone(input, situation) ? projection.pMiss : null,
  };
}
