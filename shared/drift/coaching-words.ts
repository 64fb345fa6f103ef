import type { MeasureUnit } from "../metrics/measure.ts";
import { amountText, counted, dayText, figureText } from "./cause-words.ts";
import type { CoachingAction, CoachingEffect, Cohort } from "./coaching.ts";

type Measured = Extract<CoachingEffect, { state: "measured" }>;

const KIND_WORDS: Readonly<Record<CoachingAction["kind"], string>> = {
  "side-by-side": "side by side",
  script: "script",
  knowledge: "knowledge",
  calibration: "calibration",
  other: "other",
};

/** `side by side` */
export function coachingKindWords(kind: CoachingAction["kind"]): string {
  return KIND_WORDS[kind];
}

/** Whom an action reached: `agents who joined after 17 Aug, in claims`. */
export function cohortWords({ queues, joinedAfter, agents }: Cohort): string {
  const who = agents === undefined ? (joinedAfter === undefined ? null : "agents") : counted(agents.length, "agent");
  const since = joinedAfter === undefined ? "" : ` who joined after ${dayText(joinedAfter)}`;
  const where = queues === undefined ? "" : queues.length <= 3 ? queues.join(", ") : counted(queues.length, "queue");
  if (who === null) return queues === undefined || queues.length > 3 ? where : `${queues.length === 1 ? "queue" : "queues"} ${where}`;
  return `${who}${since}${where === "" ? "" : `, in ${where}`}`;
}

function signed(amount: number, unit: MeasureUnit): string {
  const text = amountText(amount, unit);
  return /[1-9]/u.test(text) ? `${amount < 0 ? "−" : "+"}${text}` : text;
}

/** Limits in the direction of the difference: `0.3 pp to 2.1 pp`. */
function limitWords({ low, high, unit }: Measured): string {
  const [near, far] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))];
  return `${amountText(near, unit)} to ${amountText(far, unit)}`;
}

/** Whether chance alone may have made the difference (at 90 %). */
function isToldApart({ low, high }: Pick<Measured, "low" | "high">): boolean {
  return low > 0 || high < 0;
}

/**
 * The effect in one sentence: "fell by 1.2 pp more than that of the others (90 %: 0.3 pp to 2.1 pp)". Its subject is the figure of those
 * who were coached.
 */
export function effectWords(effect: Measured): string {
  const { cohort, difference, unit } = effect;
  if (!isToldApart(effect)) {
    const limits = `90 %: ${signed(effect.low, unit)} to ${signed(effect.high, unit)}`;
    return `cannot be told apart from that of the others so far: ${signed(difference, unit)} against theirs (${limits})`;
  }
  const own = cohort.after - cohort.before;
  const isAhead = own !== 0 && own > 0 === difference > 0;
  const moved = own > 0 ? "rose" : "fell";
  const by = `${amountText(difference, unit)} ${isAhead ? "more" : "less"}`;
  return `${moved} by ${by} than that of the others (90 %: ${limitWords(effect)})`;
}

/** Before and after of both groups: `Coached 71.3 % to 78.9 %, others 80.2 % to 80.6 %`. */
export function groupWords({ cohort, others, unit }: Measured): string {
  const course = ({ before, after }: Measured["cohort"]): string => `${figureText(before, unit)} to ${figureText(after, unit)}`;
  return `Coached ${course(cohort)}, others ${course(others)}`;
}

/** Whether what is told apart is for the better; `null` where chance alone may have made it, or either way is worth a question. */
export function isBetter(effect: Measured): boolean | null {
  const { difference, worse } = effect;
  if (worse === "both" || !isToldApart(effect)) return null;
  return worse === "down" ? difference > 0 : difference < 0;
}

/** What may explain the difference without the action. */
export function innocentWords({ cohort, others, worse }: Measured): string {
  const wasBetter = worse === "down" ? cohort.before >= others.before : worse === "up" && cohort.before <= others.before;
  const besides = "another mix of contacts, or something else that reached only them at the time";
  if (wasBetter) return `It may also be ${besides}.`;
  return `Who is picked on bad weeks gets better by itself (regression to the mean). It may also be ${besides}.`;
}
