import type { Day } from "../calendar/day.ts";
import { type DayCounts, type DaySums, EMPTY_DAY } from "./day-sums.ts";
import { evaluate } from "./evaluate.ts";
import { isMeasured } from "./scope.ts";
import { type Tally, type TallyDay, tallyOf } from "./tally.ts";
import type { Verdict, VerdictWindow } from "./verdict.ts";
import { bandOf, type VolumeEffects } from "./volume-effects.ts";
import type { WindowEvaluation } from "./window-evaluation.ts";
import { type LevelOfDay, rampOf } from "./window-levels.ts";

type Count = keyof DayCounts;

function pick(counts: DayCounts, count: Count): DaySums {
  if (count === "recomputed") return counts.recomputed;
  const adjusted = counts.adjusted ?? counts.recomputed;
  return count === "adjusted" ? adjusted : (counts.ifAllAccepted ?? adjusted);
}

interface Plan {
  readonly days: readonly Day[];
  /** Days of the window before, where a small sample is joined to it; none before the window has begun. */
  readonly before: readonly Day[];
}

function planOf({ context, compiled, nowMs }: WindowEvaluation, window: VerdictWindow): Plan & { readonly says: string } {
  const plan = context.calendar.planOf(window);
  return compiled.target.onLowSample === "join-previous" && window.fromMs <= nowMs ? plan : { ...plan, before: [] };
}

/** One count of a window, joined to the window before where its own sample is too small and the agreement says so. */
function tallyCount(input: WindowEvaluation, plan: Plan, count: Count, band: VolumeEffects | null): Tally {
  const { compiled, context } = input;
  const ramp = rampOf(context, compiled);
  const levelOf: LevelOfDay | null = band === null ? ramp : (day) => band.levelOf(day, ramp?.(day) ?? compiled);
  const known = (days: readonly Day[]): TallyDay[] => {
    const tally: TallyDay[] = [];
    for (const day of days) {
      const counts = input.countsOf(day);
      if (counts === undefined && levelOf === null) continue;
      const sums = counts === undefined ? EMPTY_DAY : pick(counts, count);
      tally.push({ day, sums: band?.isLeftOut(day) === true ? leftOut(sums) : sums });
    }
    return tally;
  };
  const own = known(plan.days);
  const tally = tallyOf(compiled, own, levelOf);
  const tooSmall = plan.before.length > 0 && tally.value !== null && tally.n < compiled.target.minimumSample;
  return tooSmall ? tallyOf(compiled, [...known(plan.before), ...own], levelOf, true) : tally;
}

/** A day without any of its intervals: all of them are left out. */
function leftOut(sums: DaySums): DaySums {
  const excluded = sums.excluded + sums.intervals + sums.incomplete;
  const totals = sums.totals.map(() => 0);
  return { ...sums, intervals: 0, incomplete: 0, excluded, judged: 0, passed: 0, totals, lastStartMs: null, claim: null };
}

/** Evaluates one window of one target from the counts of its days. Days before or after the version's term are in no sum. */
export function evaluateWindow(input: WindowEvaluation, window: VerdictWindow): Verdict {
  const { context, compiled } = input;
  const plan = planOf(input, window);
  const band = bandOf(input, plan.before.length > 0 ? [...plan.before, ...plan.days] : plan.days);
  const adjusted = tallyCount(input, plan, "adjusted", band);
  // The other counts join the window before exactly when this one does, unless its own days differ, and then they are told anyway.
  const days = adjusted.joined ? [...plan.before, ...plan.days] : plan.days;
  let [isTouched, isClaimed] = [false, false];
  for (const day of days) {
    const counts = input.countsOf(day);
    isTouched ||= band?.changes(day) === true || (counts !== undefined && counts.adjusted !== null);
    // What the band leaves out already, no claim can take away.
    isClaimed ||= counts !== undefined && counts.ifAllAccepted !== null && band?.isLeftOut(day) !== true;
  }
  return evaluate({
    agreement: context.agreement,
    term: context.term,
    compiled,
    window,
    says: plan.says,
    adjusted,
    recomputed: isTouched ? tallyCount(input, plan, "recomputed", null) : null,
    ifAllAccepted: isClaimed ? tallyCount(input, plan, "ifAllAccepted", band) : null,
    notes: band?.notesOn(days) ?? [],
    measured: plan.days.some((day) => isMeasured(compiled.scope, day)),
    intervalMs: context.intervalMs(compiled.target.feed),
    receivedMs: input.receivedMs,
    silentSinceMs: input.silentSinceMs,
  });
}
