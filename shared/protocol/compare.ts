import { z } from "zod";
import { Verdict } from "../agreement/verdict.ts";
import { WindowKind } from "../calendar/window-kind.ts";
import { Finding } from "./version.ts";

const Day = z.iso.date();

/** Windows of one kind that begin within the days, both included. */
export const WindowQuery = z.strictObject({ kind: WindowKind, from: Day, to: Day });

/** The same windows under one variant of the measure. */
export const VariantRow = z.strictObject({
  variant: z.string(),
  /** The formula in words. */
  says: z.string(),
  /** Whether this is the variant that the agreement names. */
  agreed: z.boolean(),
  /** Why the feed cannot answer it; then there are no verdicts. */
  lacks: z.string().nullable(),
  verdicts: z.array(Verdict),
  /** What the windows would cost, in minor units; `null` where the agreement prices nothing of this kind. */
  credit: z.int().nullable(),
});
export type VariantRow = z.infer<typeof VariantRow>;

export const Variants = z.strictObject({ targetId: z.string(), currency: z.string().nullable(), rows: z.array(VariantRow) });
export type Variants = z.infer<typeof Variants>;

export const WhatIfRequest = z.strictObject({ text: z.string().min(1).max(200_000), months: z.int().min(1).max(13).default(12) });

/** One window of one target as it was judged and as a draft would judge it; `null` where a side has no such target or window. */
export const WhatIfRow = z.strictObject({ targetId: z.string(), name: z.string(), now: Verdict.nullable(), draft: Verdict.nullable() });
export type WhatIfRow = z.infer<typeof WhatIfRow>;

export const WhatIf = z.strictObject({
  findings: z.array(Finding),
  currency: z.string().nullable(),
  rows: z.array(WhatIfRow),
  /** Credits by settlement period, in minor units. */
  credits: z.array(z.strictObject({ start: Day, now: z.int(), draft: z.int() })),
});
export type WhatIf = z.infer<typeof WhatIf>;

/** Every step of a verdict, down to the intervals that were not counted. */
export const Explanation = z.strictObject({ verdict: Verdict, lines: z.array(z.string()) });
export type Explanation = z.infer<typeof Explanation>;
