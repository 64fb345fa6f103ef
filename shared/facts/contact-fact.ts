import type { ContactOutcome, ContactRow } from "../feeds/canonical.ts";
import { CONTACT_OUTCOMES } from "../feeds/canonical.ts";
import { compileContribution } from "./contribution.ts";
import type { FactCodec } from "./fact-codec.ts";
import { intervalStart } from "./interval.ts";
import { packFact, unpackFact } from "./msgpack.ts";
import { numberOrNull, packPerson, packTime, trimmed, unpackPerson, unpackTime } from "./pack-parts.ts";

/** What is known about one contact, with the revision that said so. Its natural key, the contact id, is outside. */
export type ContactFact = Omit<ContactRow, "contactId" | "version"> & { readonly revision: number };

export function contactFactOf(row: ContactRow, receiptNumber: number): ContactFact {
  return {
    revision: row.version ?? receiptNumber,
    queue: row.queue,
    startMs: row.startMs,
    outcome: row.outcome,
    waitMs: row.waitMs,
    handleMs: row.handleMs,
    talkMs: row.talkMs,
    holdMs: row.holdMs,
    acwMs: row.acwMs,
    csat: row.csat,
    agent: row.agent,
  };
}

/** About 20 bytes for a bank call, 9 more with an agent: revision, queue, start, outcome, then the times with trailing blanks left out. */
export function packContactFact(fact: ContactFact): Uint8Array {
  const items = trimmed([
    fact.queue,
    packTime(fact.startMs),
    CONTACT_OUTCOMES.indexOf(fact.outcome),
    packTime(fact.waitMs),
    packTime(fact.handleMs),
    packTime(fact.talkMs),
    packTime(fact.holdMs),
    packTime(fact.acwMs),
    fact.csat,
    packPerson(fact.agent),
  ]);
  return packFact(fact.revision, items);
}

/** @throws RangeError when the bytes are not a packed contact fact. */
export function unpackContactFact(bytes: Uint8Array): ContactFact {
  const { revision, items } = unpackFact(bytes);
  const [queue, start, outcomeIndex, wait, handle, talk, hold, acw, csat, agent] = items;
  const startMs = unpackTime(start);
  const outcome: ContactOutcome | undefined = typeof outcomeIndex === "number" ? CONTACT_OUTCOMES[outcomeIndex] : undefined;
  if (typeof queue !== "string" || startMs === null || outcome === undefined)
    throw new RangeError("a contact fact names its queue, start and outcome");
  return {
    revision,
    queue,
    startMs,
    outcome,
    waitMs: unpackTime(wait),
    handleMs: unpackTime(handle),
    talkMs: unpackTime(talk),
    holdMs: unpackTime(hold),
    acwMs: unpackTime(acw),
    csat: numberOrNull(csat),
    agent: unpackPerson(agent),
  };
}

/** Contacts count in the interval in which they start. */
export const CONTACT_FACTS: FactCodec<ContactRow, ContactFact> = {
  keyOf: ({ contactId }) => contactId,
  factOf: contactFactOf,
  pack: packContactFact,
  unpack: unpackContactFact,
  compileShares: (counters, intervalMs) => {
    const contribution = compileContribution(counters);
    return (fact) => [{ startMs: intervalStart(fact.startMs, intervalMs), added: contribution(fact) }];
  },
};
