import type { VerdictStatus } from "../agreement/verdict.ts";
import type { Alert, AlertSubject, AlertTransition } from "./alert.ts";

/** What the evidence says now. `frozen` is no evidence: it never raises and never resolves. */
export type Signal = "clear" | "warning" | "critical" | "frozen";

export interface SignalEvent {
  readonly agreementId: string;
  readonly subject: AlertSubject;
  readonly signal: Signal;
  readonly headline: string;
  /** Whom a warning is for, where that is one side only. What is critical is for both. */
  readonly audience?: "provider";
  readonly nowMs: number;
}

const BY_SYSTEM = "Accord";

/** Which signal a verdict gives. Silence and small samples freeze an alert; only evidence resolves it. */
export function signalOf(status: VerdictStatus): Signal {
  switch (status) {
    case "met":
    case "not-counted":
      return "clear";
    case "at-risk":
      return "warning";
    case "missed":
      return "critical";
    case "not-proven":
    case "no-data":
    case "not-derivable":
      return "frozen";
  }
}

/** Names the series of episodes of one subject, e.g. `service-level.day.2026-11-20` or `feed.calls`. */
export function subjectKey(subject: AlertSubject): string {
  if (subject.kind === "target") return `${subject.targetId}.${subject.window}.${subject.start}`;
  if (subject.kind === "restatement") return `restatement.${subject.receipt}`;
  return `${subject.kind}.${subject.kind === "pipeline" ? subject.fromMs : subject.feed}`;
}

/** One id per agreement, rule, scope and episode, the same on every machine (invariant I5). */
export function alertId(subject: AlertSubject, episode: number): string {
  return `${subjectKey(subject)}.${episode}`;
}

function step(alert: Alert, transition: Omit<AlertTransition, "seq">, change: Partial<Alert>): Alert {
  const seq = alert.seq + 1;
  return { ...alert, ...change, seq, changedAtMs: transition.atMs, history: [...alert.history, { ...transition, seq }] };
}

function raise(event: SignalEvent, episode: number, severity: "warning" | "critical"): Alert {
  const { agreementId, subject, headline, nowMs, audience } = event;
  return {
    ...(audience === undefined || severity === "critical" ? {} : { audience }),
    id: alertId(subject, episode),
    agreementId,
    subject,
    episode,
    status: "open",
    severity,
    seq: 1,
    headline,
    raisedAtMs: nowMs,
    changedAtMs: nowMs,
    acknowledgement: null,
    resolution: null,
    history: [{ seq: 1, kind: "raised", atMs: nowMs, by: BY_SYSTEM, note: headline }],
  };
}

/**
 * Moves the latest episode of a subject by one piece of evidence.
 *
 * @param latest the subject's latest episode, or `null` if it never had one.
 * @returns the changed or new alert, or `null` when nothing changes. A resolved episode is never reopened: the next
 *   breach is a new episode. A rise to critical takes an acknowledgement away, because it was given for less.
 */
export function onSignal(latest: Alert | null, event: SignalEvent): Alert | null {
  const { signal, headline, nowMs } = event;
  if (signal === "frozen") return null;
  if (latest === null || latest.status === "resolved") return signal === "clear" ? null : raise(event, (latest?.episode ?? 0) + 1, signal);
  const at = { atMs: nowMs, by: BY_SYSTEM, note: headline };
  if (signal === "clear") {
    return step(latest, { ...at, kind: "resolved" }, { status: "resolved", headline, resolution: { atMs: nowMs, reason: headline } });
  }
  if (signal === latest.severity) return null;
  if (signal === "critical")
    return step(
      latest,
      { ...at, kind: "worsened" },
      {
        status: "open",
        severity: "critical",
        audience: undefined,
        headline,
        acknowledgement: null,
      },
    );
  // The next morning a silent feed is late once more; that is no evidence that it delivers again.
  if (latest.subject.kind === "feed") return null;
  return step(latest, { ...at, kind: "eased" }, { severity: "warning", headline });
}

/** What has happened cannot un-happen: no evidence will ever clear it, so that it is over when somebody has seen it. */
function isOccurrence({ kind }: AlertSubject): boolean {
  return kind === "restatement" || kind === "corrections" || kind === "pipeline";
}

export type AcknowledgeResult =
  | { readonly kind: "done"; readonly alert: Alert }
  | { readonly kind: "stale"; readonly alert: Alert }
  | { readonly kind: "late"; readonly alert: Alert };

/**
 * A person takes an alert on. `stale` when it moved since they looked (someone was faster, or it got worse),
 * `late` when it had resolved; in both cases nothing changes and the caller learns the present state.
 */
export function acknowledge(alert: Alert, by: string, note: string, at: { expectedSeq: number; nowMs: number }): AcknowledgeResult {
  if (alert.status === "resolved") return { kind: "late", alert };
  if (alert.seq !== at.expectedSeq) return { kind: "stale", alert };
  const acknowledgement = { by, atMs: at.nowMs, note };
  const seen = isOccurrence(alert.subject)
    ? { status: "resolved" as const, resolution: { atMs: at.nowMs, reason: `${by} has seen it` } }
    : { status: "acknowledged" as const };
  return {
    kind: "done",
    alert: step(alert, { kind: "acknowledged", atMs: at.nowMs, by, note }, { ...seen, acknowledgement }),
  };
}
