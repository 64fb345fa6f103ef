import { type CounterId, isCounterId } from "../metrics/counter.ts";
import { CLAIM_IDS, type ClaimId, type Layout } from "./canonical.ts";
import type { CountFeed } from "./feed-kinds.ts";

/** The order of a feed's numbers: as its definition lists them, so that what is added at the end moves nothing. */
export function layoutOf(definition: CountFeed): Layout {
  const counters: CounterId[] = Object.keys(definition.counters).filter(isCounterId);
  const claims: ClaimId[] = Object.keys(definition.claims).flatMap((key) => CLAIM_IDS.filter((id) => id === key));
  return { counters, claims };
}
