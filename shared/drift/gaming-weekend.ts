import { amountText } from "./cause-words.ts";
import { commonInflation, contrastOf, contrastTail, type ShareDay, shareOf } from "./day-contrast.ts";
import { ASKED_AT, type Question } from "./question.ts";
import { oddsText, shareText } from "./question-words.ts";

export interface WeekendDay extends ShareDay {
  readonly weekend: boolean;
  /** Whether the day is of the month that is asked about; the others, of the months before, say what is usual. */
  readonly current: boolean;
}

export interface WeekendInput {
  readonly about: string;
  /** What was agreed for the whole month, 0..1. */
  readonly target: number;
  readonly days: readonly WeekendDay[];
  readonly looks?: number;
}

const LEAST_DAYS = 6;

/**
 * Was the month's service level made up on weekends? Asks when the month is met with its weekends and missed without them, and
 * weekends are further above weekdays than in the months before, by more than days differ (a contrast of four shares, days as clusters).
 * Needs 6 days of each sort, now and before.
 */
export function askAboutWeekends({ about, target, days, looks = 1 }: WeekendInput): Question | null {
  const of = (weekend: boolean, current: boolean): WeekendDay[] =>
    days.filter((day) => day.weekend === weekend && day.current === current && day.n > 0);
  const groups = [of(true, true), of(false, true), of(true, false), of(false, false)];
  if (groups.some(({ length }) => length < LEAST_DAYS)) return null;
  const inflation = commonInflation(groups);
  const [weekends, weekdays, usualWeekends, usualWeekdays] = groups.map((own) => shareOf(own, inflation));
  const month = shareOf(days.filter(({ current }) => current));
  if (!weekends || !weekdays || !usualWeekends || !usualWeekdays || !month) return null;
  if (month.value < target || weekdays.value >= target) return null;
  const contrast = contrastOf([
    { part: weekends, sign: 1 },
    { part: weekdays, sign: -1 },
    { part: usualWeekends, sign: -1 },
    { part: usualWeekdays, sign: 1 },
  ]);
  const chance = contrastTail(contrast);
  if (chance > ASKED_AT / looks) return null;
  return {
    rule: "weekend-catch-up",
    about,
    question: "Was the month made up on its weekends?",
    evidence: [
      `The month has ${shareText(month.value)} against ${shareText(target)} agreed; its weekdays alone have ${shareText(weekdays.value)}, its weekends ${shareText(weekends.value)}.`,
      `In the months before weekdays had ${shareText(usualWeekdays.value)} and weekends ${shareText(usualWeekends.value)}.`,
      `Weekends moved away from weekdays by ${amountText(contrast.value, "ratio")}; days differ so much by chance in ${oddsText(chance)} months.`,
    ],
    innocent: [
      "A campaign or an outage made weekdays busier than planned, and nothing could be done on those days.",
      "The agreed weekend staff was raised for another reason.",
      "Contacts moved from weekends to weekdays, so that the same staff answered faster.",
    ],
    chance,
  };
}
