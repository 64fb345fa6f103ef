import type { Claim } from "../feeds/canonical.ts";
import type { MeasureUnit } from "../metrics/measure.ts";
import type { Ratio } from "../stats/ratio.ts";

/**
 * Whether a printed figure equals the recomputed one within half of its last printed digit, exactly.
 * Printed durations are in seconds, recomputed ones in milliseconds.
 * Example: 0.94 agrees with 204/217 (0.9401); 0.95 does not agree with 103/109 (0.94495...).
 */
export function claimAgrees(claim: Claim, value: Ratio, unit: MeasureUnit): boolean {
  const scale = 10n ** BigInt(claim.dp);
  const den = BigInt(value.den) * (unit === "duration" ? 1000n : 1n);
  const difference = BigInt(value.num) * scale - BigInt(claim.mantissa) * den;
  const distance = difference < 0n ? -difference : difference;
  return distance * 2n <= den;
}
