import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertSeverity } from "../../../../../shared/agreement/alert-clauses.ts";
import { createContext } from "../../../../../shared/agreement/context.ts";
import type { Verdict } from "../../../../../shared/agreement/verdict.ts";
import { type MissLevels, missLevelsOf } from "../../../../../shared/alerts/rules/miss-levels.ts";
import { noReturnSignal } from "../../../../../shared/alerts/rules/no-return-signal.ts";
import { missSignal, outlookSignal } from "../../../../../shared/alerts/rules/outlook-signal.ts";
import { looksAhead, type WatchedWindow } from "../../../../../shared/alerts/rules/watched-window.ts";
import type { SignalEvent } from "../../../../../shared/alerts/signal-event.ts";
import type { Target } from "../../../../../shared/agreement/agreement.ts";
import type { Outlook } from "../../../../../shared/outlook/outlook.ts";
import { buildOutlook } from "../../../../support/client-outlook.ts";
import { buildAgreement, buildFeed } from "../../../../support/sample-agreement.ts";
import { buildTarget } from "../../../../support/target-case.ts";

const USUAL = missLevelsOf(undefined);

function watch(outlook: Partial<Outlook> | null, verdict: Partial<Verdict> = {}, target: Partial<Target> = {}): WatchedWindow {
  const [compiled] = createContext({ ...buildAgreement(), targets: [buildTarget(target)] }, [buildFeed()]).targets;
  if (compiled === undefined) throw new Error("no target");
  const built = buildOutlook(outlook ?? {});
  const judged: Verdict = {
    targetId: "service-level",
    version: 3,
    window: built.window,
    status: "at-risk",
    unit: "ratio",
    value: { num: 34_069, den: 43_180 },
    n: 43_180,
    needed: null,
    direction: compiled.target.direction,
    expected: compiled.expected,
    notBelow: null,
    belowMinimum: false,
    default: null,
    recomputed: null,
    ifAllAccepted: null,
    interval: null,
    fed: null,
    asOfMs: null,
    reason: "",
    trace: [],
    hash: "",
    ...verdict,
  };
  return { agreementId: "north", compiled, verdict: judged, outlook: outlook === null ? null : built, nowMs: 0 };
}

/** With ordinary spaces before the units. */
function readably(event: SignalEvent): SignalEvent {
  return { ...event, headline: event.headline.replaceAll("\u00A0", " ") };
}

/** Read from the reference's line: "warn P>=0.25, high >=0.5, critical >=0.9, recover at 0.15/0.35/0.75". */
function naively(history: readonly number[]): string {
  let stands = 0;
  for (const p of history) {
    const reached = p >= 0.9 ? 3 : p >= 0.5 ? 2 : p >= 0.25 ? 1 : 0;
    if (reached > stands) stands = reached;
    while (stands > reached && p <= ([0, 0.15, 0.35, 0.75][stands] ?? 1)) stands -= 1;
  }
  return ["none", "warning", "high", "critical"][stands] ?? "";
}

function machine(history: readonly number[], levels: MissLevels = USUAL): string {
  let standing: AlertSeverity | null = null;
  for (const p of history) {
    const signal = missSignal(p, standing, levels);
    if (signal === "clear") standing = null;
    else if (signal !== "between" && signal !== "frozen") standing = signal;
  }
  return standing ?? "none";
}

const aProbability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.15, 0.25, 0.35, 0.5, 0.75, 0.9));

