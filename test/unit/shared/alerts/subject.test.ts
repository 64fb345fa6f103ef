import { describe, expect, it } from "vitest";
import { VERDICT_STATUSES } from "../../../../shared/agreement/verdict.ts";
import { alertId } from "../../../../shared/alerts/episode.ts";
import { signalOf } from "../../../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../../../shared/alerts/subject.ts";
import { live, policyOf, TARGET } from "../../../support/alert-history.ts";

const WINDOW = { targetId: "service-level", window: "day", start: "2026-11-20" } as const;

describe("names and signals", () => {
  it("an episode has the same id wherever and whenever it is made", () => {
    const idAfter = (signal: "warning" | "critical", atMs: number) =>
      live([{ atMs, what: { kind: "evidence", signal } }], policyOf()).end.alert?.id;
    expect(alertId(TARGET, 3)).toBe("service-level.day.2026-11-20.3");
    expect(idAfter("warning", 1)).toBe("service-level.day.2026-11-20.1");
    expect(idAfter("critical", 2)).toBe(idAfter("warning", 1));
  });

  it("no two subjects share a name", () => {
    const subjects: AlertSubject[] = [
      TARGET,
      { ...WINDOW, kind: "target", window: "month", start: "2026-11-01" },
      { ...WINDOW, kind: "target", targetId: "feed" },
      { ...WINDOW, kind: "outlook" },
      { ...WINDOW, kind: "no-return" },
      { ...WINDOW, kind: "spend", rule: "fast" },
      { ...WINDOW, kind: "spend", rule: "slow" },
      { kind: "drift", targetId: "service-level" },
      { kind: "question", rule: "short-calls", about: "kyexzw3ybr" },
      { kind: "question", rule: "threshold-mass", about: "service-level" },
      { kind: "feed", feed: "day" },
      { kind: "feed", feed: "calls" },
      { kind: "feed-suspect", feed: "calls" },
      { kind: "corrections", feed: "calls" },
      { kind: "provider" },
      { kind: "canary" },
      { kind: "restatement", receipt: 12 },
      { kind: "restatement", receipt: 13 },
      { kind: "deadline", deadline: "claim", ref: "12" },
      { kind: "deadline", deadline: "notice", ref: "12" },
      { kind: "pipeline", fromMs: 12, toMs: 13 },
    ];
    expect(new Set(subjects.map(subjectKey)).size).toBe(subjects.length);
  });

  it("every status of a verdict has its signal; what is not known neither raises nor resolves", () => {
    expect(Object.fromEntries(VERDICT_STATUSES.map((status) => [status, signalOf(status)]))).toEqual({
      met: "clear",
      "not-counted": "clear",
      "at-risk": "warning",
      missed: "critical",
      "not-proven": "frozen",
      "no-data": "frozen",
      "not-derivable": "frozen",
    });
  });
});
