import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { weekdayOf } from "../../shared/calendar/day.ts";
import { askAboutSchedules, type LateEdit } from "../../shared/drift/gaming-schedule.ts";
import { askAboutWeekends } from "../../shared/drift/gaming-weekend.ts";
import { pairQuestions, type WatchedTarget } from "../../shared/drift/pair-questions.ts";
import type { Question } from "../../shared/drift/question.ts";
import { decimalToNumber } from "../../shared/stats/decimal.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readDriftLines } from "../../shared/store/drift.ts";
import { readRestatements } from "../../shared/store/restatements.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import type { QuestionSpan } from "./question-span.ts";
import { readSeries } from "./read-series.ts";

/** Service levels that are judged by the month; of shares of good days a weekend says nothing. */
function isMonthly({ target, unit, lacks }: CompiledTarget): boolean {
  const { metric } = target.measure;
  return (
    metric === "service-level" &&
    target.aggregation.by !== "days-met" &&
    target.windows.includes("month") &&
    unit === "ratio" &&
    lacks === null
  );
}

/** Were months made up on their weekends? */
export async function weekendQuestions(redis: Redis, stored: StoredAgreement, span: QuestionSpan, nowMs: number): Promise<Question[]> {
  const monthly = stored.targets.filter(isMonthly);
  const questions: Question[] = [];
  for (const compiled of monthly) {
    const points = await readSeries(redis, stored, compiled, nowMs);
    const days = points
      .filter(({ day, leftOut }) => leftOut !== true && (span.isCurrent(day) || span.isUsual(day)))
      .map(({ day, n, num }) => ({ n, num, weekend: ["sat", "sun"].includes(weekdayOf(day)), current: span.isCurrent(day) }));
    const target = decimalToNumber(compiled.expected);
    const question = askAboutWeekends({ about: compiled.target.id, target, days, looks: monthly.length });
    if (question !== null) questions.push(question);
  }
  return questions;
}

/** Do corrections that came when a day was over lift the adherence of it? Of targets on adherence or conformance that are judged by the day. */
export async function scheduleQuestions(redis: Redis, { agreement }: StoredAgreement, span: QuestionSpan): Promise<Question[]> {
  const targets = agreement.targets.filter(({ measure }) => measure.metric === "adherence" || measure.metric === "conformance");
  if (targets.length === 0) return [];
  const late = (await readRestatements(redis, agreement.id)).filter(({ lateMs }) => lateMs > 0);
  const changed = late.flatMap(({ verdicts }) => verdicts).filter(({ window }) => window.kind === "day" && span.isCurrent(window.start));
  return targets.flatMap(({ id }) => {
    const edits = changed.flatMap(({ targetId, window, old, new: now }): LateEdit[] =>
      targetId !== id || old.value === null || now.value === null
        ? []
        : [{ day: window.start, before: old.value.num / old.value.den, after: now.value.num / now.value.den }],
    );
    return askAboutSchedules({ about: id, edits, looks: targets.length }) ?? [];
  });
}

/** Whether the latest month (or other window) that says anything is met. */
function isMet(verdicts: readonly Verdict[], targetId: string): boolean | null {
  const own = verdicts.filter((verdict) => verdict.targetId === targetId && verdict.window.kind !== "day");
  const last = own.findLast(({ status }) => status === "met" || status === "missed" || status === "at-risk");
  return last === undefined ? null : last.status === "met";
}

/** What standing drifts ask about two figures of the same queues. */
export async function driftQuestions(redis: Redis, { agreement, targets }: StoredAgreement): Promise<Question[]> {
  const [lines, verdicts] = await Promise.all([readDriftLines(redis, agreement.id), readVerdicts(redis, agreement.id)]);
  const watched = targets.flatMap(({ target, unit, member }): WatchedTarget[] => {
    const found = lines.get(target.id);
    if (found === undefined) return [];
    const cohort = JSON.stringify([target.queues, member]);
    // A score that the evaluators moved says nothing of what was bought at its price.
    const isOfTheTeam = found.line.besides?.kind !== "evaluators";
    const met = isMet(verdicts, target.id);
    return [
      {
        targetId: target.id,
        name: target.name,
        metric: target.measure.metric,
        unit,
        cohort,
        met,
        drift: isOfTheTeam ? found.line.drift : null,
      },
    ];
  });
  return pairQuestions(watched);
}
