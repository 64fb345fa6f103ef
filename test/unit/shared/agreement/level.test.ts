import { describe, expect, it } from "vitest";
import { levelRemedy, parseLevel } from "../../../../shared/agreement/level.ts";

describe("agreed levels", () => {
  it.each([
    ["80 %", "ratio", 80, 2],
    ["80%", "ratio", 80, 2],
    [" 80.5 % ", "ratio", 805, 3],
    ["0 %", "ratio", 0, 2],
    ["99.999999 %", "ratio", 99_999_999, 8],
    ["20 s", "duration", 20_000, 0],
    ["20s", "duration", 20_000, 0],
    ["0.125 s", "duration", 125, 0],
    ["6.5 min", "duration", 390_000, 0],
    ["0.001 min", "duration", 60, 0],
    ["6:30", "duration", 390_000, 0],
    ["0:05", "duration", 5000, 0],
    ["100:00", "duration", 6_000_000, 0],
    ["4.2", "score", 42, 1],
    ["5", "score", 5, 0],
    ["35", "points", 35, 0],
    ["-12.5", "points", -125, 1],
    ["−10", "points", -10, 0],
    ["120", "count", 120, 0],
  ] as const)("%j is exact as a %s", (text, unit, mantissa, dp) => {
    const level = parseLevel(text, unit);
    expect(level === null ? null : level.mantissa / 10 ** level.dp).toBe(mantissa / 10 ** dp);
    expect(level).toEqual({ mantissa, dp });
  });

  it.each([
    ["80", "ratio"],
    ["0.8", "ratio"],
    ["80 percent", "ratio"],
    ["80,5 %", "ratio"],
    ["-80 %", "ratio"],
    ["20-30 %", "ratio"],
    ["80 % ?", "ratio"],
    ["", "ratio"],
    ["20", "duration"],
    ["20-30 s", "duration"],
    ["6:60", "duration"],
    ["1:06:30", "duration"],
    ["-5 s", "duration"],
    ["20 ms", "duration"],
    ["6m30", "duration"],
    ["80 %", "duration"],
    ["80 %", "score"],
    ["four", "score"],
    ["35 %", "points"],
    ["1,200", "count"],
    ["120 items", "count"],
    ["4,2", "score"],
  ] as const)("%j is no level of a %s", (text, unit) => {
    expect(parseLevel(text, unit)).toBeNull();
  });

  it.each(["ratio", "duration", "score", "points", "count"] as const)("the remedy for a %s quotes levels that are read", (unit) => {
    const quoted = [...levelRemedy(unit).matchAll(/"([^"]+)"/gu)].map(([, text]) => text ?? "");
    expect(quoted.length).toBeGreaterThan(0);
    expect(quoted.map((text) => parseLevel(text, unit))).not.toContain(null);
  });
});
