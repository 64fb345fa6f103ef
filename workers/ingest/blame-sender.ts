import type { FileProblem } from "../../shared/feeds/canonical.ts";
import { type Receipt, SET_ASIDE_RULE } from "../../shared/protocol/receipt.ts";
import { noteRefusal, senderOfReceipt } from "../../shared/store/refusals.ts";
import type { WorkerParts } from "../parts.ts";

/** A file from here on costs something to take in, seal and flush, whatever is wrong with it. */
const LARGE_BYTES = 1_000_000;
/** Refusals that come after work which the file's size does not show. */
const COSTLY_RULES: ReadonlySet<string> = new Set(["too-large-to-open", SET_ASIDE_RULE]);

/** Counts a file that was refused as a whole against its sender, if it has cost something; small mistakes are free. */
export async function blameSender(parts: WorkerParts, receipt: Receipt, refused: readonly FileProblem[]): Promise<void> {
  if (refused.length === 0) return;
  if (receipt.bytes < LARGE_BYTES && !refused.some(({ rule }) => COSTLY_RULES.has(rule))) return;
  const { redis, clock } = parts;
  const sender = await senderOfReceipt(redis, receipt.agreementId, receipt.number);
  if (sender === null) return;
  await noteRefusal(redis, { sender, agreementId: receipt.agreementId }, { occasion: receipt.id, nowMs: clock() });
}
