import { dayRange } from "../calendar/day-range.ts";
import { isKnownZone } from "../calendar/zone.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { formulasOf } from "../metrics/formula.ts";
import type { MeasureUnit } from "../metrics/measure.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareDecimal } from "../stats/round.ts";
import type { Agreement, Target } from "./agreement.ts";
import { compileTarget } from "./compiled.ts";
import { levelRemedy, parseLevel } from "./level.ts";

/** What is wrong with an agreement or a feed definition. A warning may be meant so; an error may not go into force. */
export interface DocumentProblem {
  readonly severity: "error" | "warning";
  /** Where, e.g. `targets.service-level.expected` or `feeds.calls.timeZone`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

function error(path: string, message: string, remedy: string): DocumentProblem {
  return { severity: "error", path, message, remedy };
}

function repeated(kind: string, ids: readonly string[]): DocumentProblem[] {
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  return twice.map((id) => error(`${kind}.${id}`, `The id "${id}" is used more than once.`, "Give each one an id of its own."));
}

function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** The longest intervals in which anything is counted; 0 where all feeds give whole days. */
function longestInterval(agreement: Agreement, feeds: readonly FeedDefinition[]): number {
  const lengths = feeds.map((feed) =>
    feed.kind === "contact" ? agreement.intervalMinutes : feed.kind === "interval" ? feed.intervalMinutes : 0,
  );
  return Math.max(0, ...lengths);
}

function checkHours(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  if (agreement.serviceHours === "always") return [];
  const length = longestInterval(agreement, feeds);
  return agreement.serviceHours.flatMap(({ from, to }, i) => {
    const path = `serviceHours.${i}`;
    if (minutes(from) >= minutes(to))
      return [
        error(
          path,
          `Service hours ${from} to ${to} do not end after they begin.`,
          "Write a night as two blocks, up to 24:00 and from 00:00.",
        ),
      ];
    const loose = [from, to].filter((clock) => length > 0 && minutes(clock) % length !== 0);
    return loose.map((clock) =>
      error(
        path,
        `${clock} lies inside a ${length}-minute interval.`,
        "Let service hours begin and end on interval borders, or choose shorter intervals.",
      ),
    );
  });
}

/** Contacts are counted in intervals of UTC; where midnight lies inside one, a day would borrow contacts from the next. */
function checkMidnight(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  if (!isKnownZone(agreement.timeZone) || !feeds.some(({ kind }) => kind === "contact")) return [];
  const year = agreement.effectiveFrom.slice(0, 4);
  const midnights = [agreement.effectiveFrom, `${year}-01-01`, `${year}-07-01`].map((day) => dayRange(day, agreement.timeZone).fromMs);
  if (midnights.every((ms) => ms % (agreement.intervalMinutes * 60_000) === 0)) return [];
  return [
    error(
      "intervalMinutes",
      `Midnight in ${agreement.timeZone} lies inside a ${agreement.intervalMinutes}-minute interval of UTC.`,
      "Choose intervals of 15 minutes.",
    ),
  ];
}

/** What a level can be at all; beyond it a target is always or never met. */
const SCALE = {
  ratio: { low: { mantissa: 0, dp: 0 }, high: { mantissa: 1, dp: 0 } },
  score: { low: { mantissa: 1, dp: 0 }, high: { mantissa: 5, dp: 0 } },
  points: { low: { mantissa: -100, dp: 0 }, high: { mantissa: 100, dp: 0 } },
  count: { low: { mantissa: 0, dp: 0 }, high: { mantissa: Number.MAX_SAFE_INTEGER, dp: 0 } },
  duration: null,
};

function offScale(level: Decimal | null, unit: MeasureUnit): boolean {
  const scale = SCALE[unit];
  return level !== null && scale !== null && (compareDecimal(level, scale.low) < 0 || compareDecimal(level, scale.high) > 0);
}

function checkZones(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const remedy = 'Use an IANA name such as "Europe/Lisbon".';
  const named = [
    { path: "timeZone", timeZone: agreement.timeZone },
    ...feeds.map((feed) => ({ path: `feeds.${feed.id}.timeZone`, timeZone: feed.timeZone })),
  ];
  return named
    .filter(({ timeZone }) => !isKnownZone(timeZone))
    .map(({ path, timeZone }) => error(path, `"${timeZone}" is not a known time zone.`, remedy));
}

function checkLevels(target: Target): DocumentProblem[] {
  const path = `targets.${target.id}`;
  const { unit } = formulasOf(target.measure)[0];
  const expected = parseLevel(target.expected, unit);
  const minimum = target.minimum === undefined ? null : parseLevel(target.minimum, unit);
  const problems: DocumentProblem[] = [];
  if (expected === null) problems.push(error(`${path}.expected`, `"${target.expected}" is not a level of this metric.`, levelRemedy(unit)));
  if (offScale(expected, unit))
    problems.push(error(`${path}.expected`, `"${target.expected}" lies beyond the scale of this metric.`, levelRemedy(unit)));
  if (offScale(minimum, unit))
    problems.push(error(`${path}.minimum`, `"${target.minimum ?? ""}" lies beyond the scale of this metric.`, levelRemedy(unit)));
  if (target.minimum !== undefined && minimum === null)
    problems.push(error(`${path}.minimum`, `"${target.minimum}" is not a level of this metric.`, levelRemedy(unit)));
  if (expected !== null && minimum !== null) {
    const side = compareDecimal(minimum, expected);
    const wrong = target.direction === "at-least" ? side > 0 : side < 0;
    if (wrong)
      problems.push(
        error(
          `${path}.minimum`,
          "The minimum level is stricter than the expected one.",
          "The minimum is the worse of the two; exchange them.",
        ),
      );
  }
  return problems;
}

const SHORT_VARIANTS = ["short-as-met", "short-excluded"];

function checkMeasure(target: Target): DocumentProblem[] {
  const { measure } = target;
  const needsShort =
    measure.metric === "service-level" && SHORT_VARIANTS.includes(measure.variant) && measure.shortAbandonSeconds === undefined;
  if (!needsShort) return [];
  return [
    error(
      `targets.${target.id}.measure.shortAbandonSeconds`,
      "This variant counts short abandons, but nothing says how short.",
      "Add shortAbandonSeconds, e.g. 5.",
    ),
  ];
}

function checkFeedOf(agreement: Agreement, feeds: readonly FeedDefinition[], target: Target): DocumentProblem[] {
  const path = `targets.${target.id}.feed`;
  const feed = feeds.find((candidate) => candidate.id === target.feed);
  if (feed === undefined) {
    return [error(path, `There is no feed "${target.feed}".`, `Name one of: ${feeds.map(({ id }) => id).join(", ")}.`)];
  }
  if (feed.kind === "daily" && feed.timeZone !== agreement.timeZone) {
    return [
      error(
        path,
        `The feed's days are in ${feed.timeZone}, the agreement's in ${agreement.timeZone}.`,
        "Days are never re-cut: let both use the same zone, or ask for an interval feed.",
      ),
    ];
  }
  const { lacks } = compileTarget(agreement, feeds, target);
  if (lacks === null) return [];
  return [
    {
      severity: "warning",
      path,
      message: `The target is not derivable: ${lacks}.`,
      remedy: "Ask the provider for the counts; until then its percentage is shown as a claim.",
    },
  ];
}

/** Every problem of an agreement with its feeds, at once. Nothing here needs data. */
export function checkAgreement(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const zones = checkZones(agreement, feeds);
  const problems = [
    ...zones,
    ...repeated(
      "targets",
      agreement.targets.map(({ id }) => id),
    ),
    ...repeated(
      "feeds",
      feeds.map(({ id }) => id),
    ),
    ...checkHours(agreement, feeds),
    ...checkMidnight(agreement, feeds),
  ];
  if (agreement.effectiveTo !== undefined && agreement.effectiveTo < agreement.effectiveFrom) {
    problems.push(error("effectiveTo", "The agreement ends before it begins.", "Give a later day, or leave effectiveTo out."));
  }
  for (const target of agreement.targets) {
    const own = [...checkLevels(target), ...checkMeasure(target)];
    problems.push(...own);
    if (own.length === 0) problems.push(...checkFeedOf(agreement, feeds, target));
  }
  return problems;
}
