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

/** Outcomes are numbered below this; what is above it says which of the later values are left out. */
const OUTCOMES = 8;

/**
 * About 20 bytes for a bank call, 9 more with an agent: revision, queue, start, outcome, then the times with trailing
 * blanks left out. With an agent, who stands last, blanks before are left out as well, and the outcome's number says which.
 */
export function packContactFact(fact: ContactFact): Uint8Array {
  const { queue, agent } = fact;
  const outcome = CONTACT_OUTCOMES.indexOf(fact.outcome);
  const first = [packTime(fact.waitMs), packTime(fact.handleMs)];
  const later = [packTime(fact.talkMs), packTime(fact.holdMs), packTime(fact.acwMs), fact.csat];
  if (agent === null) return packFact(fact.revision, trimmed([queue, packTime(fact.startMs), outcome, ...first, ...later]));
  const absent = later.reduce((mask: number, item, bit) => (item === null ? mask + 2 ** bit : mask), 0);
  const given = later.filter((item) => item !== null);
  return packFact(fact.revision, [queue, packTime(fact.startMs), outcome + OUTCOMES * absent, ...first, ...given, packPerson(agent)]);
}

/** @throws RangeError when the bytes are not a packed contact fact. */
export function unpackContactFact(bytes: Uint8Array): ContactFact {
  const { revision, items } = unpackFact(bytes);
  const [queue, start, coded, wait, handle, ...rest] = items;
  const startMs = unpackTime(start);
  const code = typeof coded === "number" ? coded : -1;
  const outcome: ContactOutcome | undefined = CONTACT_OUTCOMES[code % OUTCOMES];
  if (typeof queue !== "string" || startMs === null || outcome === undefined)
    throw new RangeError("a contact fact names its queue, start and outcome");
  const absent = Math.floor(code / OUTCOMES);
  let at = 0;
  const [talk, hold, acw, csat] = [0, 1, 2, 3].map((bit) => (Math.floor(absent / 2 ** bit) % 2 === 1 ? null : rest[at++]));
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
    agent: unpackPerson(rest[at]),
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
