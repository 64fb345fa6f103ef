import type { ContactOutcome, ContactRow } from "../feeds/canonical.ts";
import { CONTACT_OUTCOMES } from "../feeds/canonical.ts";
import { type Packed, packFact, unpackFact } from "./msgpack.ts";

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
  };
}

/** Times from 1970 on: whole seconds are stored as seconds (the usual case, half the bytes); anything finer as `-1 - ms`. */
function packTime(ms: number | null): Packed {
  if (ms === null) return null;
  return ms % 1000 === 0 && ms >= 0 ? ms / 1000 : -1 - ms;
}
function unpackTime(item: Packed | undefined): number | null {
  if (typeof item !== "number") return null;
  return item >= 0 ? item * 1000 : -1 - item;
}

/** About 20 bytes for a bank call: revision, queue, start, outcome, then the times with trailing blanks left out. */
export function packContactFact(fact: ContactFact): Uint8Array {
  const items: Packed[] = [
    fact.queue,
    packTime(fact.startMs),
    CONTACT_OUTCOMES.indexOf(fact.outcome),
    packTime(fact.waitMs),
    packTime(fact.handleMs),
    packTime(fact.talkMs),
    packTime(fact.holdMs),
    packTime(fact.acwMs),
    fact.csat,
  ];
  while (items.at(-1) === null) items.pop();
  return packFact(fact.revision, items);
}

/** @throws RangeError when the bytes are not a packed contact fact. */
export function unpackContactFact(bytes: Uint8Array): ContactFact {
  const { revision, items } = unpackFact(bytes);
  const [queue, start, outcomeIndex, wait, handle, talk, hold, acw, csat] = items;
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
    csat: typeof csat === "number" ? csat : null,
  };
}
