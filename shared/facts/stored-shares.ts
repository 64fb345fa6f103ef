import type { FeedDefinition } from "../feeds/definition.ts";
import type { CounterId } from "../metrics/counter.ts";
import { CONTACT_FACTS } from "./contact-fact.ts";
import type { FactCodec, KeyedFact, Share } from "./fact-codec.ts";
import { QA_FACTS } from "./qa-fact.ts";
import { ROSTER_FACTS } from "./roster-fact.ts";
import { SCHEDULE_FACTS } from "./schedule-fact.ts";
import { SURVEY_FACTS } from "./survey-fact.ts";

/** What one stored fact adds, and to which queue's intervals. */
export interface StoredShares {
  readonly queue: string;
  readonly shares: readonly Share[];
}

/** @throws RangeError when the bytes are not a packed fact of the kind. */
type Unpacked = (bytes: Uint8Array) => StoredShares;

interface Counting {
  readonly counters: readonly CounterId[];
  readonly intervalMs: number;
}

function compile<Row, Fact extends KeyedFact>(
  { unpack, compileShares }: FactCodec<Row, Fact>,
  { counters, intervalMs }: Counting,
): Unpacked {
  const sharesOf = compileShares(counters, intervalMs);
  return (bytes) => {
    const fact = unpack(bytes);
    return { queue: fact.queue, shares: sharesOf(fact) };
  };
}

/** Compiles what stored facts of a kind add to intervals; `null` for kinds that store the intervals themselves. */
export function compileStoredShares(kind: FeedDefinition["kind"], counting: Counting): Unpacked | null {
  switch (kind) {
    case "contact":
      return compile(CONTACT_FACTS, counting);
    case "survey":
      return compile(SURVEY_FACTS, counting);
    case "qa":
      return compile(QA_FACTS, counting);
    case "roster":
      return compile(ROSTER_FACTS, counting);
    case "schedule":
      return compile(SCHEDULE_FACTS, counting);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return null;
  }
}
