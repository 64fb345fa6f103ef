import type { AlertSeverity } from "../agreement/alert-clauses.ts";
import type { Party } from "../settlement/party.ts";
import type { Alert, AlertTransition } from "./alert.ts";
import type { DutyPolicy, Rung } from "./duty-policy.ts";
import { BY_SYSTEM, push } from "./push.ts";
import { isWorse } from "./signal-event.ts";
import { type AlertSubject, subjectKey } from "./subject.ts";

/** One id per agreement, rule, scope and episode, the same on every machine (invariant I5). */
export function alertId(subject: AlertSubject, episode: number): string {
  return `${subjectKey(subject)}.${episode}`;
}

type Concerned = Pick<Alert, "severity" | "audience" | "party">;
type Asked = Concerned & Pick<Alert, "parent" | "told">;

/** Who must answer an alert, step by step: the agreement's chain, begun with whoever must act, without the side it is not for. */
export function chainOf({ severity, audience, party }: Concerned, policy: DutyPolicy): readonly Rung[] {
  return policy.chain(severity, party).filter(({ to }) => audience === undefined || to === audience);
}

/** The roles asked so far, and one more; whoever is not notified of an alert, because another stands for it, is not asked. */
export function toldOf({ told = [], parent }: Asked, rung: Rung | undefined): NonNullable<Alert["told"]> {
  return rung === undefined || parent !== null || told.includes(rung.to) ? told : [...told, rung.to];
}

/** An alert as nobody has answered it: the first step of the chain, from now. */
export function asked(alert: Asked, atMs: number, policy: DutyPolicy): Partial<Alert> {
  const first = chainOf(alert, policy)[0];
  const escalateAtMs = first === undefined || alert.parent !== null ? null : policy.after(atMs, first.withinMs, alert.severity);
  return { status: "open", acknowledgement: null, snooze: null, level: 0, repeats: 0, escalateAtMs, told: toldOf(alert, first) };
}

export interface Finding {
  readonly severity: AlertSeverity;
  readonly headline: string;
  readonly audience: "provider" | undefined;
  readonly party?: Party | undefined;
  readonly atMs: number;
  /** Whether the signal is known to go up and down. */
  readonly flapping: boolean;
  /** Whether its reason is another than was told before. */
  readonly isNews?: boolean;
}

function isForProvider({ severity, audience }: Finding): boolean {
  return severity === "warning" && audience !== undefined;
}

/** Begins an episode. */
export function raise(
  { agreementId, subject, episode }: Pick<Alert, "agreementId" | "subject" | "episode">,
  finding: Finding,
  policy: DutyPolicy,
): Alert {
  const { severity, headline, atMs } = finding;
  const alert: Alert = {
    ...(isForProvider(finding) ? { audience: "provider" } : {}),
    ...(finding.party === undefined ? {} : { party: finding.party }),
    id: alertId(subject, episode),
    agreementId,
    subject,
    episode,
    status: "open",
    signal: "firing",
    severity,
    peak: severity,
    seq: 1,
    headline,
    raisedAtMs: atMs,
    changedAtMs: atMs,
    frozenSinceMs: null,
    flapping: finding.flapping,
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

function worst({ peak, severity }: Alert, other: AlertSeverity): AlertSeverity {
  const known = peak ?? severity;
  return isWorse(other, known) ? other : known;
}

/** What a finding makes of an alert that nobody has answered. What both sides have seen does not vanish for one of them. */
function found(alert: Alert, finding: Finding, policy: DutyPolicy): Partial<Alert> {
  const { severity, headline, party, atMs } = finding;
  const audience = isForProvider(finding) ? alert.audience : undefined;
  return {
    ...asked({ ...alert, severity, audience, party }, atMs, policy),
    audience,
    party,
    severity,
    peak: worst(alert, severity),
    headline,
  };
}

/** The same episode again: whoever saw to it is kept, what they had acknowledged is not. */
export function reopen(alert: Alert, finding: Finding, policy: DutyPolicy): Alert {
  const { headline, atMs, flapping } = finding;
  const again = {
    signal: "firing",
    resolution: null,
    restated: null,
    flapping,
    reopened: alert.reopened + 1,
  } as const;
  return push(alert, { kind: "reopened", atMs, by: BY_SYSTEM, note: headline }, { ...found(alert, finding, policy), ...again });
}

function widens({ audience }: Alert, finding: Finding): boolean {
  return audience !== undefined && !isForProvider(finding);
}

/** The escalation of what is open goes on as the lesser severity asks; an answer and its promise stand. */
function eased(alert: Alert, { severity, headline, atMs }: Finding, policy: DutyPolicy): Alert {
  const rungs = chainOf({ ...alert, severity }, policy);
  const level = Math.min(alert.level, Math.max(rungs.length - 1, 0));
  const rung = rungs[level];
  const isWaiting = alert.status === "open" && alert.escalateAtMs !== null && rung !== undefined;
  const change = isWaiting ? { level, escalateAtMs: policy.after(atMs, rung.withinMs, severity) } : {};
  return push(alert, { kind: "eased", atMs, by: BY_SYSTEM, note: headline }, { ...change, severity, headline });
}

/**
 * A change of severity, or of whom it is for: a rise takes acknowledgement and snooze away, because they were given for less; a
 * fall keeps them, and so does another reason, which is told. While it goes up and down, the worst stands.
 */
export function regrade(alert: Alert, finding: Finding, policy: DutyPolicy): Alert {
  const { severity, headline, atMs } = finding;
  if (isWorse(severity, alert.severity) || (severity === alert.severity && widens(alert, finding)))
    return push(alert, { kind: "worsened", atMs, by: BY_SYSTEM, note: headline }, found(alert, finding, policy));
  if (severity === alert.severity && finding.isNews === true && !finding.flapping)
    return push(alert, { kind: "changed", atMs, by: BY_SYSTEM, note: headline }, { headline });
  // The next morning a silent feed is late once more; that is no evidence that it delivers again.
  if (severity === alert.severity || finding.flapping || alert.subject.kind === "feed") return alert;
  return eased(alert, finding, policy);
}

/** Ends an episode by evidence. */
export function end(alert: Alert, { kind, atMs, note }: Pick<AlertTransition, "kind" | "atMs" | "note">): Alert {
  return push(
    alert,
    { kind, atMs, note, by: BY_SYSTEM },
    {
      status: "resolved",
      signal: "clear",
      headline: note,
      snooze: null,
      escalateAtMs: null,
      flapping: false,
      frozenSinceMs: null,
      resolution: { atMs, reason: note },
      ...(kind === "voided" ? { restated: kind } : {}),
    },
  );
}
