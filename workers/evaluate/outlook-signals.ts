import type { AlertSeverity } from "../../shared/agreement/alert-clauses.ts";
import type { VerdictWindow } from "../../shared/agreement/verdict.ts";
import { missLevelsOf } from "../../shared/alerts/rules/miss-levels.ts";
import { noReturnSignal } from "../../shared/alerts/rules/no-return-signal.ts";
import { outlookSignal } from "../../shared/alerts/rules/outlook-signal.ts";
import { looksAhead, type WatchedWindow } from "../../shared/alerts/rules/watched-window.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../shared/alerts/subject.ts";
import type { KnownState } from "../../shared/store/alert-states.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";
import type { Judged } from "./judge.ts";
import type { Plan } from "./plan.ts";

/** What may be told of a window before it is over, beside its verdict. */
export function outlookSubjects(targetId: string, { kind, start }: Pick<VerdictWindow, "kind" | "start">): AlertSubject[] {
  if (!looksAhead(kind)) return [];
  const window = { targetId, window: kind, start };
  return [
    { kind: "outlook", ...window },
    { kind: "no-return", ...window },
  ];
}

type States = ReadonlyMap<string, KnownState>;

/** What is told of a subject now. */
export function standingOf(states: States, subject: AlertSubject): AlertSeverity | null {
  const track = states.get(subjectKey(subject))?.track;
  return track?.signal === "firing" || track?.signal === "recovering" ? track.severity : null;
}

/** What looking ahead says of a window that has just been judged. */
export function outlookSignals(
  { stored, nowMs }: Pick<EvaluationRequest, "stored" | "nowMs">,
  { compiled, context }: Pick<Plan, "compiled" | "context">,
  { verdict, outlook }: Judged,
  states: States,
): SignalEvent[] {
  const { window } = verdict;
  if (window.toMs <= stored.sinceMs) return [];
  const watched: WatchedWindow = { agreementId: stored.agreement.id, compiled, verdict, outlook, nowMs };
  const levels = missLevelsOf(context.agreement.alerts);
  return outlookSubjects(verdict.targetId, window).map((subject) => {
    const standing = standingOf(states, subject);
    return subject.kind === "outlook" ? outlookSignal(watched, standing, levels) : noReturnSignal(watched, standing, levels);
  });
}
