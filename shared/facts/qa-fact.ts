import type { QaRow } from "../feeds/record-rows.ts";
import type { CounterId } from "../metrics/counter.ts";
import { type FactCodec, recordFactOf } from "./fact-codec.ts";
import { intervalStart } from "./interval.ts";
import { packFact, unpackFact } from "./msgpack.ts";
import { numberOrNull, packFlag, packPerson, packTime, placeOfFact, trimmed, unpackFlag, unpackPerson } from "./pack-parts.ts";

export type QaFact = Omit<QaRow, "recordId" | "version"> & { readonly revision: number };

function pack(fact: QaFact): Uint8Array {
  const { queue, startMs, form, earned, possible } = fact;
  const errors = [fact.autoFail, fact.customerError, fact.businessError, fact.complianceError].map(packFlag);
  const counts = [fact.nonCriticalCorrect, fact.nonCriticalItems, fact.calibrationItems, fact.calibrationMatches];
  const people = [packPerson(fact.agent), packPerson(fact.evaluator)];
  return packFact(fact.revision, trimmed([queue, packTime(startMs), form, earned, possible, ...errors, ...counts, ...people]));
}

function unpack(bytes: Uint8Array): QaFact {
  const { revision, items } = unpackFact(bytes);
  const [, , form, earned, possible, autoFail, customer, business, compliance, correct, plain, twice, matches, agent, evaluator] = items;
  if (typeof form !== "string") throw new RangeError("an evaluation names its form");
  return {
    revision,
    ...placeOfFact(items),
    form,
    earned: numberOrNull(earned) ?? 0,
    possible: numberOrNull(possible) ?? 0,
    autoFail: unpackFlag(autoFail) === true,
    customerError: unpackFlag(customer),
    businessError: unpackFlag(business),
    complianceError: unpackFlag(compliance),
    nonCriticalCorrect: numberOrNull(correct),
    nonCriticalItems: numberOrNull(plain),
    calibrationItems: numberOrNull(twice),
    calibrationMatches: numberOrNull(matches),
    agent: unpackPerson(agent),
    evaluator: unpackPerson(evaluator),
  };
}

type Contribute = (fact: QaFact) => number;

const without =
  (error: (fact: QaFact) => boolean | null): Contribute =>
  (fact) =>
    error(fact) === false ? 1 : 0;

function formContribution(id: CounterId): Contribute {
  const [, what = "", form = ""] = /^qa-(evaluations|points-earned|points-possible)-(.+)$/u.exec(id) ?? [];
  const own = (fact: QaFact, value: number): number => (fact.form === form ? value : 0);
  // An evaluation in which no item applied is no sample of the score.
  if (what === "evaluations") return (fact) => own(fact, fact.possible > 0 ? 1 : 0);
  return (fact) => own(fact, what === "points-earned" ? fact.earned : what === "points-possible" ? fact.possible : 0);
}

function contributionOf(id: CounterId): Contribute {
  switch (id) {
    case "monitored":
      return () => 1;
    case "without-customer-error":
      return without(({ customerError }) => customerError);
    case "without-business-error":
      return without(({ businessError }) => businessError);
    case "without-compliance-error":
      return without(({ complianceError }) => complianceError);
    case "non-critical-correct":
      return (fact) => fact.nonCriticalCorrect ?? 0;
    case "non-critical-opportunities":
      return (fact) => fact.nonCriticalItems ?? 0;
    case "double-scored":
      return ({ calibrationItems }) => (calibrationItems !== null && calibrationItems > 0 ? 1 : 0);
    case "calibration-items":
      return (fact) => fact.calibrationItems ?? 0;
    case "calibration-matches":
      return (fact) => fact.calibrationMatches ?? 0;
    default:
      return formContribution(id);
  }
}

/** Evaluations count in the interval of their own time. */
export const QA_FACTS: FactCodec<QaRow, QaFact> = {
  keyOf: ({ recordId }) => recordId,
  factOf: recordFactOf,
  pack,
  unpack,
  compileShares: (counters, intervalMs) => {
    const parts = counters.map(contributionOf);
    return (fact) => [{ startMs: intervalStart(fact.startMs, intervalMs), added: parts.map((part) => part(fact)) }];
  },
};
