import type { Redis } from "ioredis";
import { Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import type { Restatement } from "../../shared/protocol/restatement.ts";
import { settle } from "../../shared/settlement/settle.ts";
import { settlementKind } from "../../shared/settlement/version.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readSettlementInput } from "../../shared/store/settlement-input.ts";
import type { VerdictChange } from "./evaluation.ts";

interface CreditRequest {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly changes: readonly VerdictChange[];
  readonly nowMs: number;
}

/** Credits of all periods that are over, before and after the changes; `null` where none of them touches a closed window that is settled. */
export async function restatedCredit({ redis, stored, changes, nowMs }: CreditRequest): Promise<Restatement["credit"]> {
  const kinds = new Set<string>(stored.history.versions.map(settlementKind));
  const settled = changes.filter(({ verdict, before }) => before !== null && !verdict.window.open && kinds.has(verdict.window.kind));
  const currency = stored.history.latest.agreement.fees?.currency;
  if (settled.length === 0 || currency === undefined) return null;
  const input = await readSettlementInput(redis, stored);
  const now = new Map(settled.map(({ verdict }) => [verdictKey(verdict.targetId, verdict.window), verdict]));
  const credit = (verdicts: readonly Verdict[]): number =>
    settle({ ...input, verdicts, nowMs }).periods.reduce((sum, period) => sum + period.credit, 0);
  const after = input.verdicts.map((verdict) => now.get(verdictKey(verdict.targetId, verdict.window)) ?? verdict);
  return { currency, old: credit(input.verdicts), new: credit(after) };
}
