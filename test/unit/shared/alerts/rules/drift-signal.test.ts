import { describe, expect, it } from "vitest";
import type { AlertSeverity } from "../../../../../shared/agreement/alert-clauses.ts";
import { driftSignal } from "../../../../../shared/alerts/rules/drift-signal.ts";
import { missLevelsOf } from "../../../../../shared/alerts/rules/miss-levels.ts";
import type { Target } from "../../../../../shared/agreement/agreement.ts";
import { movedBesides } from "../../../../../shared/drift/moved-besides.ts";
import { type DriftLine, driftList } from "../../../../../shared/drift/drift-line.ts";
import type { FoundDrift } from "../../../../../shared/drift/drift-view.ts";
import { buildTarget, contextOf } from "../../../../support/target-case.ts";

const FALL: FoundDrift = {
  direction: "down",
  worse: true,
  by: "bank",
  raisedOn: "2026-09-02",
  onset: { day: "2026-08-26", from: "2026-08-24", to: "2026-08-28" },
  size: { estimate: -0.028, low: -0.04, high: -0.015 },
  now: { value: 0.8841, n: 1204 },
  endedOn: null,
};

function line(changes: Partial<DriftLine> = {}): DriftLine {
  return {
    targetId: "qa",
    version: 2,
    unit: "ratio",
    worse: "down",
    leads: { missProbability: 0.1, missedOn: null },
    atMs: 5,
    state: "drifting",
    why: null,
    baseline: { from: "2026-05-04", to: "2026-06-28", subgroups: 56, n: 4000, level: 0.912, dispersion: 1, autocorrelation: 0 },
    budget: { runLength: 335, watched: 67, alarms: 1 },
    drift: FALL,
    ended: 0,
    month: null,
    besides: null,
    latest: { day: "2026-09-02", value: 0.88, n: 80 },
    recent: [],
    conclusion: null,
    ...changes,
  };
}

function said(found: DriftLine, standing: AlertSeverity | null = null, besides: string | null = null) {
  const target = buildTarget({ id: "qa", name: "Quality score", measure: { metric: "qa-score", form: "2026-1" }, expected: "85 %" });
  const [compiled] = contextOf([target]).targets;
  if (compiled === undefined) throw new Error("no target");
  const { signal, headline, subject, version } = driftSignal(
    { agreementId: "north", compiled, line: found, besides, nowMs: 7 },
    standing,
    missLevelsOf(undefined),
  );
  return { signal, headline: headline.replaceAll("\u00A0", " "), subject, version };
}

describe("what a drift says to its alert", () => {
  it("is a warning with figures, onset and sample, although the target is met", () => {
    expect(said(line())).toEqual({
      signal: "warning",
      headline:
        "Quality score has fallen from 91.2 % to 88.4 % since about 26 Aug (24 Aug to 28 Aug), 1,204 evaluations; still on target (≥ 85 %)",
      subject: { kind: "drift", targetId: "qa" },
      version: 2,
    });
  });

  it("is as severe as a miss of the open window is likely, and stays so a little below", () => {
    const at = (missProbability: number, standing: AlertSeverity | null = null) =>
      said(line({ leads: { missProbability, missedOn: "2026-09-30" } }), standing).signal;
    expect([at(0.1), at(0.3), at(0.6), at(0.95), at(0.8, "critical"), at(0.4, "high"), at(0.2, "high")]).toEqual([
      "warning",
      "warning",
      "high",
      "critical",
      "critical",
      "high",
      "warning",
    ]);
    expect(said(line({ leads: { missProbability: 0.6, missedOn: "2026-09-30" } })).headline).toContain(
      "; if it goes on, missed with 30 Sep",
    );
  });

  it("says that the evaluators have moved as well, and that the agreed level is passed", () => {
    const low = line({
      drift: { ...FALL, now: { value: 0.84, n: 10 }, onset: { day: "2026-08-26", from: "2026-08-26", to: "2026-08-26" } },
    });
    expect(said(low, null, "the evaluators have moved as well").headline).toBe(
      "Quality score has fallen from 91.2 % to 84.0 % since about 26 Aug, 10 evaluations; worse than agreed (≥ 85 %); the evaluators have moved as well",
    );
  });

  it("is over when it is back or was for the better, and stands still while nothing can be said", () => {
    expect(said(line({ drift: null, state: "steady" })).signal).toBe("clear");
    expect(said(line({ drift: { ...FALL, worse: false, direction: "up" } })).signal).toBe("clear");
    expect(said(line({ drift: null, state: "learning", why: "16 of 25 days known" }))).toMatchObject({
      signal: "frozen",
      headline: "Quality score cannot be watched for drift: 16 of 25 days known",
    });
  });
});

describe("what else has moved", () => {
  const measured = (measure: Target["measure"], drift: FoundDrift | null = FALL) => ({ target: { measure }, drift });
  const score = { metric: "qa-score", form: "2026-1" } as const;
  const [answers, rate] = [{ metric: "csat", method: "top-2-box" } as const, { metric: "response-rate" } as const];

  it("explains a score by its evaluators and answers by who answers, where these drift as well", () => {
    const all = [measured(score), measured({ metric: "calibration" }), measured(answers), measured(rate)];
    expect(movedBesides({ measure: score }, all)).toBe("the evaluators have moved as well");
    expect(movedBesides({ measure: answers }, all)).toBe("the share of customers who answer has moved as well");
    expect(movedBesides({ measure: { metric: "fcr", method: "survey" } }, all)).toBe("the share of customers who answer has moved as well");
    expect(movedBesides({ measure: { metric: "aht" } }, all)).toBeNull();
    expect(movedBesides({ measure: { metric: "aht" } }, [...all, measured({ metric: "tenure-mix", underDays: 90 })])).toBe(
      "the share of contacts handled by new agents has moved as well",
    );
    expect(movedBesides({ measure: { metric: "fcr", method: "no-repeat", withinDays: 7 } }, all)).toBeNull();
    expect(movedBesides({ measure: score }, [measured(score), measured({ metric: "calibration" }, null), measured(rate)])).toBeNull();
  });
});

describe("the list of watched targets", () => {
  it("has drifts for the worse first, likelier misses before others, then moves for the better, then the rest", () => {
    const lines = [
      line({ targetId: "learning", state: "learning", drift: null, leads: null }),
      line({ targetId: "unusable", state: "unusable", drift: null, leads: null }),
      line({ targetId: "steady", state: "steady", drift: null, leads: null }),
      line({ targetId: "better", drift: { ...FALL, worse: false }, leads: null }),
      line({ targetId: "worse" }),
      line({ targetId: "worst", leads: { missProbability: 0.7, missedOn: null } }),
    ];
    expect(driftList(lines, 1).lines.map(({ targetId }) => targetId)).toEqual([
      "worst",
      "worse",
      "better",
      "steady",
      "learning",
      "unusable",
    ]);
  });

  it("holds the alarms that came against those promised, over all series that are watched", () => {
    const unusable = line({ targetId: "x", state: "unusable", budget: { runLength: 0, watched: 0, alarms: 0 } });
    expect(driftList([line(), line({ targetId: "b", budget: { runLength: 335, watched: 268, alarms: 0 } }), unusable], 1).budget).toEqual({
      toleratePerMonth: 1,
      series: 2,
      watched: 335,
      promised: 1,
      alarms: 1,
    });
  });
});