describe("the probability of a miss as a signal", () => {
  it("warns from 25 %, is high from 50 % and critical from 90 %, and stays down to 15, 35 and 75 %", () => {
    expect([0.249, 0.25, 0.5, 0.9].map((p) => missSignal(p, null, USUAL))).toEqual(["between", "warning", "high", "critical"]);
    expect([0.76, 0.75, 0.36, 0.35, 0.16, 0.15].map((p) => missSignal(p, "critical", USUAL))).toEqual([
      "critical",
      "high",
      "high",
      "warning",
      "warning",
      "clear",
    ]);
  });

  it("is what the reference's line says, on random histories", () => {
    fc.assert(
      fc.property(fc.array(aProbability, { maxLength: 30 }), (history) => {
        expect(machine(history)).toBe(naively(history));
      }),
      { numRuns: 2000 },
    );
  });

  it("does not chatter: around any level, swings of less than the hysteresis raise once and recover never", () => {
    const aLevel = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(aLevel, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 30 }), (level, swings) => {
        const levels = missLevelsOf({
          escalation: {},
          acknowledgedFor: {},
          hours: "service",
          missProbability: { warning: level, high: 0.99, critical: 0.995 },
        });
        const half = (level - levels.recover.warning) * 0.49;
        const history = [level, ...swings.map((swing) => Math.min(level + swing * half, 0.985))];
        expect(new Set(history.map((_, i) => machine(history.slice(0, i + 1), levels)))).toEqual(new Set(["warning"]));
      }),
      { numRuns: 500 },
    );
  });

  it("a worse outlook is never a lesser signal", () => {
    const order = ["clear", "between", "warning", "high", "critical"];
    fc.assert(
      fc.property(aProbability, aProbability, fc.constantFrom(null, "warning", "high", "critical"), (one, other, standing) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const rank = (p: number): number => order.indexOf(missSignal(p, standing, USUAL));
        expect(rank(low)).toBeLessThanOrEqual(rank(high));
      }),
    );
  });

  it("says how likely, where it will end, where it stands, on how many and what was agreed", () => {
    expect(readably(outlookSignal(watch({}), null, USUAL))).toMatchObject({
      signal: "high",
      version: 3,
      subject: { kind: "outlook", targetId: "service-level", window: "month", start: "2026-09-01" },
      headline:
        "Service level will be missed with a chance of 83 %: expected to end at 79.3 %; so far 78.9 % of 43,180, agreed ≥ 80 %, month 2026-09; about 15,323 still to come",
    });
    expect(readably(outlookSignal(watch({ pMiss: 0.12 }), "warning", USUAL))).toMatchObject({
      signal: "clear",
      headline: "Service level: the chance of a miss is down to 12 %, month 2026-09",
    });
  });

  it("silence and too little to say leave what stands; a window that is over ends it with its verdict", () => {
    expect(outlookSignal(watch({}, { status: "no-data" }), "high", USUAL).signal).toBe("frozen");
    expect(outlookSignal(watch({ pMiss: null }), "high", USUAL).signal).toBe("frozen");
    const { window } = buildOutlook({});
    const over = outlookSignal(watch(null, { status: "missed", window: { ...window, open: false } }), "high", USUAL);
    expect(readably(over)).toMatchObject({
      signal: "clear",
      headline: "The window is over. Service level missed: 78.9 %, agreed ≥ 80 %, month 2026-09",
    });
  });

  it("a day has its verdict alone, and so has a rolling window of days", () => {
    expect((["day", "week", "month", "quarter", "rolling-28d", "rolling-3m"] as const).filter((kind) => looksAhead(kind))).toEqual([
      "week",
      "month",
      "quarter",
      "rolling-3m",
    ]);
  });
});

describe("the point of no return", () => {
  const beyond = { reach: "out-of-reach", neededRate: 0.8713, bestRate: 0.862 } as const;

  it("is told with what the rest needs beside the best ever held over as many", () => {
    expect(readably(noReturnSignal(watch(beyond), null, USUAL))).toMatchObject({
      signal: "high",
      subject: { kind: "no-return", window: "month" },
      headline:
        "Service level has hardly a way back: the about 15,323 still to come must reach 87.1 %, the best ever held over as many is 86.2 %; so far 78.9 % of 43,180, agreed ≥ 80 %, month 2026-09",
    });
  });

  it("is critical where arithmetic says that it is lost", () => {
    expect(readably(noReturnSignal(watch({ reach: "lost", neededRate: 1.04 }), null, USUAL))).toMatchObject({
      signal: "critical",
      headline:
        "Service level is lost: not even with all of the about 15,323 still to come on the agreed side; so far 78.9 % of 43,180, agreed ≥ 80 %, month 2026-09",
    });
  });

  it("speaks of the figure itself where less of it is better", () => {
    const abandoned: Partial<Target> = {
      name: "Abandoned",
      measure: { metric: "abandonment", denominator: "offered" },
      direction: "at-most",
      expected: "5 %",
    };
    const watched = watch({ reach: "out-of-reach", neededRate: 0.97, bestRate: 0.96 }, { value: { num: 1, den: 18 }, n: 18 }, abandoned);
    expect(readably(noReturnSignal(watched, null, USUAL)).headline).toContain("must reach 3.0 %, the best ever held over as many is 4.0 %");
  });

  it("is over half way from the best towards the agreed level, not where it came", () => {
    const back = (neededRate: number, standing: AlertSeverity | null = "high") =>
      noReturnSignal(watch({ reach: "open", neededRate, bestRate: 0.86 }), standing, USUAL).signal;
    expect([back(0.85), back(0.831), back(0.829), back(0.85, "critical"), back(0.85, null)]).toEqual([
      "between",
      "between",
      "clear",
      "high",
      "between",
    ]);
    expect(noReturnSignal(watch({ reach: "safe", neededRate: 0 }), "critical", USUAL).signal).toBe("clear");
  });

  it("what was never held counts only where a miss is likely: one month of history proves little", () => {
    const never = (pMiss: number | null, standing: AlertSeverity | null = null) =>
      noReturnSignal(watch({ ...beyond, pMiss }), standing, USUAL).signal;
    expect([never(0.44), never(0.5), never(null), never(0.44, "high"), never(0.35, "high")]).toEqual([
      "between",
      "high",
      "high",
      "high",
      "clear",
    ]);
    expect(noReturnSignal(watch({ reach: "lost", neededRate: 1.04, pMiss: 0.2 }), null, USUAL).signal).toBe("critical");
  });
});
