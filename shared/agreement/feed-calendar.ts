import { weekdayOf } from "../calendar/day.ts";
import type { OpenHours } from "../calendar/open-hours.ts";
import { createZone, type Zone } from "../calendar/zone.ts";
import type { Expected } from "../feeds/definition-parts.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { Agreement } from "./agreement.ts";
import { compileAgreementHours } from "./scope.ts";

/** The hours and zones by which a feed is due. */
export interface FeedCalendar {
  /** Zone of the hours: the agreement's. */
  readonly zone: Zone;
  /** Zone of the feed's own clock times. */
  readonly feedZone: Zone;
  /** When its data is made: the agreement's hours or a program's, on the feed's weekdays. */
  readonly hours: OpenHours;
}

export interface FeedCalendarParts {
  readonly agreement: Agreement;
  readonly zone: Zone;
  readonly hours: OpenHours;
}

interface Known {
  readonly agreement: Agreement;
  readonly calendar: FeedCalendar;
}

/** Compiled hours remember the days they have met: made anew for each question they would remember nothing. */
const known = new WeakMap<FeedDefinition, Known>();

function onDays(hours: OpenHours, days: NonNullable<Expected["days"]>): OpenHours {
  return { rangesOf: (day) => (days.includes(weekdayOf(day)) ? hours.rangesOf(day) : []), ruleOf: (day) => hours.ruleOf(day) };
}

function compile({ agreement, zone, hours }: FeedCalendarParts, { expected, timeZone }: FeedDefinition): FeedCalendar {
  const program = expected?.hours === undefined ? undefined : compileAgreementHours(zone, agreement).programs.get(expected.hours);
  const own = program ?? hours;
  const days = expected?.at === undefined ? expected?.days : undefined;
  return { zone, feedZone: createZone(timeZone), hours: days === undefined ? own : onDays(own, days) };
}

/** The calendar of one feed. A program without hours of its own, or that the agreement does not have, leaves the agreement's. */
export function feedCalendar(parts: FeedCalendarParts, feed: FeedDefinition): FeedCalendar {
  const before = known.get(feed);
  if (before?.agreement === parts.agreement) return before.calendar;
  const calendar = compile(parts, feed);
  known.set(feed, { agreement: parts.agreement, calendar });
  return calendar;
}
