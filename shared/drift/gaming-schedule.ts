import type { Day } from "../calendar/day.ts";
import { decimalText } from "../metrics/number-text.ts";
import { clusteredTail, dayScatter, inflationOf } from "./clustered-tail.ts";
import { ASKED_AT, type Question } from "./question.ts";
import { countText, oddsText, shareText } from "./question-words.ts";

/** One day's adherence (0..1) of an agent or a target, before and after schedules of it were changed when the day was over. */
export interface LateEdit {
  readonly day: Day;
  readonly before: number;
  readonly after: number;
}

export interface ScheduleInput {
  readonly about: string;
  readonly edits: readonly LateEdit[];
  readonly looks?: number;
}

const LEAST = 20;

/**
 * Do schedules that are changed after the fact lift adherence? Changes that put right what was written wrongly go either way: asks when
 * more than half of them lift it, days as clusters. Needs 20 changes that move adherence, on 5 days.
 */
export function askAboutSchedules({ about, edits, looks = 1 }: ScheduleInput): Question | null {
  const moving = edits.filter(({ before, after }) => before !== after);
  const days = [...Map.groupBy(moving, ({ day }) => day).values()].map((own) => ({
    n: own.length,
    up: own.filter(({ before, after }) => after > before).length,
  }));
  if (moving.length < LEAST || days.length < 5) return null;
  const lifting = days.reduce((sum, { up }) => sum + up, 0);
  const share = lifting / moving.length;
  const scatter = dayScatter(days.map(({ n, up }) => ({ distance: up - share * n, variance: n * 0.25 })));
  const variance = (inflationOf(scatter, 1) * 0.25) / moving.length;
  const chance = clusteredTail({ events: lifting, n: moving.length, share: 0.5, variance });
  if (share <= 0.5 || chance > ASKED_AT / looks) return null;
  const mean = moving.reduce((sum, { before, after }) => sum + after - before, 0) / moving.length;
  return {
    rule: "late-schedule-edits",
    about,
    question: "Why do schedules that are changed after the day lift adherence?",
    evidence: [
      `${countText(moving.length)} changes after the fact moved the adherence of ${days.length} days; ${countText(lifting)} of them lift it (${shareText(share)}).`,
      `On average a change lifts the adherence of its day by ${decimalText(Math.round(mean * 1000), 1)} percentage points.`,
      `Where changes go either way, so many go up in ${oddsText(chance)} months.`,
    ],
    innocent: [
      "Sickness and exchanged shifts are written down when they are known, and count as absence until then.",
      "Meetings and training that the client asked for at short notice.",
      "A system that sends the final schedule only after the day.",
    ],
    chance,
  };
}
