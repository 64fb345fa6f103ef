import { SCHEDULE_COUNTERS, type ScheduleCounter } from "../feeds/record-kinds.ts";
import type { ScheduleRow } from "../feeds/record-rows.ts";
import { type FactCodec, type Share, recordFactOf } from "./fact-codec.ts";
import { intervalStart } from "./interval.ts";
import { packFact, unpackFact } from "./msgpack.ts";
import { numberOrNull, packPerson, packTime, placeOfFact, trimmed, unpackPerson } from "./pack-parts.ts";

export type ScheduleFact = Omit<ScheduleRow, "recordId" | "version"> & { readonly revision: number };

/** One bit for each counter, by its place in the list; new ones are only ever appended. */
function maskOf(counts: readonly ScheduleCounter[]): number {
  return SCHEDULE_COUNTERS.reduce((mask, counter, bit) => (counts.includes(counter) ? mask + 2 ** bit : mask), 0);
}

function pack({ revision, queue, startMs, endMs, counts, agent }: ScheduleFact): Uint8Array {
  return packFact(revision, trimmed([queue, packTime(startMs), packTime(endMs - startMs), maskOf(counts), packPerson(agent)]));
}

function unpack(bytes: Uint8Array): ScheduleFact {
  const { revision, items } = unpackFact(bytes);
  const [, , length, mask, agent] = items;
  const { queue, startMs } = placeOfFact(items);
  const bits = numberOrNull(mask) ?? 0;
  const lengthMs = typeof length === "number" ? (length >= 0 ? length * 1000 : -1 - length) : 0;
  const counts = SCHEDULE_COUNTERS.filter((_, bit) => Math.floor(bits / 2 ** bit) % 2 === 1);
  return { revision, queue, startMs, endMs: startMs + lengthMs, counts, agent: unpackPerson(agent) };
}

/** The part of an entry that lies in each interval it touches; an interval with nothing of the counters is left out. */
function sharesOf(fact: ScheduleFact, counted: readonly boolean[], intervalMs: number): Share[] {
  const shares: Share[] = [];
  if (!counted.includes(true)) return [];
  for (let at = intervalStart(fact.startMs, intervalMs); at < fact.endMs; at += intervalMs) {
    const inside = Math.min(fact.endMs, at + intervalMs) - Math.max(fact.startMs, at);
    shares.push({ startMs: at, added: counted.map((one) => (one ? inside : 0)) });
  }
  return shares;
}

/** Scheduled time is split over the intervals in which it lies. */
export const SCHEDULE_FACTS: FactCodec<ScheduleRow, ScheduleFact> = {
  keyOf: ({ recordId }) => recordId,
  factOf: recordFactOf,
  pack,
  unpack,
  compileShares: (counters, intervalMs) => (fact) =>
    sharesOf(
      fact,
      counters.map((counter) => fact.counts.some((one) => one === counter)),
      intervalMs,
    ),
};
