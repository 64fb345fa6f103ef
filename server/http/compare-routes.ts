import { settle } from "../../shared/settlement/settle.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { readSettlementInput } from "../../shared/store/settlement-input.ts";
import { notFound } from "../access/decide.ts";
import { compareVariants } from "../compare/compare-variants.ts";
import { explain } from "../compare/explain.ts";
import { whatIf } from "../compare/what-if.ts";
import { readDraft } from "../documents/read-draft.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

type Names = "whatIf" | "variants" | "explain" | "settlement";

/** Questions that are answered by judging again; nothing here writes. */
export function compareRoutes({ redis, clock }: ServerParts): Pick<Handlers, Names> {
  async function inForce(agreementId: string): Promise<StoredAgreement> {
    const stored = await readAgreement(redis, agreementId);
    if (stored === null) throw notFound();
    return stored;
  }
  return {
    async whatIf({ params: { agreementId }, body: { text, months } }) {
      const [stored, draft] = await Promise.all([inForce(agreementId), readDraft(redis, agreementId, text)]);
      return whatIf({ redis, stored, draft, months, nowMs: clock() });
    },
    async variants({ params: { agreementId, targetId }, query }) {
      const found = await compareVariants({ redis, stored: await inForce(agreementId), targetId, query, nowMs: clock() });
      if (found === null) throw notFound();
      return found;
    },
    async explain({ params: { agreementId, targetId }, query: { kind, start } }) {
      const found = await explain({ redis, stored: await inForce(agreementId), targetId, window: { kind, start }, nowMs: clock() });
      if (found === null) throw notFound();
      return found;
    },
    async settlement({ params: { agreementId } }) {
      const input = await readSettlementInput(redis, await inForce(agreementId));
      return settle({ ...input, nowMs: clock() });
    },
  };
}
