import type { RosterRow } from "../feeds/record-rows.ts";
import type { CounterId } from "../metrics/counter.ts";
import { type FactCodec, recordFactOf } from "./fact-codec.ts";
import { intervalStart } from "./interval.ts";
import { packFact, unpackFact } from "./msgpack.ts";
import { numberOrNull, packFlag, packPerson, packTime, placeOfFact, trimmed, unpackFlag, unpackPerson } from "./pack-parts.ts";

export type RosterFact = Omit<RosterRow, "recordId" | "version"> & { readonly revision: number };

function pack(fact: RosterFact): Uint8Array {
  const { queue, startMs, coveredDays, serviceDays, left, leftDaysAgo, agent, reason } = fact;
  return packFact(
    fact.revision,
    trimmed([queue, packTime(startMs), coveredDays, packFlag(left), leftDaysAgo, serviceDays, packPerson(agent), reason]),
  );
}

function unpack(bytes: Uint8Array): RosterFact {
  const { revision, items } = unpackFact(bytes);
  const [, , coveredDays, left, leftDaysAgo, serviceDays, agent, reason] = items;
  return {
    revision,
    ...placeOfFact(items),
    coveredDays: numberOrNull(coveredDays) ?? 0,
    left: unpackFlag(left) === true,
    leftDaysAgo: numberOrNull(leftDaysAgo) ?? 0,
    serviceDays: numberOrNull(serviceDays),
    agent: unpackPerson(agent),
    reason: typeof reason === "string" ? reason : null,
  };
}

/** Whether a day lies in the stretch that a snapshot speaks of; a day that is still to come does not. */
function isCovered({ coveredDays }: RosterFact, daysAgo: number): boolean {
  return daysAgo >= 0 && (coveredDays === 0 || daysAgo < coveredDays);
}

/**
 * Whether the snapshot is the one that says how a start ended: the day on which the days are over lies in its stretch.
 * The only snapshot there is also says it of those who left before.
 */
function hasMatured(fact: RosterFact, days: number): boolean {
  const { serviceDays, coveredDays, left, leftDaysAgo } = fact;
  if (serviceDays === null) return false;
  return isCovered(fact, serviceDays + leftDaysAgo - days) || (coveredDays === 0 && left);
}

type Contribute = (fact: RosterFact) => number;

function contributionOf(id: CounterId): Contribute {
  if (id === "headcount-days") return ({ left, coveredDays }) => (left ? 0 : Math.max(1, coveredDays));
  if (id === "leavers") return (fact) => (fact.left && isCovered(fact, fact.leftDaysAgo) ? 1 : 0);
  const [, what, daysText] = /^(starters-matured|survived)-(\d+)d$/u.exec(id) ?? [];
  const days = Number(daysText);
  if (what === "starters-matured") return (fact) => (hasMatured(fact, days) ? 1 : 0);
  if (what === "survived") return (fact) => (hasMatured(fact, days) && (!fact.left || (fact.serviceDays ?? 0) >= days) ? 1 : 0);
  return () => 0;
}

/** Agents count on the day of the snapshot. */
export const ROSTER_FACTS: FactCodec<RosterRow, RosterFact> = {
  keyOf: ({ recordId }) => recordId,
  factOf: recordFactOf,
  pack,
  unpack,
  compileShares: (counters, intervalMs) => {
    const parts = counters.map(contributionOf);
    return (fact) => [{ startMs: intervalStart(fact.startMs, intervalMs), added: parts.map((part) => part(fact)) }];
  },
};
