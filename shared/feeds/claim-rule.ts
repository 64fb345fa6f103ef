import type { Claim, ClaimId, Layout } from "./canonical.ts";
import type { Fault } from "./problem-list.ts";

/** A printed ratio that the row's own counts can check. */
export interface ClaimRule {
  readonly id: ClaimId;
  readonly claim: number;
  readonly num: number;
  readonly den: number;
  readonly formula: string;
}

const CHECKED = [
  { id: "answer-rate", num: "answered", den: "offered" },
  { id: "abandonment", num: "abandoned", den: "offered" },
] as const;

/** The claims of a layout that its counters can check. */
export function claimRulesOf({ counters, claims }: Layout): readonly ClaimRule[] {
  return CHECKED.map(({ id, num, den }) => ({
    id,
    claim: claims.indexOf(id),
    num: counters.indexOf(num),
    den: counters.indexOf(den),
    formula: `${num} / ${den}`,
  })).filter((rule) => rule.claim >= 0 && rule.num >= 0 && rule.den >= 0);
}

/**
 * Whether a printed figure is what rounding the exact quotient could have printed: at most half of its last digit away,
 * by whichever rule of rounding. In integers, so that the border itself is exact.
 *
 * @param den positive. Example: 0.95 against 206/218 = 0.944954 is further than 0.005 away: false.
 */
export function agreesWithin(claim: Claim, num: number, den: number): boolean {
  const scale = 10 ** claim.dp;
  const left = claim.mantissa * den;
  const right = num * scale;
  if (left <= 2 ** 51 && right <= 2 ** 51) return 2 * Math.abs(left - right) <= den;
  const gap = BigInt(claim.mantissa) * BigInt(den) - BigInt(num) * 10n ** BigInt(claim.dp);
  return 2n * (gap < 0n ? -gap : gap) <= BigInt(den);
}

/** What to say about a claim that its row contradicts. */
export function claimMismatch({ formula }: ClaimRule, num: number, den: number): Fault {
  return {
    rule: "claim-mismatch",
    message: `differs from ${formula} = ${num} / ${den} = ${(num / den).toFixed(6)} by more than its last digit allows`,
    remedy: "The counts decide; correct the printed figure, or the counts if they are wrong",
  };
}
