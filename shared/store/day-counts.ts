import type { DayCounts, DaySums } from "../agreement/day-sums.ts";
import { type Packed, packFact, unpackFact } from "../facts/msgpack.ts";

/** What stands before the totals of each count. */
const HEAD = 9;

function itemsOf(sums: DaySums): Packed[] {
  const { intervals, incomplete, outside, excluded, judged, passed, lastStartMs, claim, totals } = sums;
  return [intervals, incomplete, outside, excluded, judged, passed, lastStartMs, claim?.mantissa ?? null, claim?.dp ?? null, ...totals];
}

/** A day's partial sums as stored: which counts there are, then each: its numbers, the claim, one total per counter. */
export function packDayCounts({ recomputed, adjusted, ifAllAccepted }: DayCounts): Uint8Array {
  const others = [adjusted, ifAllAccepted].flatMap((sums) => (sums === null ? [] : itemsOf(sums)));
  return packFact(0, [Number(adjusted !== null), Number(ifAllAccepted !== null), ...itemsOf(recomputed), ...others]);
}

function number(item: Packed | undefined): number {
  return typeof item === "number" ? item : 0;
}

function sumsOf(items: readonly Packed[]): DaySums {
  const [intervals, incomplete, outside, excluded, judged, passed, lastStart, mantissa, dp, ...totals] = items;
  return {
    intervals: number(intervals),
    incomplete: number(incomplete),
    outside: number(outside),
    excluded: number(excluded),
    judged: number(judged),
    passed: number(passed),
    totals: totals.map(number),
    lastStartMs: typeof lastStart === "number" ? lastStart : null,
    claim: typeof mantissa === "number" && typeof dp === "number" ? { mantissa, dp } : null,
  };
}

/** @throws RangeError when the bytes are not a day's counts. */
export function unpackDayCounts(bytes: Uint8Array): DayCounts {
  const [hasAdjusted, hasAll, ...items] = unpackFact(bytes).items;
  const width = items.length / (1 + number(hasAdjusted) + number(hasAll));
  if (!Number.isInteger(width) || width < HEAD) throw new RangeError("these bytes are not the counts of a day");
  const at = (place: number): DaySums => sumsOf(items.slice(place * width, (place + 1) * width));
  return {
    recomputed: at(0),
    adjusted: hasAdjusted === 1 ? at(1) : null,
    ifAllAccepted: hasAll === 1 ? at(1 + number(hasAdjusted)) : null,
  };
}
