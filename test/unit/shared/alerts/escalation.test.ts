import { describe, expect, it } from "vitest";
import { act, type AlertAct } from "../../../../shared/alerts/act.ts";
import { advance, nextDueMs } from "../../../../shared/alerts/advance.ts";
import type { Alert, TransitionKind } from "../../../../shared/alerts/alert.ts";
import type { DutyPolicy } from "../../../../shared/alerts/duty-policy.ts";
import { chainOf } from "../../../../shared/alerts/episode.ts";
import { noticesOf } from "../../../../shared/alerts/notice.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import { push } from "../../../../shared/alerts/push.ts";
import type { Signal } from "../../../../shared/alerts/signal-event.ts";
import type { AlertSubject } from "../../../../shared/alerts/subject.ts";
import { type AlertState, UNTOLD } from "../../../../shared/alerts/track.ts";
import type { Party, PartyActor } from "../../../../shared/settlement/party.ts";
import { ABOUT, MINUTE_MS, policyOf, PROVIDER, QA_LEAD } from "../../../support/alert-history.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Open from 8 to 18; night is at 2. */
const NIGHT_MS = 2 * HOUR_MS;
const POLICY = policyOf();
const ROLES = ["provider", "qa-lead", "client-manager"] as const;

function hear(
  state: AlertState,
  signal: Signal,
  nowMs: number,
  more: { audience?: "provider"; party?: Party; reason?: string } = {},
  policy = POLICY,
): AlertState {
  return observe(state, { ...ABOUT, signal, headline: `${signal} at ${nowMs}`, nowMs, ...more }, policy);
}

function alertOf({ alert }: AlertState): Alert {
  if (alert === null) throw new Error("an alert was expected");
  return alert;
}

/** When each kind of transition happened until `toMs`, in the unit. */
function timesOf(state: AlertState, kind: TransitionKind, toMs: number, { policy = POLICY, unitMs = MINUTE_MS } = {}): number[] {
  const { history } = alertOf(advance(state, ABOUT, toMs, policy));
  return history.filter((line) => line.kind === kind).map(({ atMs }) => atMs / unitMs);
}

function done(state: AlertState, what: AlertAct, nowMs: number, who: PartyActor): AlertState {
  const alert = alertOf(advance(state, ABOUT, nowMs, POLICY));
  const result = act(alert, what, { who, seenSeq: alert.seq, nowMs }, POLICY);
  if (result.kind !== "done") throw new Error(`${what.do} was ${result.kind}`);
  return { track: state.track, alert: result.alert };
}

/** Whom the last step told, and of what. */
function told(from: AlertState, to: AlertState, policy: DutyPolicy = POLICY): unknown[] {
  const alert = alertOf(to);
  return noticesOf(alert, from.alert?.id === alert.id ? from.alert.seq : 0, policy).map(({ seq, roles, people }) => [
    alert.history[seq - 1]?.kind,
    roles,
    people,
  ]);
}

