import type { Redis } from "ioredis";
import type { AgreementHistory } from "../../shared/agreement/history.ts";
import { Verdict, verdictKey, type VerdictWindow } from "../../shared/agreement/verdict.ts";
import { windowsTouched } from "../../shared/agreement/windows.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../shared/alerts/subject.ts";
import { retireVerdict } from "../../shared/ledger/retire-verdict.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readStates } from "../../shared/store/alert-states.ts";
import type { Write } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import type { ClosedIn } from "./closed-periods.ts";
import { type EvaluationOutcome, verdictEntry } from "./evaluation.ts";
import { outlookSubjects } from "./outlook-signals.ts";
import { spendSubjects } from "./spend-signals.ts";

/** Published verdicts that a change of the versions in force leaves behind. */
export interface Leftovers {
  /** No version has the target or the window any more. */
  readonly gone: readonly Verdict[];
  /** The window is another version's now, or ends on another day: to be judged again. */
  readonly stale: readonly Verdict[];
}

/** The window of a verdict as the version that governs its first day has it. */
function standing(
  history: AgreementHistory,
  { targetId, window }: Verdict,
  nowMs: number,
): { version: number; window: VerdictWindow } | null {
  const context = history.contextOn(window.start);
  const compiled = context?.targets.find(({ target }) => target.id === targetId);
  if (context === undefined || compiled?.target.windows.includes(window.kind) !== true) return null;
  const touched = windowsTouched(context, compiled, [window.start], nowMs);
  const found = touched.find(({ kind, start }) => kind === window.kind && start === window.start);
  return found === undefined ? null : { version: context.agreement.version, window: found };
}

export interface LeftoversQuery {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly nowMs: number;
  /** Verdicts of closed periods stay as they were signed. */
  readonly closedIn: ClosedIn;
}

/** Looks through everything published, once after each change of the versions in force. */
export async function readLeftovers({ redis, stored, nowMs, closedIn }: LeftoversQuery): Promise<Leftovers> {
  const { agreement, history } = stored;
  const published = await redis.hvals(agreementKeys(agreement.id).verdicts);
  const [gone, stale]: [Verdict[], Verdict[]] = [[], []];
  for (const text of published) {
    const verdict = Verdict.parse(JSON.parse(text));
    const found = standing(history, verdict, nowMs);
    if (found === null && closedIn(verdict.window) !== null) continue;
    if (found === null) gone.push(verdict);
    else if (found.version !== verdict.version || found.window.toMs !== verdict.window.toMs) stale.push(verdict);
  }
  return { gone, stale };
}

/** What stands in the place of a verdict that no version in force asks for any more. */
function retired({ history }: StoredAgreement, verdict: Verdict): Verdict {
  const { agreement } = history.contextOn(verdict.window.start) ?? history.latest;
  return retireVerdict(verdict, agreement.version, sha256);
}

function nameOf({ history }: StoredAgreement, targetId: string): string {
  const compiled = history.versions.flatMap(({ targets }) => targets).find(({ target }) => target.id === targetId);
  return compiled?.target.name ?? targetId;
}

/** The budget rules that any version has for a window. */
function budgetsOf({ history }: StoredAgreement, { targetId, window }: Verdict): AlertSubject[] {
  return history.versions.flatMap((context) => {
    const compiled = context.targets.find(({ target }) => target.id === targetId);
    return compiled === undefined ? [] : spendSubjects({ context, compiled }, window);
  });
}

/** Verdicts that no version asks for any more become "not counted", and their alerts resolve. */
export async function retireVerdicts(
  redis: Redis,
  stored: StoredAgreement,
  { gone }: Leftovers,
  nowMs: number,
): Promise<EvaluationOutcome> {
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  const changed = gone.map((verdict) => retired(stored, verdict)).filter(({ hash }, i) => hash !== gone[i]?.hash);
  const subjectsOf = (verdict: Verdict): AlertSubject[] => [
    { kind: "target", targetId: verdict.targetId, window: verdict.window.kind, start: verdict.window.start },
    ...outlookSubjects(verdict.targetId, verdict.window),
    ...budgetsOf(stored, verdict),
  ];
  const states = await readStates(
    redis,
    id,
    changed.flatMap((verdict) => subjectsOf(verdict).map(subjectKey)),
  );
  return {
    writes: changed.flatMap((verdict): Write[] => {
      const name = verdictKey(verdict.targetId, verdict.window);
      return [
        ["HSET", keys.verdicts, name, JSON.stringify(verdict)],
        ["HDEL", keys.outlooks, name],
      ];
    }),
    events: changed.map((verdict) => ({ kind: "verdict:changed", verdict })),
    ledger: changed.map((verdict) => verdictEntry(id, verdict, nowMs)),
    signals: changed.flatMap((verdict) => {
      const headline = `${nameOf(stored, verdict.targetId)} not counted: ${verdict.reason}`;
      return subjectsOf(verdict).map((subject): SignalEvent => ({
        agreementId: id,
        subject,
        signal: "clear",
        headline,
        nowMs,
        version: verdict.version,
      }));
    }),
    changes: [],
    states,
  };
}
