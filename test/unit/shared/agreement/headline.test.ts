import { describe, expect, it } from "vitest";
import { headlineOf } from "../../../../shared/agreement/headline.ts";
import type { WindowKind } from "../../../../shared/calendar/window-kind.ts";
import { engineOf, rows, served } from "../../../support/engine-case.ts";
import { verdictOf } from "../../../support/target-case.ts";

describe("a headline", () => {
  it.each<[WindowKind, string, string]>([
    ["day", "2026-03-12", "day 2026-03-12"],
    ["week", "2026-03-09", "week from 2026-03-09"],
    ["month", "2026-03-01", "month 2026-03"],
    ["quarter", "2026-01-01", "quarter from 2026-01-01"],
    ["rolling-28d", "2026-02-13", "28 days from 2026-02-13"],
    ["rolling-2m", "2026-02-01", "2 months from 2026-02-01"],
  ])("names its window: %s of %s is %s", (window, start, words) => {
    const context = engineOf({ windows: [window] });
    const [compiled] = context.targets;
    const verdict = verdictOf(context, rows(served("2026-03-12", 724, 1000)), { now: "2026-07-01T00:00:00Z", window, start });
    if (compiled === undefined) throw new Error("there is no target");
    expect(headlineOf(compiled, verdict).replaceAll("\u00a0", " ")).toBe(`Service level missed: 72.4 %, agreed ≥ 80 %, ${words}`);
  });

  it("says when its window is only the part that one version governs", () => {
    const context = engineOf({ windows: ["month"] }, { effectiveFrom: "2026-03-11" });
    const [compiled] = context.targets;
    const verdict = verdictOf(context, rows(served("2026-03-12", 1, 10)), { now: "2026-07-01T00:00:00Z", window: "month" });
    if (compiled === undefined) throw new Error("there is no target");
    expect(headlineOf(compiled, verdict)).toContain("part of a month from 2026-03-11");
  });
});
