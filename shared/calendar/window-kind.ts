import { z } from "zod";

/** The calendar windows; `rolling-28d` is the 28 days that end with each day, `rolling-3m` the three months that end with each month. */
const KIND = /^(?:day|week|month|quarter|rolling-(?:[2-9]|[1-8]\d|9[0-2])d|rolling-(?:[2-9]|1[0-2])m)$/u;

export type WindowKind = "day" | "week" | "month" | "quarter" | `rolling-${number}d` | `rolling-${number}m`;

export function isWindowKind(text: string): text is WindowKind {
  return KIND.test(text);
}

export const WindowKind = z.string().refine(isWindowKind, {
  error: "must be day, week, month, quarter, rolling-<2 to 92>d or rolling-<2 to 12>m",
});
