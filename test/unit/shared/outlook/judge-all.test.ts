import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { evaluateAll } from "../../../../shared/agreement/evaluate-all.ts";
import { createHistory } from "../../../../shared/agreement/history.ts";
import type { FeedFacts } from "../../../../shared/facts/fact-table.ts";
import type { Interval } from "../../../../shared/facts/interval.ts";
import { judgeAll } from "../../../../shared/outlook/judge-all.ts";
import { sameFigureOn } from "../../../../shared/outlook/same-figure.ts";
import { buildAgreement, buildFeed } from "../../../support/sample-agreement.ts";

const QUARTER_MS = 900_000;
const NOW = Date.parse("2026-11-21T00:00:00Z");
const NEGATIVE = { metric: "service-level", variant: "negative", withinSeconds: 20 };

function version(number: number, from: string, target: object) {
  const base = buildAgreement();
  const targets = [{ ...base.targets[0], measure: NEGATIVE, ...target }];
  return { agreement: Agreement.parse({ ...base, version: number, timeZone: "UTC", effectiveFrom: from, targets }), feeds: [buildFeed()] };
}

/** Every quarter of an hour the same: 81 of 100 in time. */
function evenFacts(fromDay: string): FeedFacts {
  const { counters } = createHistory([version(1, "2026-01-01", {})]).latest.layout("calls");
  const first = Date.parse(`${fromDay}T00:00:00Z`);
  const intervals = Array.from({ length: (NOW - first) / QUARTER_MS }, (_, i): Interval => ({
    startMs: first + i * QUARTER_MS,
    counters: counters.map((counter) => (counter.includes("-within-") ? 81 : counter === "abandoned" ? 0 : 100)),
    claims: [],
    revision: 0,
  }));
  return { queues: [{ queue: "main", intervals }], span: { firstMs: first, lastMs: NOW - QUARTER_MS } };
}

describe("a whole history with its outlooks", () => {
  const facts = new Map([["calls", evenFacts("2026-08-01")]]);
  const options = { nowMs: NOW, exclusions: [], forecast: new Map<string, number>() };

  it("has one outlook for each open window longer than a day, and the verdicts of the evaluation", () => {
    const history = createHistory([version(1, "2026-01-01", { windows: ["day", "month", "quarter"] })]);
    const { verdicts, outlooks } = judgeAll(history, facts, options);
    expect(outlooks.map(({ window }) => `${window.kind} ${window.start}`)).toEqual(["quarter 2026-10-01", "month 2026-11-01"]);
    expect(verdicts).toEqual(evaluateAll(history, facts, options));
    const month = outlooks.find(({ window }) => window.kind === "month");
    expect(month).toMatchObject({ n: 192_000, good: 155_520, remaining: { expected: 96_000 }, daysKnown: 76, forecast: "profile" });
    expect(month?.pMiss).toBeLessThan(0.05);
  });

  it("learns from the days of an earlier version that measured the same, whatever it was held to", () => {
    const history = createHistory([
      version(1, "2026-01-01", { windows: ["month"], expected: "70 %" }),
      version(2, "2026-11-01", { windows: ["month"] }),
    ]);
    const [outlook] = judgeAll(history, facts, options).outlooks;
    expect(outlook).toMatchObject({ version: 2, daysKnown: 76 });
  });

  it("starts afresh where the formula changed", () => {
    const history = createHistory([
      version(1, "2026-01-01", { windows: ["month"], measure: { ...NEGATIVE, variant: "answered-only" } }),
      version(2, "2026-11-01", { windows: ["month"] }),
    ]);
    const [outlook] = judgeAll(history, facts, options).outlooks;
    expect(outlook).toMatchObject({ version: 2, daysKnown: 20 });
    const [compiled] = history.latest.targets;
    if (compiled === undefined) throw new Error("no target");
    const compiledOn = sameFigureOn(history, compiled);
    expect([compiledOn("2026-10-31"), compiledOn("2025-12-31"), compiledOn("2026-11-01")]).toEqual([undefined, undefined, compiled]);
  });

  it("turns met to at risk where the end is in doubt", () => {
    const history = createHistory([version(1, "2026-01-01", { windows: ["month"], expected: "80.9 %" })]);
    const { verdicts, outlooks } = judgeAll(history, facts, { ...options, nowMs: NOW });
    const open = verdicts.find(({ window }) => window.open);
    expect(open?.status).toBe((outlooks[0]?.pMiss ?? 0) >= 0.25 ? "at-risk" : "met");
  });
});
