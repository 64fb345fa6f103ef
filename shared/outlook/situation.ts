import type { Day } from "../calendar/day.ts";
import { measuredRanges } from "../agreement/scope.ts";
import type { CompiledTarget } from "../agreement/compiled.ts";
import type { WindowEvaluation } from "../agreement/window-evaluation.ts";
import type { Verdict } from "../agreement/verdict.ts";
import { bandOf } from "../agreement/volume-effects.ts";
import { countsDays } from "./figure-kind.ts";
import { historyDaysOf, type KnownDay, knownDays, placeOf } from "./known-days.ts";
import { type RestDay, type RestVolume } from "./volume.ts";
import { rememberedVolume } from "./remembered-volume.ts";

/** Everything an outlook depends on: what the verdict was judged from, the verdict, and days before its version. */
export interface OutlookInput extends WindowEvaluation {
  /** The verdict of the window as it stands. */
  readonly verdict: Verdict;
  /** The same target as the version of a day has it; `undefined` where it measured something else or was not there. */
  readonly compiledOn: (day: Day) => CompiledTarget | undefined;
}

/** Where an open window stands. */
export interface Situation {
  readonly soFar: { readonly num: number; readonly n: number };
  /** Days with contacts before the window and in it, oldest first. */
  readonly known: readonly KnownDay[];
  readonly rest: RestVolume | null;
  /** The days of the window with what each brings below the line, known or expected: the weights of a level that changes by day. */
  readonly weights: readonly { readonly day: Day; readonly weight: number }[];
}

interface MeasuredDay extends Omit<RestDay, "locked"> {
  readonly day: Day;
}

/** The days of which measured time is left after an instant. */
function daysLeft({ compiled }: OutlookInput, days: readonly Day[], fromMs: number): MeasuredDay[] {
  return days.flatMap((day): MeasuredDay[] => {
    let [all, after] = [0, 0];
    for (const range of measuredRanges(compiled.scope, day)) {
      all += range.toMs - range.fromMs;
      after += Math.max(0, range.toMs - Math.max(range.fromMs, fromMs));
    }
    return after > 0 ? [{ day, weekday: placeOf(day).weekday, left: after / all }] : [];
  });
}

/** What one contact of the forecast brings below the line, from the days of which both are known. */
function unitsPerContact(input: OutlookInput, days: readonly KnownDay[]): number | null {
  let [units, contacts] = [0, 0];
  for (const { day, n } of days) {
    const volume = input.volumeOf(day);
    if (volume === null || volume <= 0) continue;
    units += n;
    contacts += volume;
  }
  return contacts > 0 ? units / contacts : null;
}

/** What the forecast says of a day below the line; only contacts are foretold. */
function forecastIn(input: OutlookInput, known: readonly KnownDay[]): (day: Day) => number | null {
  if (input.compiled.target.aggregation.by !== "ratio-of-sums") return () => null;
  let factor: number | null | undefined;
  return (day) => {
    const said = input.forecastOf(day);
    if (said === null) return null;
    factor ??= unitsPerContact(input, known);
    return factor === null ? null : said * factor;
  };
}

function restOf(input: OutlookInput, known: readonly KnownDay[], left: readonly MeasuredDay[]): RestVolume | null {
  if (left.length === 0 || countsDays(input.compiled)) {
    const [shares, weekdays] = [left.map(() => 1 / left.length), left.map(({ weekday }) => weekday)];
    return { source: "profile", expected: left.length, deviation: 0, shares, weekdays };
  }
  const complete = known.filter((day) => day.complete);
  const lockedOf = forecastIn(input, complete);
  return rememberedVolume(input.compiled, input.verdict.window.start, {
    known: complete,
    locked: complete.map(({ day }) => lockedOf(day)),
    rest: left.map(({ day, weekday, left: share }) => ({ weekday, left: share, locked: lockedOf(day) })),
  });
}

/** The known days of a window; days that the volume band takes out of it are not in its figure. */
export function ownDays(input: OutlookInput, days: readonly Day[], untilMs: number): KnownDay[] {
  const band = bandOf(input, days);
  return knownDays(
    input,
    days.filter((day) => band?.isLeftOut(day) !== true),
    untilMs,
  );
}

function expectedBy(left: readonly MeasuredDay[], rest: RestVolume | null): { day: Day; weight: number }[] {
  return left.map(({ day }, i) => ({ day, weight: Math.round((rest?.expected ?? 0) * (rest?.shares[i] ?? 0)) }));
}

/**
 * Gathers what is known of an open window. Of the history it reads the 56 days before the window and the window's own days,
 * nothing older, so the cost does not grow with the history. What was handed in ends at the verdict's "as of"; measured time
 * after it is the rest. Where whole days are counted, a day that is not over belongs to the rest.
 */
export function situationOf(input: OutlookInput): Situation {
  const { window, asOfMs } = input.verdict;
  const cutMs = asOfMs ?? window.fromMs;
  const days = input.context.calendar.planOf(window).days;
  const whole = countsDays(input.compiled);
  const earlier = knownDays(input, historyDaysOf(window.start), cutMs);
  const own = ownDays(input, days, cutMs).filter((day) => day.complete || !whole);
  let [num, n] = [0, 0];
  for (const day of own) {
    num += day.num;
    n += day.n;
  }
  const all = [...earlier, ...own];
  const left = daysLeft(input, days, cutMs);
  const rest = restOf(input, all, left);
  const weights = [...own.map((day) => ({ day: day.day, weight: day.n })), ...expectedBy(left, rest)];
  return { soFar: { num, n }, known: all.filter((day) => day.n > 0), rest, weights };
}
