import fc from "fast-check";
import type { ContactFact } from "../../shared/facts/contact-fact.ts";
import { CONTACT_OUTCOMES, type ContactRow, MAX_CONTACT_MS } from "../../shared/feeds/canonical.ts";

const FIRST_MS = Date.parse("2026-03-02T00:00:00Z");

/** An answered contact on the main queue: waited 12 s, handled 3 minutes. */
export function buildContact(overrides: Partial<ContactRow> = {}): ContactRow {
  return {
    contactId: "c1",
    queue: "main",
    startMs: FIRST_MS,
    outcome: "answered",
    waitMs: 12_000,
    handleMs: 180_000,
    talkMs: null,
    holdMs: null,
    acwMs: null,
    csat: null,
    agent: null,
    version: null,
    ...overrides,
  };
}

const time = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 600 }).map((s) => s * 1000),
  fc.integer({ min: 0, max: MAX_CONTACT_MS }),
);

/** Any contact of a few days on two queues, with few enough places that contacts meet. */
export const anyContactFact: fc.Arbitrary<ContactFact> = fc.record({
  revision: fc.integer({ min: 1, max: 1000 }),
  queue: fc.constantFrom("main", "überlauf"),
  startMs: fc.oneof(
    fc.integer({ min: 0, max: 3 * 96 }).map((quarter) => FIRST_MS + quarter * 900_000),
    fc.integer({ min: 0, max: 3 * 86_400_000 }).map((ms) => FIRST_MS + ms),
  ),
  outcome: fc.constantFrom(...CONTACT_OUTCOMES),
  waitMs: time,
  handleMs: time,
  talkMs: time,
  holdMs: time,
  acwMs: time,
  csat: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 5 })),
  agent: fc.oneof(fc.constant(null), fc.stringMatching(/^[a-z2-7]{10}$/)),
});
