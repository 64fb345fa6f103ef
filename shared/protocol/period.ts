import { z } from "zod";
import { Closing, PeriodFigures } from "../settlement/closing.ts";
import { RestatedVerdict } from "./restatement.ts";

const Said = RestatedVerdict.shape.new;

/** A verdict of a closed period that the facts give otherwise by now; `closed` is null where there was none. */
export const AdjustedFigure = RestatedVerdict.pick({
  targetId: true,
  window: true,
  unit: true,
  direction: true,
  expected: true,
  notBelow: true,
}).extend({ closed: Said.nullable(), now: Said });
export type AdjustedFigure = z.infer<typeof AdjustedFigure>;

/** A settlement period that is over. */
export const PeriodView = z.strictObject({
  ...Closing.pick({ id: true, kind: true, start: true, fromMs: true, toMs: true }).shape,
  /** As closed once both have signed, else as they stand. */
  figures: PeriodFigures,
  closing: Closing.nullable(),
  /** What may still change it: receipts under way, undecided claims, targets without data. */
  open: z.strictObject({ receipts: z.int(), claims: z.array(z.string()), targetsWithoutData: z.array(z.string()) }),
  /** What came after the closing, as recomputed minus as closed in minor units; `null` before. */
  adjustments: z.strictObject({ credit: z.int(), bonus: z.int(), verdicts: z.array(AdjustedFigure) }).nullable(),
});
export type PeriodView = z.infer<typeof PeriodView>;

/** `sha256`: of the figures that the person has seen. */
export const PeriodStepBody = z.strictObject({ sha256: z.string().max(64), note: z.string().max(2000), operationId: z.uuid() });
