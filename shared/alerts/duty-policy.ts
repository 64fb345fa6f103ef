import type { Agreement } from "../agreement/agreement.ts";
import type { AlertSeverity, DutyRole } from "../agreement/alert-clauses.ts";
import type { Party } from "../settlement/party.ts";
import type { AlertSubject } from "./subject.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface Rung {
  readonly to: DutyRole;
  readonly withinMs: number;
  /** The role that was agreed, where nobody has it. */
  readonly insteadOf?: DutyRole;
}

/** How long evidence must last before it counts. */
export interface SignalTerms {
  readonly holdMs: number;
  /** A breach is told as well when `n` of the last `m` evaluations were breaches. */
  readonly ofLast: { readonly n: number; readonly m: number };
  readonly keepMs: number;
  readonly reopenMs: number;
}

/** What an agreement version says of alerts, with the usual values where it says nothing. */
export interface DutyPolicy {
  readonly version: number;
  terms(subject: AlertSubject): SignalTerms;
  /** Who is asked, step by step, beginning with the side that must act where only one can. */
  chain(severity: AlertSeverity, party?: Party): readonly Rung[];
  /** How long an acknowledgement lasts at most. */
  acknowledgedForMs(severity: AlertSeverity): number;
  /** How long after the last rung, or the repetition before, it is told once more; `null` when enough was said. */
  repeatAfterMs(severity: AlertSeverity, repeats: number): number | null;
  /** When a time to answer that began at `fromMs` is over: what is critical never waits for opening hours. */
  after(fromMs: number, ms: number, severity: AlertSeverity): number;
}

/** Moves an instant on by a length of service time. */
export type ServiceTime = (fromMs: number, ms: number) => number;

const CHAINS: Readonly<Record<AlertSeverity, readonly Rung[]>> = {
  critical: [
    { to: "provider", withinMs: 15 * MINUTE_MS },
    { to: "qa-lead", withinMs: 15 * MINUTE_MS },
    { to: "client-manager", withinMs: 30 * MINUTE_MS },
  ],
  high: [
    { to: "provider", withinMs: HOUR_MS },
    { to: "qa-lead", withinMs: 2 * HOUR_MS },
    { to: "client-manager", withinMs: 4 * HOUR_MS },
  ],
  warning: [
    { to: "provider", withinMs: 4 * HOUR_MS },
    { to: "qa-lead", withinMs: DAY_MS },
  ],
};
/** Who may do for a side what the agreement wants done: sign, claim, decide. */
const ACTS: Readonly<Record<Party, DutyRole>> = { client: "client-manager", provider: "provider" };
const DEPUTIES: Readonly<Record<DutyRole, DutyRole | null>> = {
  provider: null,
  "qa-lead": "client-manager",
  "client-manager": "qa-lead",
};
const ACKNOWLEDGED_FOR: Readonly<Record<AlertSeverity, number>> = { critical: 2 * HOUR_MS, high: 8 * HOUR_MS, warning: DAY_MS };
const REPEAT_EVERY: Readonly<Record<AlertSeverity, number>> = { critical: HOUR_MS, high: 4 * HOUR_MS, warning: DAY_MS };
/** After so many an hourly reminder is no longer read: what is critical goes on once a day, the rest is left in the list. */
const REPEATED_OFTEN: Readonly<Record<AlertSeverity, number>> = { critical: 12, high: 6, warning: 3 };
const REOPEN_DAY_MS = HOUR_MS;
const REOPEN_LONGER_MS = DAY_MS;
const OF_LAST = { n: 3, m: 5 } as const;

function msOf(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: "millisecond" });
}

/** A figure may be bad by chance for a while. A probability has weighed that; silence, a date and what has happened need no waiting. */
function isMeasured({ kind }: AlertSubject): boolean {
  return kind === "target" || kind === "spend";
}

function reopenMs(subject: AlertSubject): number {
  const isLong = subject.kind === "drift" || subject.kind === "question" || ("window" in subject && subject.window !== "day");
  return isLong ? REOPEN_LONGER_MS : REOPEN_DAY_MS;
}

/** The chain with those first who must act, within the time that it gives them or, where it leaves them out, its first step. */
function begunWith(role: DutyRole, chain: readonly Rung[]): readonly Rung[] {
  const own = chain.find(({ to }) => to === role) ?? chain[0];
  return own === undefined ? chain : [{ ...own, to: role }, ...chain.filter((rung) => rung !== own || rung.to !== role)];
}

/**
 * The chain among those who are there: a step to a role that nobody has goes to the other role of the same side, which is then not
 * asked once more at its own. Where that has nobody either it stays, because the side's channels hear of it.
 */
function amongPeople(chain: readonly Rung[], vacant: readonly DutyRole[]): readonly Rung[] {
  const steps = chain.map((rung): Rung => {
    const to = vacant.includes(rung.to) ? DEPUTIES[rung.to] : null;
    return to === null || vacant.includes(to) ? rung : { to, withinMs: rung.withinMs, insteadOf: rung.to };
  });
  const isAsked = (rung: Rung, before: Rung): boolean => before.to === rung.to && (before.insteadOf ?? rung.insteadOf) !== undefined;
  return steps.filter((rung, i) => !steps.slice(0, i).some((before) => isAsked(rung, before)));
}

/** The clauses of a version, and which of its roles nobody has now. */
export interface DutyTerms extends Pick<Agreement, "version" | "alerts"> {
  readonly vacant?: readonly DutyRole[] | undefined;
}

/** Reads the alert clauses of an agreement version. Times to answer pass in service hours where it says so. */
export function dutyPolicy({ version, alerts, vacant = [] }: DutyTerms, serviceTime: ServiceTime): DutyPolicy {
  const isAlways = alerts?.hours === "always";
  return {
    version,
    terms: (subject) => ({
      holdMs: alerts?.hold === undefined || !isMeasured(subject) ? 0 : msOf(alerts.hold),
      ofLast: OF_LAST,
      keepMs: alerts?.keepFiring === undefined || !("window" in subject) ? 0 : msOf(alerts.keepFiring),
      reopenMs: alerts?.reopenWithin === undefined ? reopenMs(subject) : msOf(alerts.reopenWithin),
    }),
    chain: (severity, party) => {
      const agreed = alerts?.escalation[severity]?.map(({ to, within }) => ({ to, withinMs: msOf(within) })) ?? CHAINS[severity];
      return amongPeople(party === undefined ? agreed : begunWith(ACTS[party], agreed), vacant);
    },
    acknowledgedForMs: (severity) => {
      const agreed = alerts?.acknowledgedFor[severity];
      return agreed === undefined ? ACKNOWLEDGED_FOR[severity] : msOf(agreed);
    },
    repeatAfterMs: (severity, repeats) => {
      if (repeats < REPEATED_OFTEN[severity]) return REPEAT_EVERY[severity];
      return severity === "critical" ? DAY_MS : null;
    },
    after: (fromMs, ms, severity) => (severity === "critical" || isAlways ? fromMs + ms : serviceTime(fromMs, ms)),
  };
}
