import { describe, expect, it } from "vitest";
import { figureWords, isLiveFigure } from "../../../client/live/live-figure.ts";
import { buildVerdict } from "../../support/client-fixture.ts";

describe("the figure of a verdict on a screen", () => {
  it("of a silent feed is only what it was, never a live figure", () => {
    const silent = buildVerdict({ status: "no-data", value: { num: 826, den: 1000 } });
    expect(isLiveFigure(silent)).toBe(false);
    expect(figureWords(silent)).toBe("was 82.6\u00a0%");
  });

  it("is a dash where there never was one", () => {
    expect(figureWords(buildVerdict({ status: "no-data", value: null }))).toBe("—");
    expect(figureWords(null)).toBe("—");
  });

  it("stands as it is otherwise, also while it is not proven", () => {
    const small = buildVerdict({ status: "not-proven", value: { num: 826, den: 1000 } });
    expect(isLiveFigure(small)).toBe(true);
    expect(figureWords(small)).toBe("82.6\u00a0%");
  });
});
