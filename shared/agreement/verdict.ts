import { z } from "zod";
import { WindowKind } from "../calendar/window-kind.ts";
import { MEASURE_UNITS } from "../metrics/measure.ts";

export const VERDICT_STATUSES = ["met", "at-risk", "missed", "not-proven", "no-data", "not-derivable", "not-counted"] as const;
export const VerdictStatus = z.enum(VERDICT_STATUSES);
export type VerdictStatus = z.infer<typeof VerdictStatus>;

export const Quotient = z.strictObject({ num: z.int(), den: z.int() });
export const DecimalValue = z.strictObject({ mantissa: z.int(), dp: z.int().min(0).max(12) });

/** What the provider's file itself said, never a verdict: the printed figure and half of its last printed digit. */
export const FedClaim = z.strictObject({ value: DecimalValue, agrees: z.boolean().nullable() });
export type FedClaim = z.infer<typeof FedClaim>;

export const VerdictWindow = z.strictObject({
  kind: WindowKind,
  /** First local day of the window in the agreement's zone; with `kind` it names the window. */
  start: z.iso.date(),
  fromMs: z.int(),
  toMs: z.int(),
  open: z.boolean(),
  /** Whether this is only the part of the calendar window that one version governs; its `start` is then the part's first day. */
  part: z.boolean(),
});
export type VerdictWindow = z.infer<typeof VerdictWindow>;

/** The same window counted otherwise: as recomputed without any exclusion, or as if every open claim were accepted. */
export const OtherCount = z.strictObject({ value: Quotient.nullable(), n: z.int(), status: VerdictStatus });
export type OtherCount = z.infer<typeof OtherCount>;

/** Whether one target was met in one window, and everything needed to check it by hand. */
export const Verdict = z.strictObject({
  targetId: z.string(),
  version: z.int(),
  window: VerdictWindow,
  status: VerdictStatus,
  unit: z.enum(MEASURE_UNITS),
  /** The exact figure: a ratio of integers; milliseconds per contact for a duration. `null` when there is none. */
  value: Quotient.nullable(),
  /** Sample size: what stands in the denominator. */
  n: z.int(),
  /** For "not proven": how many more decide it, as far as the minimum sample goes. */
  needed: z.int().nullable(),
  direction: z.enum(["at-least", "at-most", "within"]),
  /** The expected level in the unit of `value`, as it holds in this window (ramp and volume included); a band's upper end. */
  expected: DecimalValue,
  /** A band's lower end. */
  notBelow: DecimalValue.nullable(),
  /** Whether the figure is also beyond the minimum level, where the agreement has one. */
  belowMinimum: z.boolean(),
  /** What a closed window counts as for the money: beyond the expected or minimum level, or not measured where that is agreed to be one. */
  default: z.enum(["expected", "minimum", "not-measured"]).nullable(),
  /** `value` is as adjusted by accepted exclusions. These two are there only where a claim touches the window. */
  recomputed: OtherCount.nullable(),
  ifAllAccepted: OtherCount.nullable(),
  /** For sampled metrics: the 95 % interval of the figure, as decimals in the unit of `value`. */
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  fed: FedClaim.nullable(),
  /** Up to when this window is known: the end of its latest interval, or when the data came if that interval still runs. */
  asOfMs: z.int().nullable(),
  /** One sentence: why this status. */
  reason: z.string(),
  trace: z.array(z.string()),
  /** SHA-256 of the canonical JSON of everything above, in hex; empty until sealed. Equal inputs give equal hashes. */
  hash: z.string().regex(/^(?:[0-9a-f]{64})?$/u),
});
export type Verdict = z.infer<typeof Verdict>;

/** Names a verdict inside its agreement, e.g. `service-level.day.2026-11-20`. */
export function verdictKey(targetId: string, window: Pick<VerdictWindow, "kind" | "start">): string {
  return `${targetId}.${window.kind}.${window.start}`;
}
