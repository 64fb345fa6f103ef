import fc from "fast-check";
import { type AlertClauses, AlertClauses as Clauses } from "../../shared/agreement/alert-clauses.ts";
import { act, type AlertAct } from "../../shared/alerts/act.ts";
import { advance } from "../../shared/alerts/advance.ts";
import type { Alert, TransitionKind } from "../../shared/alerts/alert.ts";
import { type DutyPolicy, dutyPolicy } from "../../shared/alerts/duty-policy.ts";
import { observe } from "../../shared/alerts/observe.ts";
import type { Signal } from "../../shared/alerts/signal-event.ts";
import type { AlertSubject } from "../../shared/alerts/subject.ts";
import { type AlertState, inPresentWords, UNTOLD } from "../../shared/alerts/track.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";

export const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
export const TARGET = {
  kind: "target",
  targetId: "service-level",
  window: "day",
  start: "2026-11-20",
} as const satisfies AlertSubject;
export const ABOUT = { agreementId: "north", subject: TARGET } as const;

export const PROVIDER: PartyActor = { id: "p1", name: "P. Lead", party: "provider" };
export const QA_LEAD: PartyActor = { id: "q1", name: "Q. Lead", party: "client" };
const PEOPLE: readonly PartyActor[] = [PROVIDER, QA_LEAD, { id: "m1", name: "C. Manager", party: "client" }];

const OPENS_MS = 8 * 60 * MINUTE_MS;
const CLOSES_MS = 18 * 60 * MINUTE_MS;

/** Open from 8 to 18 each day. */
export function eightToSix(fromMs: number, ms: number): number {
  let atMs = fromMs;
  let left = ms;
  for (;;) {
    const midnightMs = atMs - (atMs % DAY_MS);
    atMs = Math.max(atMs, midnightMs + OPENS_MS);
    const openMs = Math.max(midnightMs + CLOSES_MS - atMs, 0);
    if (left <= openMs) return atMs + left;
    left -= openMs;
    atMs = midnightMs + DAY_MS;
  }
}

export function policyOf(clauses: Partial<AlertClauses> = {}, version = 1): DutyPolicy {
  return dutyPolicy({ version, alerts: Clauses.parse(clauses) }, eightToSix);
}

/** One thing that happens to a fingerprint, at a minute after the one before. */
export interface Step {
  readonly atMs: number;
  readonly what:
    | { readonly kind: "evidence"; readonly signal: Signal; readonly final?: string; readonly version?: number }
    | { readonly kind: "act"; readonly act: AlertAct; readonly who: PartyActor; readonly behind: number };
}

export interface Lived {
  readonly step: Step;
  readonly before: AlertState;
  /** As time left it just before the step. */
  readonly passed: AlertState;
  readonly after: AlertState;
  /** How an act was answered. */
  readonly answer?: "done" | "late" | "stale" | "refused";
}

function lived(before: AlertState, step: Step, policy: DutyPolicy): Lived {
  const { atMs, what } = step;
  const passed = advance(before, ABOUT, atMs, policy);
  if (what.kind === "evidence") {
    const { signal, final, version } = what;
    const more = { ...(final === undefined ? {} : { final }), ...(version === undefined ? {} : { version }) };
    const event = { ...ABOUT, signal, headline: `${signal} at ${atMs}`, nowMs: atMs, ...more };
    return { step, before, passed, after: observe(before, event, policy) };
  }
  const { alert } = passed;
  if (alert === null) return { step, before, passed, after: passed };
  const result = act(alert, what.act, { who: what.who, seenSeq: alert.seq - what.behind, nowMs: atMs }, policy);
  const after = result.kind === "refused" ? passed : inPresentWords(passed, { track: passed.track, alert: result.alert });
  return { step, before, passed, after, answer: result.kind };
}

/** Lives through a history as worker, server and people do. `between` is what happens to the state from one step to the next. */
export function live(
  steps: readonly Step[],
  policy: DutyPolicy,
  between: (state: AlertState, toMs: number) => AlertState = (state) => state,
): { readonly lived: Lived[]; readonly end: AlertState; readonly episodes: Alert[] } {
  const all: Lived[] = [];
  const episodes = new Map<number, Alert>();
  let state = UNTOLD;
  for (const step of steps) {
    const one = lived(between(state, step.atMs), step, policy);
    all.push(one);
    state = one.after;
    for (const { alert } of [one.passed, one.after]) if (alert !== null) episodes.set(alert.episode, alert);
  }
  return { lived: all, end: state, episodes: [...episodes.values()] };
}

