import { z } from "zod";
import { EXCLUSION_KINDS } from "../agreement/money-clauses.ts";
import { PartyActor } from "./party.ts";

export const CLAIM_STATES = ["claimed", "accepted", "partly", "rejected", "lapsed", "withdrawn"] as const;
export const ClaimState = z.enum(CLAIM_STATES);
export type ClaimState = z.infer<typeof ClaimState>;

export const ClaimedRange = z.strictObject({ fromMs: z.int(), toMs: z.int() });

/** One party's demand that time be left out. Never deleted: every state it was in stays in `steps`. */
export const ExclusionClaim = z.strictObject({
  /** `c1`, `c2`, ... within its agreement. */
  id: z.string().regex(/^c[1-9]\d{0,8}$/u),
  kind: z.enum(EXCLUSION_KINDS),
  targets: z.union([z.literal("all"), z.array(z.string()).min(1)]),
  window: ClaimedRange,
  /** What was left out in the end: the whole window if accepted, the accepted parts if partly. */
  accepted: z.array(ClaimedRange),
  evidence: z.string().max(4000),
  mitigation: z.string().max(4000),
  noticeAtMs: z.int(),
  noticeDueMs: z.int(),
  decideByMs: z.int(),
  state: ClaimState,
  /** Grows by one with each step; a decision names the one it has seen. */
  seq: z.int().min(1),
  steps: z.array(z.strictObject({ atMs: z.int(), state: ClaimState, by: PartyActor.nullable(), note: z.string().max(2000) })).min(1),
});
export type ExclusionClaim = z.infer<typeof ExclusionClaim>;
