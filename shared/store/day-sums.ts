import type { DaySums } from "../agreement/day-sums.ts";
import { type Packed, packFact, unpackFact } from "../facts/msgpack.ts";

/** A day's partial sums as stored: its counts, the claim, then one total per counter. */
export function packDaySums(sums: DaySums): Uint8Array {
  const head: Packed[] = [
    sums.intervals,
    sums.incomplete,
    sums.outside,
    sums.lastStartMs,
    sums.claim?.mantissa ?? null,
    sums.claim?.dp ?? null,
  ];
  return packFact(0, [...head, ...sums.totals]);
}

function number(item: Packed | undefined): number {
  return typeof item === "number" ? item : 0;
}

export function unpackDaySums(bytes: Uint8Array): DaySums {
  const [intervals, incomplete, outside, lastStart, mantissa, dp, ...totals] = unpackFact(bytes).items;
  return {
    intervals: number(intervals),
    incomplete: number(incomplete),
    outside: number(outside),
    lastStartMs: typeof lastStart === "number" ? lastStart : null,
    claim: typeof mantissa === "number" && typeof dp === "number" ? { mantissa, dp } : null,
    totals: totals.map(number),
  };
}
