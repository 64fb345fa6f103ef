import { describe, expect, it } from "vitest";
import { advance, nextDueMs } from "../../../../shared/alerts/advance.ts";
import type { TransitionKind } from "../../../../shared/alerts/alert.ts";
import { chainOf } from "../../../../shared/alerts/episode.ts";
import { push } from "../../../../shared/alerts/push.ts";
import type { AlertSubject } from "../../../../shared/alerts/subject.ts";
import { type AlertState, UNTOLD } from "../../../../shared/alerts/track.ts";
import type { Party } from "../../../../shared/settlement/party.ts";
import { ABOUT, MINUTE_MS, policyOf, PROVIDER } from "../../../support/alert-history.ts";
import { alertOf, done, hear, POLICY, told } from "../../../support/alert-steps.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Open from 8 to 18; night is at 2. */
const NIGHT_MS = 2 * HOUR_MS;

/** When each kind of transition happened until `toMs`, in the unit. */
function timesOf(state: AlertState, kind: TransitionKind, toMs: number, { policy = POLICY, unitMs = MINUTE_MS } = {}): number[] {
  const { history } = alertOf(advance(state, ABOUT, toMs, policy));
  return history.filter((line) => line.kind === kind).map(({ atMs }) => atMs / unitMs);
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
