import { z } from "zod";
import { addDays, type Day, daysBetween, weekdayOf } from "../../../shared/calendar/day.ts";
import type { Zone } from "../../../shared/calendar/zone.ts";
import { type Evaluation, evaluationsOn } from "./evaluations.ts";
import { firstDayOf, storyAsOf } from "./quality-story.ts";

/** How far the story of the second provider's quality is told. */
export const QualityCourse = z.strictObject({
  hired: z.string(),
  coached: z.string(),
  /** Handed in is what happened before; seconds since 1970. */
  sentS: z.int(),
  /** To be handed in is what happened before. */
  dueS: z.int(),
});
export type QualityCourse = z.infer<typeof QualityCourse>;

/** Rosters are made at this time of Mondays. */
const ROSTER_AT_S = 6 * 3600;

function startOf(zone: Zone, day: Day): number {
  return zone.dayRange(day).fromMs / 1000;
}

/** The beginning of the story of a demonstration that people begin to watch at an instant. */
export function beginQuality(zone: Zone, watchedFromS: number): QualityCourse {
  const story = storyAsOf(zone.localDay(watchedFromS * 1000));
  const firstS = startOf(zone, firstDayOf(story));
  return { ...story, sentS: firstS, dueS: firstS };
}

/** Days on which something may have happened that is to be handed in; none where nothing is. */
function daysDue(zone: Zone, { sentS, dueS }: QualityCourse): Day[] {
  return dueS <= sentS ? [] : daysBetween(zone.localDay(sentS * 1000), zone.localDay(dueS * 1000));
}

export function evaluationsDue(seed: string, zone: Zone, course: QualityCourse): Evaluation[] {
  const made = daysDue(zone, course).flatMap((day) => evaluationsOn(seed, course, zone, day));
  return made.filter(({ atS }) => atS >= course.sentS && atS < course.dueS);
}

/** The Mondays whose roster is to be handed in. */
export function rostersDue(zone: Zone, course: QualityCourse): Day[] {
  return daysDue(zone, course).filter((day) => {
    const atS = startOf(zone, day) + ROSTER_AT_S;
    return weekdayOf(day) === "mon" && atS >= course.sentS && atS < course.dueS;
  });
}

/** The stretch that a roster speaks of begins on the day after the one before. */
export function rosterFrom(monday: Day): Day {
  return addDays(monday, -6);
}
