import type { DriftView } from "../../../shared/drift/drift-view.ts";

const COLUMNS = [
  "day",
  "n",
  "value",
  "expected",
  "limit_low",
  "limit_high",
  "ewma",
  "level_low",
  "level_high",
  "counted",
  "open_or_left_out",
] as const;

/** What a value of the file is in. */
const UNITS: Readonly<Record<DriftView["unit"], string>> = {
  ratio: "share of 1",
  duration: "milliseconds",
  score: "score",
  points: "points",
  count: "count",
};

/** Every watched day as it is drawn, one per line (RFC 4180); the first column after the figures' names says their unit. */
export function driftCsv({ points, unit }: Pick<DriftView, "points" | "unit">): string {
  const lines = points.map(({ day, n, value, expected, limits, ewma, sequence, counted, open }) =>
    [
      day,
      n,
      value,
      expected,
      limits.low,
      limits.high,
      ewma,
      sequence?.low ?? "",
      sequence?.high ?? "",
      counted ? "yes" : "no",
      open ? "yes" : "no",
      UNITS[unit],
    ].join(","),
  );
  return `${[[...COLUMNS, "unit"].join(","), ...lines].join("\r\n")}\r\n`;
}
