import type { SurveyRow } from "../feeds/record-rows.ts";
import type { CounterId } from "../metrics/counter.ts";
import { type FactCodec, recordFactOf } from "./fact-codec.ts";
import { intervalStart } from "./interval.ts";
import { packFact, unpackFact } from "./msgpack.ts";
import { numberOrNull, packFlag, packPerson, packTime, placeOfFact, trimmed, unpackFlag, unpackPerson } from "./pack-parts.ts";

export type SurveyFact = Omit<SurveyRow, "recordId" | "version"> & { readonly revision: number };

function pack(fact: SurveyFact): Uint8Array {
  const { queue, startMs, invited, csat, nps, resolved, agent } = fact;
  return packFact(fact.revision, trimmed([queue, packTime(startMs), packFlag(invited), csat, nps, packFlag(resolved), packPerson(agent)]));
}

function unpack(bytes: Uint8Array): SurveyFact {
  const { revision, items } = unpackFact(bytes);
  const [, , invited, csat, nps, resolved, agent] = items;
  return {
    revision,
    ...placeOfFact(items),
    invited: unpackFlag(invited) === true,
    csat: numberOrNull(csat),
    nps: numberOrNull(nps),
    resolved: unpackFlag(resolved),
    agent: unpackPerson(agent),
  };
}

type Test = (fact: SurveyFact) => boolean;

function within(from: number, to: number): Test {
  return ({ nps }) => nps !== null && nps >= from && nps <= to;
}

/** What one response adds to a counter; promoters answer 9 or 10, detractors 0 to 6 (Reichheld). */
function countsIn(id: CounterId): Test {
  switch (id) {
    case "survey-invited":
      return ({ invited }) => invited;
    case "survey-responses":
      return ({ csat, nps, resolved }) => csat !== null || nps !== null || resolved !== null;
    case "nps-promoters":
      return within(9, 10);
    case "nps-passives":
      return within(7, 8);
    case "nps-detractors":
      return within(0, 6);
    case "fcr-asked":
      return ({ resolved }) => resolved !== null;
    case "fcr-resolved":
      return ({ resolved }) => resolved === true;
    default:
      return ({ csat }) => csat !== null && id === `csat-${csat}`;
  }
}

/** Responses count in the interval of their own time, which the definition chooses: that of the answer or of the contact. */
export const SURVEY_FACTS: FactCodec<SurveyRow, SurveyFact> = {
  keyOf: ({ recordId }) => recordId,
  factOf: recordFactOf,
  pack,
  unpack,
  compileShares: (counters, intervalMs) => {
    const tests = counters.map(countsIn);
    return (fact) => [{ startMs: intervalStart(fact.startMs, intervalMs), added: tests.map((test) => (test(fact) ? 1 : 0)) }];
  },
};
