import { describe, expect, it } from "vitest";
import { evidenceDay } from "../../../client/features/alerts/evidence-day.ts";
import { kindWords, periodWords, progressWords, verdictWindowName } from "../../../client/live/window-words.ts";
import type { VerdictWindow } from "../../../shared/agreement/verdict.ts";

const ZONE = "Asia/Manila";
const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
const NOW_MS = Date.parse("2026-09-21T14:32:00+08:00");

function windowOf(kind: VerdictWindow["kind"], start: string, end: string, overrides: Partial<VerdictWindow> = {}): VerdictWindow {
  return { kind, start, fromMs: at(start), toMs: at(end), open: NOW_MS < at(end), part: false, ...overrides };
}

describe("the name of a window", () => {
  it.each([
    { window: windowOf("day", "2026-09-20", "2026-09-21"), name: "20 Sep", progress: "20 Sep, closed", period: "on 2026-09-20" },
    {
      window: windowOf("week", "2026-09-21", "2026-09-28"),
      name: "week of 21 Sep",
      progress: "Week of 21 Sep, day 1 of 7",
      period: "this week",
    },
    {
      window: windowOf("month", "2026-09-01", "2026-10-01"),
      name: "September 2026",
      progress: "September, day 21 of 30",
      period: "this month",
    },
    {
      window: windowOf("month", "1999-01-01", "1999-02-01"),
      name: "January 1999",
      progress: "January 1999, closed",
      period: "in January 1999",
    },
    {
      window: windowOf("quarter", "2026-07-01", "2026-10-01"),
      name: "quarter 3 of 2026",
      progress: "Quarter 3 of 2026, day 83 of 92",
      period: "this quarter",
    },
    {
      window: windowOf("rolling-28d", "2026-08-25", "2026-09-22"),
      name: "28 days to 21 Sep",
      progress: "28 days to 21 Sep, day 28 of 28",
      period: "over 28 days",
    },
  ])("$name", ({ window, name, progress, period }) => {
    const verdict = { window, version: 3 };
    expect(verdictWindowName(verdict, ZONE)).toBe(name);
    expect(progressWords(verdict, ZONE, NOW_MS)).toBe(progress);
    expect(periodWords(verdict, ZONE)).toBe(period);
  });

  it("a part of a period names its days and its version", () => {
    const part = { window: windowOf("month", "2026-06-15", "2026-07-01", { part: true }), version: 2 };
    expect(verdictWindowName(part, ZONE)).toBe("15 Jun to 30 Jun 2026, version 2");
    expect(progressWords(part, ZONE, NOW_MS)).toBe("15 Jun to 30 Jun 2026, version 2, closed");
  });

  it("a kind is told as people say it", () => {
    expect(
      ["month", "rolling-28d", "rolling-3m"].map((kind) =>
        kindWords(kind === "month" ? "month" : kind === "rolling-3m" ? "rolling-3m" : "rolling-28d"),
      ),
    ).toEqual(["month", "28 days", "3 months"]);
  });
});

describe("the day an alert rests on", () => {
  const raised = (stamp: string) => ({ raisedAtMs: Date.parse(stamp), history: [] });
  const about = (window: VerdictWindow["kind"], start: string) => ({ kind: "target", targetId: "x", window, start }) as const;

  it("is the day it is about, although that was judged after midnight; of a longer window the day it was raised", () => {
    const friday = { subject: about("day", "2026-09-18"), ...raised("2026-09-19T00:05:00+08:00") };
    expect(evidenceDay(friday, ZONE)).toBe("2026-09-18");
    const month = { subject: about("month", "2026-09-01"), ...raised("2026-09-18T23:30:00+08:00") };
    expect(evidenceDay(month, ZONE, windowOf("month", "2026-09-01", "2026-10-01"))).toBe("2026-09-18");
    expect(evidenceDay(month, "Europe/Lisbon")).toBe("2026-09-18");
    const over = { subject: about("month", "2026-08-01"), ...raised("2026-09-01T00:05:00+08:00") };
    expect(evidenceDay(over, ZONE, windowOf("month", "2026-08-01", "2026-09-01"))).toBe("2026-08-31");
  });

  it("is the day it came again, once it did", () => {
    const again = { seq: 2, kind: "reopened", atMs: at("2026-09-20") + 1, by: "Accord", note: "" } as const;
    const week = { subject: about("week", "2026-09-14"), ...raised("2026-09-15T12:00:00+08:00"), history: [again] };
    expect(evidenceDay(week, ZONE)).toBe("2026-09-20");
  });
});
