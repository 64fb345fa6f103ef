import { z } from "zod";
import { EXCLUSION_KINDS } from "../agreement/money-clauses.ts";
import { ClaimedRange } from "../settlement/claim.ts";

export const NewClaim = z.strictObject({
  kind: z.enum(EXCLUSION_KINDS),
  targets: z.union([z.literal("all"), z.array(z.string().max(130)).min(1).max(60)]),
  fromMs: z.int(),
  toMs: z.int(),
  evidence: z.string().min(1).max(4000),
  mitigation: z.string().max(4000),
  operationId: z.uuid(),
});

/** Decided by the party that did not claim. `partly` names what is accepted. */
export const DecideClaim = z.strictObject({
  expectedSeq: z.int().min(1),
  decision: z.enum(["accepted", "partly", "rejected"]),
  accepted: z.array(ClaimedRange).max(50).default([]),
  note: z.string().min(1).max(2000),
  operationId: z.uuid(),
});

export const WithdrawClaim = z.strictObject({ expectedSeq: z.int().min(1), note: z.string().max(2000), operationId: z.uuid() });

/** A month's forecast by day; locked so many days before the month begins as the agreement says. */
export const Forecast = z.strictObject({
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u),
  days: z.record(z.iso.date(), z.int().min(0).max(100_000_000)),
  handedInAtMs: z.int(),
  locksAtMs: z.int(),
});
export type Forecast = z.infer<typeof Forecast>;
export const NewForecast = z.strictObject({ days: Forecast.shape.days, operationId: z.uuid() });
