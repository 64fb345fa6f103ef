import { describe, expect, it } from "vitest";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import { noticesOf } from "../../../../shared/alerts/notice.ts";
import { isWorse } from "../../../../shared/alerts/signal-event.ts";
import type { AlertState } from "../../../../shared/alerts/track.ts";
import { BY_EVIDENCE, ENDS, holds, isStanding, live, MINUTE_MS, news, QA_LEAD, type Step } from "../../../support/alert-history.ts";

describe("what people did, over random histories", { timeout: 120_000 }, () => {
  it("a rise in severity takes every acknowledgement and snooze away, a fall and repetitions keep them", () => {
    holds((steps, policy) => {
      for (const { step, passed, after } of live(steps, policy).lived) {
        const { alert } = passed;
        if (step.what.kind !== "evidence" || alert === null || (alert.status !== "acknowledged" && alert.status !== "snoozed")) continue;
        if (after.alert?.id !== alert.id) throw new Error("a standing alert is not followed by another");
        const kinds = news(passed, after).map(({ kind }) => kind);
        const rose = isWorse(after.alert.severity, alert.severity);
        expect(kinds.includes("worsened")).toBe(rose);
        if (rose) expect(after.alert).toMatchObject({ status: "open", acknowledgement: null, snooze: null, level: 0 });
        else if (after.alert.status !== "resolved")
          expect(after.alert).toMatchObject({ status: alert.status, acknowledgement: alert.acknowledgement, snooze: alert.snooze });
        else expect(after.alert.acknowledgement).toEqual(alert.acknowledgement);
      }
    });
  });

  it("what a person closed comes back only worse, or after evidence that it was over", () => {
    holds((steps, policy) => {
      let closed: Alert["severity"] | null = null;
      for (const { step, before, passed, after, answer } of live(steps, policy).lived) {
        for (const [from, to] of [
          [before, passed],
          [passed, after],
        ] as const) {
          if (from.track.signal === "ok" || from.track.signal === "pending") closed = null;
          if (closed === null) continue;
          const again = news(from, to).find(({ kind }) => kind === "raised" || kind === "reopened");
          if (again === undefined) continue;
          expect(to.alert !== null && isWorse(to.alert.severity, closed)).toBe(true);
          closed = null;
        }
        if (step.what.kind === "act" && step.what.act.do === "close" && answer === "done") closed = after.alert?.severity ?? null;
      }
    });
  });

  it("a snooze that ends while the alert stands tells so at its own time", () => {
    holds((steps, policy) => {
      const all = live(steps, policy).lived;
      all.forEach(({ step, after, answer }, i) => {
        if (step.what.kind !== "act" || step.what.act.do !== "snooze" || answer !== "done" || after.alert === null) return;
        const untilMs = after.alert.snooze?.untilMs ?? null;
        const next = all[i + 1];
        if (untilMs === null || next === undefined || next.step.atMs < untilMs) return;
        const happened = news(after, next.passed);
        if (happened.some(({ kind, atMs }) => ENDS.has(kind) && atMs <= untilMs)) return;
        const ended = happened.find(({ kind }) => kind === "snooze-ended");
        expect(ended).toMatchObject({ atMs: untilMs });
        const notices = next.passed.alert === null ? [] : noticesOf(next.passed.alert, (ended?.seq ?? 0) - 1, policy);
        expect(notices[0]?.roles).toContain("provider");
      });
    });
  });

  it("an acknowledgement is done only on what the person saw, and moves by one or not at all", () => {
    holds((steps, policy) => {
      for (const { step, passed, after, answer } of live(steps, policy).lived) {
        if (step.what.kind !== "act" || passed.alert === null || after.alert === null) continue;
        expect(after.alert.seq - passed.alert.seq).toBeLessThanOrEqual(1);
        if (answer === "stale" || answer === "refused") expect(after.alert).toBe(passed.alert);
        if (step.what.act.do !== "acknowledge" || answer === "refused") continue;
        if (passed.alert.status === "resolved") expect(answer).toBe("late");
        else if (step.what.behind === 0) expect(answer).toBe("done");
        if (answer === "done")
          expect(after.alert).toMatchObject({ status: "acknowledged", acknowledgement: { by: step.what.who.name }, escalateAtMs: null });
        if (answer === "late")
          expect({ ...after.alert, seq: 0, changedAtMs: 0, history: [] }).toEqual({ ...passed.alert, seq: 0, changedAtMs: 0, history: [] });
      }
    });
  });

  it("acknowledged before or after the evidence ended it, an alert ends the same but for who had it", () => {
    holds((steps, policy) => {
      for (const { after, step } of live(steps, policy).lived) {
        if (!isStanding(after)) continue;
        const atMs = step.atMs + MINUTE_MS;
        const over: Step = { atMs, what: { kind: "evidence", signal: "clear", final: "closed" } };
        const mine: Step = {
          atMs,
          what: { kind: "act", act: { do: "acknowledge", note: "on it" }, who: QA_LEAD, behind: 0 },
        };
        const before = steps.slice(0, steps.indexOf(step) + 1);
        const first = live([...before, mine, over], policy).end;
        const second = live([...before, over, mine], policy).end;
        const common = ({ track, alert }: AlertState) => ({
          track,
          alert: { ...alert, seq: 0, history: [], owner: null, cause: null, acknowledgement: null },
        });
        expect(common(first)).toEqual(common(second));
        expect(second.alert?.history.at(-1)?.kind).toBe("late-acknowledgement");
        return;
      }
    });
  });
});

describe("an alert that goes up and down", { timeout: 120_000 }, () => {
  it("tells of what is worse than before, at most twice, and that nobody answers at the steps of the chain; of nothing else", () => {
    holds(
      (steps, policy) => {
        for (const { history } of live(steps, policy).episodes) {
          let isFlapping = false;
          let rises = 0;
          let escalatedMs = -Infinity;
          for (const { kind, atMs } of history) {
            if (kind === "flap-started") [isFlapping, rises] = [true, 0];
            else if (kind === "flap-ended" || ENDS.has(kind)) isFlapping = false;
            else if (isFlapping && BY_EVIDENCE.has(kind)) {
              expect(kind).toBe("worsened");
              rises += 1;
            }
            if (kind === "worsened" || kind === "reopened" || kind === "acknowledgement-expired") escalatedMs = -Infinity;
            if (kind !== "escalated") continue;
            expect(atMs - escalatedMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
            escalatedMs = atMs;
          }
          expect(rises).toBeLessThanOrEqual(2);
        }
      },
      { seed: 3 },
    );
  });

  it("says what is true when that is over", () => {
    let seen = 0;
    holds(
      (steps, policy) => {
        for (const { before, passed, after } of live(steps, policy).lived)
          for (const [from, to] of [
            [before, passed],
            [passed, after],
          ] as const) {
            const { alert, track } = to;
            if (!news(from, to).some(({ kind }) => kind === "flap-ended") || alert === null) continue;
            seen += 1;
            expect(alert.flapping).toBe(false);
            if (track.signal === "ok") expect(alert).toMatchObject({ status: "resolved", signal: "clear" });
            else if (alert.status !== "resolved") expect(alert).toMatchObject({ signal: track.signal, severity: track.severity });
          }
      },
      { seed: 4 },
    );
    expect(seen).toBeGreaterThan(0);
  });
});
