import type { AlertSeverity } from "../agreement/alert-clauses.ts";
import type { Alert, AlertTransition } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { BY_SYSTEM, push } from "./push.ts";
import { isWorse } from "./signal-event.ts";
import { type AlertSubject, subjectKey } from "./subject.ts";

/** One id per agreement, rule, scope and episode, the same on every machine (invariant I5). */
export function alertId(subject: AlertSubject, episode: number): string {
  return `${subjectKey(subject)}.${episode}`;
}

/** An alert as nobody has answered it: the first step of the chain, from now. */
export function asked(alert: Alert, atMs: number, policy: DutyPolicy): Partial<Alert> {
  const first = policy.chain(alert.severity)[0];
  const escalateAtMs = first === undefined || alert.parent !== null ? null : policy.after(atMs, first.withinMs, alert.severity);
  return { status: "open", acknowledgement: null, snooze: null, level: 0, repeats: 0, escalateAtMs };
}

export interface Finding {
  readonly severity: AlertSeverity;
  readonly headline: string;
  readonly audience: "provider" | undefined;
  readonly atMs: number;
}

function audienceOf({ severity, audience }: Finding): Pick<Alert, "audience"> {
  return severity === "warning" && audience !== undefined ? { audience } : { audience: undefined };
}

/** Begins an episode. */
export function raise(
  about: { readonly agreementId: string; readonly subject: AlertSubject; readonly episode: number },
  finding: Finding,
  policy: DutyPolicy,
): Alert {
  const { severity, headline, atMs } = finding;
  const alert: Alert = {
    ...audienceOf(finding),
    ...about,
    id: alertId(about.subject, about.episode),
    status: "open",
    signal: "firing",
    severity,
    peak: severity,
    seq: 1,
    headline,
    raisedAtMs: atMs,
    changedAtMs: atMs,
    frozenSinceMs: null,
    flapping: false,
    reopened: 0,
    level: 0,
    repeats: 0,
    escalateAtMs: null,
    owner: null,
    cause: null,
    acknowledgement: null,
    snooze: null,
    resolution: null,
    restated: null,
    parent: null,
    ratings: {},
    history: [{ seq: 1, kind: "raised", atMs, by: BY_SYSTEM, note: headline }],
  };
  return { ...alert, ...asked(alert, atMs, policy) };
}

/** The same episode again: whoever saw to it is kept, what they had acknowledged is not. */
export function reopen(alert: Alert, finding: Finding, policy: DutyPolicy): Alert {
  const { severity, headline, atMs } = finding;
  const again = { ...alert, severity };
  return push(
    alert,
    { kind: "reopened", atMs, by: BY_SYSTEM, note: headline },
    {
      ...asked(again, atMs, policy),
      ...audienceOf(finding),
      signal: "firing",
      severity,
      peak: worst(alert, severity),
      headline,
      resolution: null,
      restated: null,
      reopened: alert.reopened + 1,
    },
  );
}

function worst({ peak, severity }: Alert, other: AlertSeverity): AlertSeverity {
  const known = peak ?? severity;
  return isWorse(other, known) ? other : known;
}

/** A change of severity: a rise takes acknowledgement and snooze away, because they were given for less; a fall keeps them. */
export function regrade(alert: Alert, finding: Finding, policy: DutyPolicy): Alert {
  const { severity, headline, atMs } = finding;
  if (severity === alert.severity) return alert;
  const at = { atMs, by: BY_SYSTEM, note: headline };
  if (isWorse(severity, alert.severity)) {
    const worse = { ...alert, severity };
    const change = { ...asked(worse, atMs, policy), ...audienceOf(finding), severity, peak: worst(alert, severity), headline };
    return push(alert, { ...at, kind: "worsened" }, change);
  }
  // The next morning a silent feed is late once more; that is no evidence that it delivers again.
  if (alert.subject.kind === "feed") return alert;
  return push(alert, { ...at, kind: "eased" }, { severity, headline });
}

/** Ends an episode by evidence. */
export function end(alert: Alert, transition: Pick<AlertTransition, "kind" | "atMs" | "note">, restated: "voided" | null = null): Alert {
  const { atMs, note } = transition;
  return push(
    alert,
    { ...transition, by: BY_SYSTEM },
    {
      status: "resolved",
      signal: "clear",
      headline: note,
      snooze: null,
      escalateAtMs: null,
      flapping: false,
      frozenSinceMs: null,
      resolution: { atMs, reason: note },
      ...(restated === null ? {} : { restated }),
    },
  );
}