const evidence = fc
  .oneof(
    { weight: 5, arbitrary: fc.constant<Signal>("clear") },
    { weight: 4, arbitrary: fc.constantFrom<Signal>("warning", "high", "critical") },
    { weight: 1, arbitrary: fc.constantFrom<Signal>("between", "frozen") },
  )
  .map((signal) => ({ kind: "evidence" as const, signal }));

type Doing = (atMs: number) => AlertAct;
const minutes = fc.constantFrom(1, 10, 60, 600).map((count) => count * MINUTE_MS);
const doing = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Doing>(() => ({ do: "acknowledge", note: "on it" })) },
  {
    weight: 2,
    arbitrary: minutes.map((ms): Doing => (atMs) => ({ do: "acknowledge", note: "on it", dueMs: atMs + ms })),
  },
  fc.constant<Doing>(() => ({ do: "comment", note: "a sign of life" })),
  fc.constant<Doing>(() => ({ do: "release", note: "not mine" })),
  fc.constantFrom(...PEOPLE).map((owner): Doing => () => ({ do: "assign", owner, note: "yours" })),
  minutes.map((ms): Doing => (atMs) => ({ do: "snooze", untilMs: atMs + ms, note: "known" })),
  fc.constant<Doing>(() => ({ do: "snooze", untilMs: null, note: "known" })),
  fc.constant<Doing>(() => ({ do: "close", cause: "staffing", note: "seen to" })),
  fc.constantFrom("useful" as const, "noise" as const).map((rating): Doing => () => ({ do: "rate", rating })),
);
const acting = fc.record({ doing, who: fc.constantFrom(...PEOPLE), behind: fc.constantFrom(0, 0, 0, 1, 2) });

const gap = fc.oneof({ weight: 6, arbitrary: fc.nat(5) }, { weight: 2, arbitrary: fc.nat(90) }, { weight: 1, arbitrary: fc.nat(900) });

/** Now and then the evidence says the same for long: what went up and down settles. */
const steadily = fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 10, max: 24 }) });

/** Random histories of evidence and, unless left out, people. */
export function histories({ people = true, maxLength = 40 } = {}): fc.Arbitrary<Step[]> {
  const what = people
    ? fc.oneof({ weight: 3, arbitrary: evidence }, { weight: 1, arbitrary: acting })
    : fc.oneof({ weight: 1, arbitrary: evidence });
  return fc.array(fc.tuple(gap, what, steadily), { minLength: 1, maxLength }).map((moves) => {
    let atMs = 0;
    return moves.flatMap(([wait, move, times]): Step[] => {
      atMs += wait * MINUTE_MS;
      if (!("kind" in move)) return [{ atMs, what: { kind: "act", act: move.doing(atMs), who: move.who, behind: move.behind } }];
      return Array.from({ length: times }, () => ({ atMs: (atMs += MINUTE_MS), what: move }));
    });
  });
}

/** Terms of agreements: from those that say nothing to those that hold, keep and reopen long. */
export const policies: fc.Arbitrary<DutyPolicy> = fc
  .record(
    {
      hold: fc.constantFrom("PT3M", "PT30M"),
      keepFiring: fc.constantFrom("PT2M", "PT20M"),
      reopenWithin: fc.constantFrom("PT0S", "PT10M", "P1D"),
      hours: fc.constantFrom("service" as const, "always" as const),
    },
    { requiredKeys: [] },
  )
  .map((clauses) => policyOf(clauses));

/** How many random histories each property is tried on. */
export const RUNS = process.env["ACCORD_TESTS"] === "full" ? 2000 : 300;

/** What ends an episode. */
export const ENDS: ReadonlySet<TransitionKind> = new Set<TransitionKind>(["resolved", "voided", "closed", "rule-changed"]);
/** What the evidence says of an episode whatever people do. */
export const BY_EVIDENCE: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  "raised",
  "worsened",
  "eased",
  "recovering",
  "firing-again",
  "resolved",
  "reopened",
  "cleared",
  "flap-started",
  "flap-ended",
]);

/** A property of all histories under all terms. */
export function holds(check: (steps: Step[], policy: DutyPolicy) => void, { seed = 1 } = {}): void {
  fc.assert(fc.property(histories(), policies, check), { numRuns: RUNS, seed });
}

export function isStanding({ alert }: AlertState): boolean {
  return alert !== null && alert.status !== "resolved";
}

/** What happened from one state to the other. */
export function news(from: AlertState, to: AlertState): Alert["history"] {
  if (to.alert === null) return [];
  return to.alert.id === from.alert?.id ? to.alert.history.slice(from.alert.history.length) : to.alert.history;
}
