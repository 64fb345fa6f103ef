import { isKnownZone } from "../../calendar/zone.ts";
import { answersFor } from "../../facts/answerable.ts";
import type { FeedDefinition } from "../../feeds/definition.ts";
import { grainOf } from "../../feeds/grain.ts";
import { describeCounter } from "../../metrics/describe.ts";
import { countersOf, formulasOf } from "../../metrics/formula.ts";
import type { Agreement, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { lintAlerts } from "./alert-clauses.ts";
import { lintAlerting } from "./alerting.ts";
import { lintClause } from "./clause.ts";
import { lintClockChanges } from "./clock-changes.ts";
import { lintCredits } from "./credits.ts";
import { lintHolidays } from "./holidays.ts";
import { lintHours } from "./hours.ts";
import { lintLevels } from "./levels.ts";
import { lintMeasure } from "./measure.ts";
import { lintMembers } from "./members.ts";
import { lintRamp } from "./ramp.ts";
import { lintRecovery } from "./recovery.ts";
import { lintSample } from "./sample.ts";
import { lintSchedules } from "./schedules.ts";
import { lintTermination } from "./termination.ts";
import { lintTerms } from "./terms.ts";
import { lintWindows } from "./windows.ts";

function repeated(kind: string, ids: readonly string[]): DocumentProblem[] {
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  return twice.map((id) =>
    problem(`${kind}.${id}`, {
      message: `The id "${id}" is used more than once.`,
      dispute: "A figure that names it could mean either.",
      remedy: "Give each one an id of its own.",
    }),
  );
}

function checkZones(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const named = [
    { path: "timeZone", timeZone: agreement.timeZone },
    ...feeds.map((feed) => ({ path: `feeds.${feed.id}.timeZone`, timeZone: feed.timeZone })),
  ];
  return named
    .filter(({ timeZone }) => !isKnownZone(timeZone))
    .map(({ path, timeZone }) =>
      problem(path, {
        message: `"${timeZone}" is not a known time zone.`,
        dispute: "Nobody can say when a day begins.",
        remedy: 'Use an IANA name such as "Europe/Lisbon".',
      }),
    );
}

function checkTerm({ effectiveFrom, effectiveTo }: Agreement): DocumentProblem[] {
  if (effectiveTo === undefined || effectiveTo >= effectiveFrom) return [];
  return [
    problem("effectiveTo", {
      message: "The agreement ends before it begins.",
      dispute: "It is in force on no day.",
      remedy: "Give a later day, or leave effectiveTo out.",
    }),
  ];
}

function checkFeedOf(agreement: Agreement, feeds: readonly FeedDefinition[], target: Target): DocumentProblem[] {
  const path = `targets.${target.id}.feed`;
  const feed = feeds.find((candidate) => candidate.id === target.feed);
  if (feed === undefined)
    return [
      problem(path, {
        message: `There is no feed "${target.feed}".`,
        dispute: "Nobody hands in what the target is judged by.",
        remedy: `Name one of: ${feeds.map(({ id }) => id).join(", ")}.`,
      }),
    ];
  const grain = grainOf(feed);
  if (grain !== "interval" && feed.timeZone !== agreement.timeZone)
    return [
      problem(path, {
        message: `The feed's ${grain}s are in ${feed.timeZone}, the agreement's in ${agreement.timeZone}.`,
        dispute: `The two ${grain}s share most of their hours, but not all; each side will count its own.`,
        remedy: "Days and months are never re-cut: let both use the same zone, or ask for an interval feed.",
      }),
    ];
  const lacks = formulasOf(target.measure).map((formula) => countersOf(formula).filter((counter) => !answersFor(feed, counter)));
  if (lacks.some((missing) => missing.length === 0)) return lintWindows(agreement, feed, target);
  return [
    doubt(path, {
      message: `The target is not derivable: the feed has no count of ${(lacks[0] ?? []).map(describeCounter).join(" and of ")}.`,
      dispute: "Only the provider's own percentage is left, and nobody can recompute it.",
      remedy: "Ask the provider for the counts; until then its percentage is shown as a claim.",
    }),
    ...lintWindows(agreement, feed, target),
  ];
}

/** Every problem of an agreement with its feeds, at once. Nothing here needs data. */
export function checkAgreement(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const whole = [
    ...checkZones(agreement, feeds),
    ...repeated(
      "targets",
      agreement.targets.map(({ id }) => id),
    ),
    ...repeated(
      "feeds",
      feeds.map(({ id }) => id),
    ),
    ...repeated(
      "programs",
      agreement.programs.map(({ id }) => id),
    ),
    ...lintHours(agreement, feeds),
    ...lintHolidays(agreement),
    ...lintClockChanges(agreement),
    ...checkTerm(agreement),
    ...lintMembers(agreement, feeds),
    ...lintSchedules(feeds),
  ];
  const perTarget = agreement.targets.flatMap((target) => {
    const own = [...lintLevels(target), ...lintMeasure(target)];
    if (own.some(({ severity }) => severity === "error")) return own;
    return [...own, ...checkFeedOf(agreement, feeds, target), ...lintClause(target), ...lintSample(target), ...lintAlerting(target)];
  });
  return [
    ...whole,
    ...perTarget,
    ...lintRamp(agreement),
    ...lintCredits(agreement),
    ...lintRecovery(agreement),
    ...lintTermination(agreement),
    ...lintTerms(agreement, feeds),
    ...lintAlerts(agreement),
  ];
}