describe("the chain of who must answer", () => {
  it("goes on around the clock for what is critical: 15, 30 and 60 min, then 11 times by the hour, then daily", () => {
    const hours = Array.from({ length: 11 }, (_, i) => 120 + i * 60);
    expect(timesOf(hear(UNTOLD, "critical", 0), "escalated", 3 * DAY_MS)).toEqual([15, 30, 60, ...hours, 720 + 1440, 720 + 2880]);
  });

  it("of a warning passes in service hours only", () => {
    const state = hear(UNTOLD, "warning", NIGHT_MS);
    expect(alertOf(state).escalateAtMs).toBe(12 * HOUR_MS);
    const [first, second] = timesOf(state, "escalated", 4 * DAY_MS, { unitMs: HOUR_MS });
    expect([first, second]).toEqual([12, 24 + 24 + 16]);
  });

  it("of a warning that is asked about always passes around the clock, and ends after three repetitions", () => {
    const policy = policyOf({ hours: "always" });
    const state = hear(UNTOLD, "warning", NIGHT_MS, {}, policy);
    expect(timesOf(state, "escalated", 60 * DAY_MS, { policy, unitMs: HOUR_MS })).toEqual([6, 30, 54, 78]);
    expect(nextDueMs(advance(state, ABOUT, 60 * DAY_MS, policy), ABOUT, policy)).toBeNull();
  });

  it("is the agreement's where it says one", () => {
    const escalation = {
      critical: [
        { to: "qa-lead" as const, within: "PT5M" },
        { to: "client-manager" as const, within: "PT10M" },
      ],
    };
    const policy = policyOf({ escalation });
    const state = hear(UNTOLD, "critical", 0, {}, policy);
    expect(timesOf(state, "escalated", 30 * MINUTE_MS, { policy })).toEqual([5, 15]);
    expect(told(UNTOLD, state, policy)).toEqual([["raised", ["qa-lead"], []]]);
  });

  it("stands still while somebody has it, while it is snoozed and while another alert stands for it", () => {
    const state = hear(UNTOLD, "critical", 0);
    const taken = done(state, { do: "acknowledge", note: "on it", dueMs: HOUR_MS }, 1, PROVIDER);
    const asleep = done(state, { do: "snooze", untilMs: HOUR_MS, note: "known" }, 1, PROVIDER);
    for (const still of [taken, asleep]) expect(timesOf(still, "escalated", HOUR_MS - 1)).toEqual([]);
    expect(timesOf(taken, "escalated", 2 * HOUR_MS)).toEqual([75, 90, 120]);
    const attached = push(
      alertOf(state),
      { kind: "attached", atMs: 1, by: "Accord", note: "" },
      { parent: "provider.1", escalateAtMs: null },
    );
    const child = { ...state, alert: attached };
    const worse = hear({ ...hear(UNTOLD, "warning", 0), alert: { ...attached, severity: "warning" } }, "critical", 2);
    for (const still of [child, worse, hear(child, "warning", 2)]) {
      expect(alertOf(still)).toMatchObject({ status: "open", escalateAtMs: null, told: ["provider"] });
      expect(timesOf(still, "escalated", DAY_MS)).toEqual([]);
    }
    expect(alertOf(worse).severity).toBe("critical");
    const untold = hear({ ...hear(UNTOLD, "warning", 0), alert: { ...attached, severity: "warning", told: [] } }, "critical", 2);
    expect(alertOf(untold).told).toEqual([]);
    expect(alertOf(hear(UNTOLD, "critical", 0)).told).toEqual(["provider"]);
  });

  it("begins at the top with what is worse, and goes on as the lesser severity asks with what is eased", () => {
    const warned = advance(hear(UNTOLD, "warning", 8 * HOUR_MS), ABOUT, 12 * HOUR_MS, POLICY);
    expect(alertOf(warned).level).toBe(1);
    const worse = hear(warned, "critical", 13 * HOUR_MS);
    expect(alertOf(worse)).toMatchObject({ level: 0, escalateAtMs: 13.25 * HOUR_MS, peak: "critical" });
    const passed = advance(worse, ABOUT, 13.6 * HOUR_MS, POLICY);
    expect(alertOf(passed).level).toBe(2);
    const eased = hear(passed, "warning", 14 * HOUR_MS);
    expect(alertOf(eased)).toMatchObject({ status: "open", level: 1, severity: "warning", peak: "critical" });
    expect(alertOf(eased).escalateAtMs).toBe(2 * DAY_MS + 18 * HOUR_MS);
  });

  it("begins with the side that must act, on the client's with those who may, and goes on as usual", () => {
    const claim = hear(UNTOLD, "warning", 8 * HOUR_MS, { party: "client" });
    expect(told(UNTOLD, claim)).toEqual([["raised", ["client-manager"], []]]);
    expect(alertOf(claim)).toMatchObject({ party: "client", escalateAtMs: 12 * HOUR_MS, told: ["client-manager"] });
    const second = advance(claim, ABOUT, 12 * HOUR_MS, POLICY);
    expect(told(claim, second)).toEqual([["escalated", ["client-manager", "provider"], []]]);
    const lost = hear(second, "critical", 13 * HOUR_MS, { party: "client" });
    expect(alertOf(lost)).toMatchObject({ severity: "critical", level: 0, escalateAtMs: 13.5 * HOUR_MS });
    const steps = (severity: "warning" | "high" | "critical", party: Party) =>
      chainOf({ severity, party }, POLICY).map(({ to, withinMs }) => `${to} ${withinMs / MINUTE_MS}`);
    expect(steps("warning", "client")).toEqual(["client-manager 240", "provider 240", "qa-lead 1440"]);
    expect(steps("high", "client")).toEqual(["client-manager 240", "provider 60", "qa-lead 120"]);
    expect(steps("high", "provider")).toEqual(["provider 60", "qa-lead 120", "client-manager 240"]);
    expect(chainOf({ severity: "warning", party: "provider", audience: "provider" }, POLICY)).toHaveLength(1);
  });

  it("of what is for the provider alone has the provider's steps only", () => {
    const state = hear(UNTOLD, "warning", 8 * HOUR_MS, { audience: "provider" });
    const asked = advance(state, ABOUT, 12 * HOUR_MS, POLICY);
    expect(alertOf(asked)).toMatchObject({ audience: "provider", level: 0, repeats: 1 });
    expect(told(state, asked)).toEqual([["escalated", ["provider"], []]]);
  });
});

