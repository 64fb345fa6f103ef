import type { Redis } from "ioredis";
import type { AgreementHistory } from "../../shared/agreement/history.ts";
import { Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import { windowsTouched } from "../../shared/agreement/windows.ts";
import { type SignalEvent, subjectKey } from "../../shared/alerts/transition.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Write } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readLatestAlerts } from "./alert-moves.ts";
import { type EvaluationOutcome, verdictEntry } from "./evaluation.ts";

/** Whether any version still judges this target in this window. */
function isJudged(history: AgreementHistory, { targetId, window }: Verdict, nowMs: number): boolean {
  return history.versions.some((context) => {
    const compiled = context.targets.find(({ target }) => target.id === targetId);
    if (compiled?.target.windows.includes(window.kind) !== true) return false;
    return windowsTouched(context, compiled, [window.start], nowMs).some(
      ({ kind, start }) => kind === window.kind && start === window.start,
    );
  });
}

/** What stands in the place of a verdict that no version in force asks for any more. */
function retired({ history }: StoredAgreement, verdict: Verdict): Verdict {
  const { agreement } = history.contextOn(verdict.window.start) ?? history.latest;
  const reason = `Version ${agreement.version} has no such target or window.`;
  const nothing = { value: null, n: 0, needed: null, interval: null, fed: null, default: null, recomputed: null, ifAllAccepted: null };
  return sealVerdict(
    {
      ...verdict,
      ...nothing,
      version: agreement.version,
      window: { ...verdict.window, open: false },
      status: "not-counted",
      belowMinimum: false,
      reason,
      trace: [reason],
    },
    sha256,
  );
}

function nameOf({ history }: StoredAgreement, targetId: string): string {
  const compiled = history.versions.flatMap(({ targets }) => targets).find(({ target }) => target.id === targetId);
  return compiled?.target.name ?? targetId;
}

/**
 * Once after each change of the versions in force: published verdicts of targets or windows that no version has any more
 * become "not counted", and their alerts resolve.
 */
export async function retireVerdicts(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<EvaluationOutcome> {
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  const published = (await redis.hvals(keys.verdicts)).map((text) => Verdict.parse(JSON.parse(text)));
  const gone = published.filter((verdict) => !isJudged(stored.history, verdict, nowMs)).map((verdict) => retired(stored, verdict));
  const changed = gone.filter(({ hash }) => !published.some((before) => before.hash === hash));
  const subject = ({ targetId, window }: Verdict) => ({ kind: "target", targetId, window: window.kind, start: window.start }) as const;
  const latestAlerts = await readLatestAlerts(
    redis,
    id,
    changed.map((verdict) => subjectKey(subject(verdict))),
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
    signals: changed.map((verdict): SignalEvent => ({
      agreementId: id,
      subject: subject(verdict),
      signal: "clear",
      headline: `${nameOf(stored, verdict.targetId)} not counted: ${verdict.reason}`,
      nowMs,
    })),
    latestAlerts,
  };
}
