import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { windowsTouched } from "../../../../shared/agreement/windows.ts";
import { engineOf, type Row, rows, served } from "../../../support/engine-case.ts";
import { verdictOf } from "../../../support/target-case.ts";

const LATER = "2026-05-01T00:00:00Z";

function day(target: Partial<Target>, start: string, ...some: readonly Row[]): Verdict {
  return verdictOf(engineOf({ windows: ["day"], ...target }), rows(...some), { now: LATER, window: "day", start });
}

describe("a small sample that is joined to the window before it", () => {
  const joined: Partial<Target> = { minimumSample: 50, onLowSample: "join-previous" };

  it("is judged together with it: 10 of 20 and 78 of 80 are 88 of 100", () => {
    const verdict = day(joined, "2026-03-03", served("2026-03-02", 78, 80), served("2026-03-03", 10, 20));
    expect(verdict).toMatchObject({ status: "met", value: { num: 88, den: 100 }, n: 100 });
    expect(verdict.trace.join("\n")).toContain("the window before is judged together with it");
  });

  it("stands alone where it is large enough", () => {
    expect(day(joined, "2026-03-03", served("2026-03-02", 78, 80), served("2026-03-03", 10, 50))).toMatchObject({
      status: "missed",
      n: 50,
    });
  });

  it("is joined once, not until it is enough", () => {
    const verdict = day(joined, "2026-03-04", served("2026-03-02", 78, 80), served("2026-03-03", 10, 20), served("2026-03-04", 10, 20));
    expect(verdict).toMatchObject({ status: "not-proven", n: 40, needed: 10 });
  });

  it("is not joined to what another version governs", () => {
    const context = engineOf({ windows: ["day"], ...joined }, { effectiveFrom: "2026-03-03" });
    const some = rows(served("2026-03-02", 78, 80), served("2026-03-03", 10, 20));
    expect(verdictOf(context, some, { now: LATER, window: "day", start: "2026-03-03" })).toMatchObject({ status: "not-proven", n: 20 });
  });

  it("without any contact stays no data", () => {
    expect(day(joined, "2026-03-03", served("2026-03-02", 78, 80), served("2026-03-03", 0, 0)).status).toBe("no-data");
  });

  it("speaks of a claim on the window before only where that is judged with it", () => {
    const claim = {
      id: "c1",
      fromMs: Date.parse("2026-03-02T00:00:00Z"),
      toMs: Date.parse("2026-03-03T00:00:00Z"),
      targets: "all",
      state: "accepted",
      why: "client outage",
    } as const;
    const some = (n: number): Verdict =>
      verdictOf(engineOf({ windows: ["day"], ...joined }), rows(served("2026-03-02", 8, 80), served("2026-03-03", n, n)), {
        now: LATER,
        window: "day",
        start: "2026-03-03",
        exclusions: [claim],
      });
    expect(some(20)).toMatchObject({ status: "not-proven", n: 20, recomputed: { n: 100, status: "missed" } });
    expect(some(50)).toMatchObject({ status: "met", n: 50, recomputed: null });
  });

  it("makes a changed day touch the window after its own", () => {
    const context = engineOf({ windows: ["day"], ...joined });
    const [compiled] = context.targets;
    const touched = compiled === undefined ? [] : windowsTouched(context, compiled, ["2026-03-02"], Date.parse(LATER));
    expect(touched.map(({ start }) => start)).toEqual(["2026-03-02", "2026-03-03"]);
  });
});

describe("a small sample in which one miss is allowed", () => {
  const lenient: Partial<Target> = { minimumSample: 50, onLowSample: "allow-one-miss" };

  it.each([
    ["with one more success on the level it is met", "at-least", 7, 10, "met"],
    ["two short it is missed", "at-least", 6, 10, "missed"],
    ["on the level it is met as any other", "at-least", 8, 10, "met"],
    ["at most 80 %: one beyond it is met", "at-most", 9, 10, "met"],
    ["at most 80 %: two beyond it is missed", "at-most", 10, 10, "missed"],
    ["a large sample gets no such favour", "at-least", 79, 100, "missed"],
  ] as const)("%s", (_, direction, within, n, status) => {
    expect(day({ ...lenient, direction }, "2026-03-02", served("2026-03-02", within, n))).toMatchObject({ status, n });
  });

  it("keeps its figure and says what was allowed", () => {
    expect(day(lenient, "2026-03-02", served("2026-03-02", 7, 10))).toMatchObject({
      value: { num: 7, den: 10 },
      reason: "On the agreed side but for one, and one is allowed below 50.",
    });
  });
});

describe("what a closed window counts as", () => {
  const target: Partial<Target> = { minimum: "70 %", onNoData: "default", windows: ["day"] };
  const now = "2026-03-04T12:00:00Z";
  const some = rows(
    served("2026-03-01", 80, 100),
    served("2026-03-02", 75, 100),
    served("2026-03-03", 60, 100),
    served("2026-03-04", 60, 100),
  );

  it.each([
    ["met: no default", "2026-03-01", null],
    ["missed: beyond the expected level", "2026-03-02", "expected"],
    ["far missed: beyond the minimum", "2026-03-03", "minimum"],
    ["still open: nothing yet", "2026-03-04", null],
  ] as const)("%s", (_, start, expected) => {
    expect(verdictOf(engineOf(target), some, { now, window: "day", start }).default).toBe(expected);
  });

  it("not measuring is a default where that is agreed, and else is not", () => {
    const gap = rows(served("2026-03-01", 80, 100), served("2026-03-03", 80, 100));
    const options = { now, window: "day", start: "2026-03-02" } as const;
    expect(verdictOf(engineOf(target), gap, options)).toMatchObject({ status: "no-data", default: "not-measured" });
    expect(verdictOf(engineOf({ ...target, onNoData: "no-data" }), gap, options)).toMatchObject({ status: "no-data", default: null });
  });

  it("a window that is closed throughout by the service hours is no default", () => {
    const gap = rows(served("2026-03-01", 80, 100), served("2026-03-03", 80, 100));
    const verdict = verdictOf(engineOf(target, { holidays: ["2026-03-02"] }), gap, { now, window: "day", start: "2026-03-02" });
    expect(verdict).toMatchObject({ status: "not-counted", default: null });
  });
});
