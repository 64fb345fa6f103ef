import type { Redis } from "ioredis";
import type { SettlementInput } from "../settlement/settle.ts";
import type { StoredAgreement } from "./agreements.ts";
import { readClaims } from "./claims.ts";
import { readVerdicts } from "./snapshot.ts";

/** What the money side of an agreement is recomputed from, but for the clock. */
export async function readSettlementInput(redis: Redis, { agreement, history }: StoredAgreement): Promise<Omit<SettlementInput, "nowMs">> {
  const [verdicts, claims] = await Promise.all([readVerdicts(redis, agreement.id), readClaims(redis, agreement.id)]);
  return { versions: history.versions, verdicts, claims };
}