describe("how long evidence must last", () => {
  const policy = policyOf({ hold: "PT30M", keepFiring: "PT20M" });
  const window = { targetId: "service-level", start: "2026-11-01" } as const;
  const minutes = (subject: AlertSubject, of = policy) => {
    const { holdMs, keepMs, reopenMs } = of.terms(subject);
    return [holdMs, keepMs, reopenMs].map((ms) => ms / MINUTE_MS);
  };

  it("holds for figures, keeps for windows, and a day is the same episode for an hour, what is longer for a day", () => {
    expect(minutes({ ...window, kind: "target", window: "day" })).toEqual([30, 20, 60]);
    expect(minutes({ ...window, kind: "spend", window: "month", rule: "fast" })).toEqual([30, 20, 1440]);
    expect(minutes({ ...window, kind: "outlook", window: "month" })).toEqual([0, 20, 1440]);
    expect(minutes({ ...window, kind: "no-return", window: "day" })).toEqual([0, 20, 60]);
    expect(minutes({ kind: "feed", feed: "calls" })).toEqual([0, 0, 60]);
    expect(minutes({ kind: "deadline", deadline: "claim", ref: "12" })).toEqual([0, 0, 60]);
  });

  it("is nothing where the agreement says nothing", () => {
    expect(minutes({ ...window, kind: "target", window: "day" }, policyOf())).toEqual([0, 0, 60]);
    expect(minutes({ kind: "canary" }, policyOf({ reopenWithin: "PT5M" }))).toEqual([0, 0, 5]);
  });
});

