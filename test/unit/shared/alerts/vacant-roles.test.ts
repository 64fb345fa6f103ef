import { describe, expect, it } from "vitest";
import type { AlertSeverity, DutyRole } from "../../../../shared/agreement/alert-clauses.ts";
import { advance } from "../../../../shared/alerts/advance.ts";
import { dutyPolicy } from "../../../../shared/alerts/duty-policy.ts";
import { noticesOf } from "../../../../shared/alerts/notice.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import { UNTOLD } from "../../../../shared/alerts/track.ts";
import type { Party } from "../../../../shared/settlement/party.ts";
import { ABOUT, MINUTE_MS } from "../../../support/alert-history.ts";

function without(...vacant: DutyRole[]) {
  return dutyPolicy({ version: 1, vacant }, (fromMs, ms) => fromMs + ms);
}

function steps(vacant: DutyRole[], severity: AlertSeverity, party?: Party): string[] {
  return without(...vacant)
    .chain(severity, party)
    .map(({ to, withinMs, insteadOf }) => `${to} ${withinMs / MINUTE_MS}${insteadOf === undefined ? "" : ` for ${insteadOf}`}`);
}

describe("a step to a role that nobody has", () => {
  it("goes to the other role of the same side, which is not asked once more at its own", () => {
    expect(steps(["qa-lead"], "warning")).toEqual(["provider 240", "client-manager 1440 for qa-lead"]);
    expect(steps(["qa-lead"], "critical")).toEqual(["provider 15", "client-manager 15 for qa-lead"]);
    expect(steps(["client-manager"], "critical")).toEqual(["provider 15", "qa-lead 15"]);
    expect(steps(["client-manager"], "warning", "client")).toEqual(["qa-lead 240 for client-manager", "provider 240"]);
    expect(steps([], "high")).toEqual(["provider 60", "qa-lead 120", "client-manager 240"]);
  });

  it("stays where its side has nobody at all, whose channels hear of it", () => {
    expect(steps(["provider", "qa-lead", "client-manager"], "high")).toEqual(steps([], "high"));
    expect(steps(["provider"], "warning")).toEqual(steps([], "warning"));
  });

  it("is told to whoever is there, and the alert says why", () => {
    const policy = without("qa-lead");
    const raised = observe(UNTOLD, { ...ABOUT, signal: "warning", headline: "74 %", nowMs: 0 }, policy);
    const { alert } = advance(raised, ABOUT, 240 * MINUTE_MS, policy);
    if (alert === null) throw new Error("an alert was expected");
    expect(alert.history.at(-1)?.note).toBe("Unanswered. Told the client manager as well, because nobody is the QA lead.");
    expect(noticesOf(alert, 1, policy)).toEqual([{ alertId: alert.id, seq: 2, roles: ["provider", "client-manager"], people: [] }]);
  });
});
