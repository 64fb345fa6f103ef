import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../shared/agreement/agreement.ts";
import { evaluateAll } from "../../../../shared/agreement/evaluate-all.ts";
import { type AgreementHistory, createHistory } from "../../../../shared/agreement/history.ts";
import { sumTargetDay } from "../../../../shared/agreement/target-day.ts";
import { rows, SERVED, served } from "../../../support/engine-case.ts";
import { buildAgreement } from "../../../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../../../support/target-case.ts";

const feeds = [intervalFeed(SERVED)];

function version(number: number, effectiveFrom: string, change: Partial<Agreement> = {}): { agreement: Agreement; feeds: typeof feeds } {
  return {
    agreement: { ...buildAgreement(), timeZone: "UTC", targets: [buildTarget()], version: number, effectiveFrom, ...change },
    feeds,
  };
}

function terms(history: AgreementHistory): string[] {
  return history.versions.map(({ agreement, term }) => `v${agreement.version} ${term.from} to ${term.to ?? "ever"}`);
}

describe("the terms of versions", () => {
  it("end the day before the next one begins, or at their own end", () => {
    const history = createHistory([
      version(1, "2026-01-01", { effectiveTo: "2026-12-31" }),
      version(2, "2026-03-10", { effectiveTo: "2026-03-20" }),
      version(3, "2026-04-01"),
    ]);
    expect(terms(history)).toEqual(["v1 2026-01-01 to 2026-03-09", "v2 2026-03-10 to 2026-03-20", "v3 2026-04-01 to ever"]);
    expect(
      ["2025-12-31", "2026-03-09", "2026-03-10", "2026-03-25", "2030-01-01"].map((day) => history.contextOn(day)?.agreement.version),
    ).toEqual([undefined, 1, 2, undefined, 3]);
    expect(history.latest.agreement.version).toBe(3);
  });

  it("of a version that a later one overtakes are empty, and it is left out", () => {
    const history = createHistory([version(3, "2026-02-01"), version(1, "2026-01-01"), version(2, "2026-06-01")]);
    expect(terms(history)).toEqual(["v1 2026-01-01 to 2026-01-31", "v3 2026-02-01 to ever"]);
  });

  it("need at least one version", () => expect(() => createHistory([])).toThrow(RangeError));
});

describe("a month that two versions share", () => {
  const history = createHistory([
    version(1, "2026-01-01"),
    version(2, "2026-03-11", { targets: [buildTarget({ expected: "90 %", windows: ["month", "quarter", "rolling-3d"] })] }),
  ]);
  const queues = rows(served("2026-03-10", 85, 100), served("2026-03-11", 85, 100), served("2026-03-13", 90, 100));
  const span = { firstMs: Date.parse("2026-03-10T10:00:00Z"), lastMs: Date.parse("2026-03-13T10:00:00Z") };
  const verdicts = evaluateAll(history, new Map([["calls", { queues, span }]]), {
    nowMs: Date.parse("2026-05-01T00:00:00Z"),
    exclusions: [],
    forecast: new Map(),
  });

  it("is judged in parts, each under its own version", () => {
    const months = verdicts.filter(({ window }) => window.kind === "month");
    expect(months).toMatchObject([
      {
        version: 1,
        window: { start: "2026-03-01", part: true, fromMs: Date.parse("2026-03-01T00:00:00Z"), toMs: Date.parse("2026-03-11T00:00:00Z") },
        status: "met",
        value: { num: 85, den: 100 },
      },
      {
        version: 2,
        window: { start: "2026-03-11", part: true, fromMs: Date.parse("2026-03-11T00:00:00Z"), toMs: Date.parse("2026-04-01T00:00:00Z") },
        status: "missed",
        value: { num: 175, den: 200 },
      },
    ]);
    expect(months[0]?.trace[0]).toContain("the part that this version governs");
  });

  it("has days of one version each, and rolling windows only inside one version", () => {
    const named = (kind: string): string[] =>
      verdicts.filter(({ window }) => window.kind === kind).map((verdict) => `v${verdict.version} ${verdict.window.start}`);
    expect(named("day")).toEqual(["v1 2026-03-10"]);
    expect(named("rolling-3d")).toEqual(["v2 2026-03-11", "v2 2026-03-12", "v2 2026-03-13"]);
  });
});

describe("layouts of contact feeds", () => {
  it("only grow at the end, so that intervals stored under an earlier version stay readable", () => {
    const calls = [contactFeed()];
    const of = (targets: Agreement["targets"], number: number, from: string) => ({ ...version(number, from, { targets }), feeds: calls });
    const first = of([buildTarget()], 1, "2026-01-01");
    const second = of([buildTarget({ measure: { metric: "service-level", variant: "negative", withinSeconds: 10 } })], 2, "2026-02-01");
    const [alone, both] = [createHistory([first]), createHistory([first, second])];
    const before = alone.latest.layout("calls").counters;
    const after = both.latest.layout("calls").counters;
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toContain("answered-within-10000");
    expect(both.versions.map((context) => context.layout("calls"))).toEqual([both.latest.layout("calls"), both.latest.layout("calls")]);
  });

  it("hold what all eight service level variants need, as far as the feed can answer", () => {
    const history = createHistory([{ ...version(1, "2026-01-01"), feeds: [contactFeed()] }]);
    expect(history.latest.layout("calls").counters).toEqual([
      "abandoned",
      "abandoned-within-20000",
      "abandoned-within-5000",
      "answered",
      "answered-within-20000",
      "flowed-out",
      "missed",
      "missed-within-20000",
      "offered",
    ]);
  });

  it("let an earlier version read what a later one stores", () => {
    const measure = { metric: "service-level", variant: "negative", withinSeconds: 10 } as const;
    const both = createHistory([
      { ...version(1, "2026-01-01"), feeds: [contactFeed()] },
      { ...version(2, "2026-02-01", { targets: [buildTarget({ measure })] }), feeds: [contactFeed()] },
    ]);
    const [context] = both.versions;
    const [compiled] = context?.targets ?? [];
    if (context === undefined || compiled === undefined) throw new Error("there is no version");
    const counters = context
      .layout("calls")
      .counters.map((counter) => (counter === "answered-within-20000" ? 8 : counter === "answered" ? 10 : 0));
    const queues = [{ queue: "main", intervals: [{ revision: 1, startMs: Date.parse("2026-01-05T10:00:00Z"), counters, claims: [] }] }];
    const { recomputed } = sumTargetDay(context, compiled, "2026-01-05", { queues, exclusions: [] });
    expect(recomputed).toMatchObject({ intervals: 1, totals: [8, 10, 0] });
  });
});
