import { AppError } from "../../../shared/protocol/errors.ts";
import { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import { call } from "../../live/api.ts";
import { rangeAt } from "../../ui/local-instant.ts";

/** Sends something to the claims of an agreement, or to one of them; the answer is the claim as it then is. */
export async function sendClaim(agreementId: string, step: string, body: unknown): Promise<ExclusionClaim> {
  const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/claims${step}`;
  return await call({ method: "POST", path, body, answer: ExclusionClaim });
}

/**
 * A range as typed on the agreement's clock.
 *
 * @throws {AppError} for a time that the clock never shows, and for an end that is not after the start.
 */
export function typedRange(zone: string, from: string, to: string): { readonly fromMs: number; readonly toMs: number } {
  const range = rangeAt(zone, from, to);
  if (range === null) throw new AppError("bad-request", "The clock of the agreement never shows one of these times.", "Choose another.");
  if (range.toMs <= range.fromMs) throw new AppError("bad-request", "The end is not after the start.", "Correct one of them.");
  return range;
}
