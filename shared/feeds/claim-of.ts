import type { Measure } from "../metrics/measure.ts";
import type { ClaimId } from "./canonical.ts";

/** Which printed figure of a feed speaks about the same thing as a measure. */
export function claimOf({ metric }: Measure): ClaimId {
  return metric === "talk-time" ? "average-talk" : metric;
}
