import type { VerdictWindow } from "../../shared/agreement/verdict.ts";
import { spendRulesOf, type SpendRule } from "../../shared/alerts/rules/spend-rules.ts";
import { allowedMisses, spendSignal, watchedKind } from "../../shared/alerts/rules/spend-signal.ts";
import { mayBeOverspent, type Piece, type Spending } from "../../shared/alerts/rules/spending.ts";
import { addDays } from "../../shared/calendar/day.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import type { AlertSubject } from "../../shared/alerts/subject.ts";
import { historyDaysOf, type KnownDay, knownDays } from "../../shared/outlook/known-days.ts";
import { unitsOfDay } from "../../shared/outlook/day-units.ts";
import type { KnownState } from "../../shared/store/alert-states.ts";
import { ownDays } from "../../shared/outlook/situation.ts";
import type { Counted } from "./day-counts-source.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";
import { inputOf, type Judged } from "./judge.ts";
import { standingOf } from "./outlook-signals.ts";
import type { Plan } from "./plan.ts";

/** The rules of a target in the windows whose budget is watched. */
function rulesOf({ context, compiled }: Counted, kind: VerdictWindow["kind"]): SpendRule[] {
  const allowed = watchedKind(compiled) === kind ? allowedMisses(compiled, compiled) : null;
  return allowed === null ? [] : spendRulesOf(context.agreement.alerts, allowed);
}

function subjectOf(targetId: string, { kind, start }: Pick<VerdictWindow, "kind" | "start">, { id }: SpendRule): AlertSubject {
  return { kind: "spend", targetId, window: kind, start, rule: id };
}

/** What may be told of the budget of a window. */
export function spendSubjects(counted: Counted, window: Pick<VerdictWindow, "kind" | "start">): AlertSubject[] {
  return rulesOf(counted, window.kind).map((rule) => subjectOf(counted.compiled.target.id, window, rule));
}

interface Budgeted {
  readonly request: EvaluationRequest;
  readonly plan: Plan;
  readonly judged: Judged;
}

function missesOf({ compiled }: Counted, { num, n }: { readonly num: number; readonly n: number }): { n: number; bad: number } {
  const bad = compiled.target.direction === "at-least" ? n - num : num;
  return { n, bad: Math.min(n, Math.max(0, bad)) };
}

/** The window's budget and its days so far. */
function spendingOf({ request, plan, judged: { verdict, outlook } }: Budgeted): Spending | null {
  const { compiled, context } = plan;
  const allowed = allowedMisses(compiled, verdict);
  if (outlook === null || outlook.remaining === null || outlook.budget === null || allowed === null) return null;
  const { window, asOfMs } = verdict;
  const input = { ...inputOf(request, plan), verdict, compiledOn: plan.compiledOn };
  const untilMs = asOfMs ?? window.fromMs;
  const own = ownDays(input, context.calendar.planOf(window).days, untilMs);
  const earlier = knownDays(input, historyDaysOf(window.start), untilMs);
  const inPieces = (days: readonly KnownDay[]): Piece[] =>
    days.filter(({ n }) => n > 0).map((day): Piece => ({ at: day.at, ...missesOf(plan, day) }));
  return { pieces: inPieces(own), earlier: inPieces(earlier), volume: outlook.n + outlook.remaining.expected, allowed };
}

/** The same with the latest day cut into its half hours, where it can be. */
async function lookCloser({ request, plan }: Budgeted, spending: Spending): Promise<Spending> {
  const last = spending.pieces.at(-1);
  if (last === undefined || plan.compiled.target.aggregation.by !== "ratio-of-sums") return spending;
  const counted = await request.source.piecesOf(plan, addDays("1970-01-01", last.at));
  const pieces = counted.flatMap((counts): Piece[] => {
    const units = unitsOfDay(plan.compiled, counts.adjusted ?? counts.recomputed);
    return units === null || units.n === 0 ? [] : [{ at: last.at, ...missesOf(plan, units) }];
  });
  return pieces.length === 0 ? spending : { ...spending, pieces: [...spending.pieces.slice(0, -1), ...pieces] };
}

/** What the budget rules say of a window that has just been judged. Single intervals are looked at only where a rule may be met. */
export async function spendSignals(
  request: EvaluationRequest,
  plan: Plan,
  judged: Judged,
  states: ReadonlyMap<string, KnownState>,
): Promise<SignalEvent[]> {
  const { stored, nowMs } = request;
  const { verdict, outlook } = judged;
  const rules = rulesOf(plan, verdict.window.kind);
  if (rules.length === 0 || verdict.window.toMs <= stored.sinceMs) return [];
  const watched = { agreementId: stored.agreement.id, compiled: plan.compiled, verdict, outlook, nowMs };
  const standing = new Map(rules.map((rule) => [rule, standingOf(states, subjectOf(verdict.targetId, verdict.window, rule))]));
  const coarse = spendingOf({ request, plan, judged });
  const isClose = coarse !== null && rules.some((rule) => standing.get(rule) !== null || mayBeOverspent(rule, coarse));
  const spending = isClose ? await lookCloser({ request, plan, judged }, coarse) : coarse;
  return rules.map((rule) => spendSignal(watched, rule, standing.get(rule) ?? null, spending));
}
