import type { CounterId } from "../metrics/counter.ts";
import { waitedOverLimit, withinLimit } from "../metrics/counter.ts";
import type { ContactRow } from "../feeds/canonical.ts";

type ContactFact = Omit<ContactRow, "contactId" | "version">;
type Contribute = (fact: ContactFact) => number;

const OFFERED = new Set(["answered", "abandoned", "flowed-out", "missed"]);

const answered = (fact: ContactFact): boolean => fact.outcome === "answered";

function contributionOf(id: CounterId): Contribute {
  const within = withinLimit(id);
  if (within !== null) {
    return (fact) => (fact.outcome === within.outcome && fact.waitMs !== null && fact.waitMs <= within.limitMs ? 1 : 0);
  }
  const over = waitedOverLimit(id);
  if (over !== null) {
    return (fact) => ((answered(fact) || fact.outcome === "abandoned") && fact.waitMs !== null && fact.waitMs > over ? 1 : 0);
  }
  switch (id) {
    case "offered":
    case "queued":
      return (fact) => (OFFERED.has(fact.outcome) ? 1 : 0);
    case "answered":
    case "abandoned":
    case "flowed-out":
    case "missed":
      return (fact) => (fact.outcome === id ? 1 : 0);
    case "answer-wait-ms":
      return (fact) => (answered(fact) ? (fact.waitMs ?? 0) : 0);
    case "abandon-wait-ms":
      return (fact) => (fact.outcome === "abandoned" ? (fact.waitMs ?? 0) : 0);
    case "handle-ms":
      return (fact) => (answered(fact) ? (fact.handleMs ?? 0) : 0);
    case "talk-ms":
      return (fact) => (answered(fact) ? (fact.talkMs ?? 0) : 0);
    case "hold-ms":
      return (fact) => (answered(fact) ? (fact.holdMs ?? 0) : 0);
    case "acw-ms":
      return (fact) => (answered(fact) ? (fact.acwMs ?? 0) : 0);
    default:
      return (fact) => (fact.outcome !== "not-a-contact" && fact.csat !== null && id === `csat-${fact.csat}` ? 1 : 0);
  }
}

/**
 * Compiles a layout into the function that says what one contact adds to each counter of its interval.
 *
 * @returns integers >= 0 in the order of `counters`; a technical record adds nothing anywhere.
 */
export function compileContribution(counters: readonly CounterId[]): (fact: ContactFact) => number[] {
  const parts = counters.map(contributionOf);
  return (fact) => parts.map((part) => part(fact));
}