describe("whom each transition is told", () => {
  it("a breach goes to the first of the chain, then to the next as well, and its end to all of them", () => {
    const state = hear(UNTOLD, "critical", 0);
    expect(told(UNTOLD, state)).toEqual([["raised", ["provider"], []]]);
    const second = advance(state, ABOUT, 15 * MINUTE_MS, POLICY);
    expect(told(state, second)).toEqual([["escalated", ["provider", "qa-lead"], []]]);
    expect(alertOf(second).history.at(-1)?.note).toBe("Unanswered. Told the QA lead as well.");
    expect(told(second, hear(second, "clear", 16 * MINUTE_MS))).toEqual([["resolved", ["provider", "qa-lead"], []]]);
  });

  it("whoever was asked before hears of the end, though the chain had begun anew", () => {
    const all = advance(hear(UNTOLD, "critical", 0), ABOUT, 30 * MINUTE_MS, POLICY);
    const taken = done(all, { do: "acknowledge", note: "on it", dueMs: HOUR_MS }, 31 * MINUTE_MS, PROVIDER);
    const expired = advance(taken, ABOUT, HOUR_MS, POLICY);
    expect(alertOf(expired).level).toBe(0);
    expect(told(expired, hear(expired, "clear", HOUR_MS + 1))).toEqual([["resolved", ROLES, ["p1"]]]);
  });

  it("the owner hears of what others do, nobody of what they did themselves", () => {
    const state = hear(UNTOLD, "critical", 0);
    const mine = done(state, { do: "acknowledge", note: "on it" }, 1, PROVIDER);
    expect(told(state, mine)).toEqual([]);
    const question = done(mine, { do: "comment", note: "any news?" }, 2, QA_LEAD);
    expect(told(mine, question)).toEqual([["commented", [], ["p1"]]]);
    const given = done(mine, { do: "assign", owner: QA_LEAD, note: "yours" }, 2, PROVIDER);
    expect(told(mine, given)).toEqual([["assigned", [], ["q1"]]]);
    expect(told(mine, done(mine, { do: "comment", note: "soon" }, 2, PROVIDER))).toEqual([]);
    expect(told(mine, done(mine, { do: "close", cause: "staffing", note: "two came" }, 3, QA_LEAD))).toEqual([
      ["closed", ["provider"], ["p1"]],
    ]);
  });

  it("an update that did not come is told to whoever promised it and to the owner; a snooze's end to whoever snoozed", () => {
    const state = hear(UNTOLD, "critical", 0);
    const taken = done(state, { do: "acknowledge", note: "theirs", owner: PROVIDER, dueMs: HOUR_MS }, 1, QA_LEAD);
    expect(told(taken, advance(taken, ABOUT, HOUR_MS, POLICY))).toEqual([["acknowledgement-expired", ["provider"], ["q1", "p1"]]]);
    const asleep = done(state, { do: "snooze", untilMs: HOUR_MS, note: "known" }, 1, QA_LEAD);
    expect(told(asleep, advance(asleep, ABOUT, HOUR_MS, POLICY))).toEqual([["snooze-ended", ["provider"], ["q1"]]]);
  });

  it.each(["frozen", "between"] as const)("%s evidence is told to nobody", (signal) => {
    const state = hear(UNTOLD, "critical", 0);
    expect(told(state, hear(state, signal, 1))).toEqual([]);
  });

  it("what eases is told to nobody, what worsens to everybody who was asked", () => {
    const state = advance(hear(UNTOLD, "high", 8 * HOUR_MS), ABOUT, 9 * HOUR_MS, POLICY);
    expect(told(state, hear(state, "warning", 9 * HOUR_MS + 1))).toEqual([]);
    expect(told(state, hear(state, "critical", 9 * HOUR_MS + 1))).toEqual([["worsened", ["provider", "qa-lead"], []]]);
  });

  it("another reason is told to the same people, once an episode, whoever has it; what somebody closed for the one before comes again", () => {
    const because = (state: AlertState, reason: string, nowMs: number, signal: Signal = "warning") =>
      hear(state, signal, nowMs, { reason });
    const late = because(UNTOLD, "late", 8 * HOUR_MS);
    const taken = done(late, { do: "acknowledge", note: "comes at ten", dueMs: 10 * HOUR_MS }, 8 * HOUR_MS + 1, PROVIDER);
    const refused = because(taken, "refused", 8 * HOUR_MS + 2);
    expect(told(taken, refused)).toEqual([["changed", ["provider"], ["p1"]]]);
    expect(alertOf(refused)).toMatchObject({ status: "acknowledged", headline: `warning at ${8 * HOUR_MS + 2}` });
    const back = because(because(because(refused, "late", 8 * HOUR_MS + 3), "refused", 8 * HOUR_MS + 4), "refused", 8 * HOUR_MS + 5);
    expect(back.alert).toBe(refused.alert);
    const stale = act(
      alertOf(refused),
      { do: "close", cause: "data", note: "came" },
      { who: QA_LEAD, seenSeq: 2, nowMs: 9 * HOUR_MS },
      POLICY,
    );
    expect(stale.kind).toBe("stale");
    const silent = because(refused, "silent", 9 * HOUR_MS, "critical");
    expect(told(refused, silent)).toEqual([["worsened", ["provider"], ["p1"]]]);
    const closed = done(late, { do: "close", cause: "data", note: "it comes tomorrow" }, 9 * HOUR_MS, PROVIDER);
    expect(because(closed, "late", 9 * HOUR_MS + 1).alert?.status).toBe("resolved");
    expect(told(closed, because(closed, "trouble", 9 * HOUR_MS + 1))).toEqual([["reopened", ["provider"], []]]);
  });

  it("an escalation speaks of now: the latest that was said of the severity it has", () => {
    const likely = hear(hear(UNTOLD, "high", 8 * HOUR_MS), "high", 8 * HOUR_MS + 5);
    expect(alertOf(likely).headline).toBe(`high at ${8 * HOUR_MS}`);
    expect(alertOf(advance(likely, ABOUT, 9 * HOUR_MS, POLICY))).toMatchObject({ seq: 2, headline: `high at ${8 * HOUR_MS + 5}` });
  });

  it("what was caught up with in one step is told once, to everybody whom any of it concerns", () => {
    const state = hear(UNTOLD, "critical", 0);
    const late = advance(state, ABOUT, 5 * HOUR_MS, POLICY);
    expect(alertOf(late).seq - alertOf(state).seq).toBe(7);
    expect(told(state, late)).toEqual([["escalated", ROLES, []]]);
    const lateAndOver = hear(state, "clear", 5 * HOUR_MS);
    expect(told(state, lateAndOver)).toEqual([
      ["escalated", ROLES, []],
      ["resolved", ROLES, []],
    ]);
  });

  it("nobody is told of what another alert stands for, until it stands by itself again", () => {
    const alert = alertOf(hear(UNTOLD, "critical", 0));
    const at = { atMs: 1, by: "Accord", note: "" };
    const attached = push(alert, { ...at, kind: "attached" }, { parent: "provider.1", escalateAtMs: null });
    const worse = push(attached, { ...at, kind: "escalated" });
    expect(noticesOf(worse, 1, POLICY)).toEqual([]);
    const alone = push(worse, { ...at, kind: "released" }, { parent: null });
    expect(noticesOf(alone, 1, POLICY)).toEqual([{ alertId: alert.id, seq: 4, roles: ["provider"], people: [] }]);
  });

  it("the client is not told of what is for the provider alone, and is from when it is for both", () => {
    const state = hear(UNTOLD, "warning", 0, { audience: "provider" });
    expect(told(UNTOLD, state)).toEqual([["raised", ["provider"], []]]);
    const both = hear(state, "warning", 1);
    expect(alertOf(both).audience).toBeUndefined();
    expect(alertOf(both).history.at(-1)?.kind).toBe("worsened");
    const once = hear(hear(both, "clear", 2), "warning", 3, { audience: "provider" });
    expect(alertOf(once)).toMatchObject({ status: "open", reopened: 1 });
    expect(alertOf(once).audience).toBeUndefined();
  });
});
