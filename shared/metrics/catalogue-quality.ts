import { type MetricFamily, SUMS } from "./metric.ts";
import { sampleOf } from "./sample-guidance.ts";

/** What somebody who listened to contacts found. */
export const QUALITY_METRICS: MetricFamily<"qa-score" | "accuracy" | "calibration"> = {
  "qa-score": {
    id: "qa-score",
    name: "Quality score",
    definition: "Points earned ÷ points possible over all evaluations on one version of the form; items that did not apply are in neither.",
    explanation:
      "How well the contacts that somebody listened to were handled. Another form is another measure: scores of two versions are never added.",
    direction: "at-least",
    merge: "Points earned and possible are added within one version of the form only.",
    minimumSample: sampleOf(85, [5, 3], "evaluations"),
    variants: [
      {
        name: "form 2026-1",
        measure: { metric: "qa-score", form: "2026-1" },
        source: "weighted score of evaluation forms, Amazon Connect and MaestroQA",
      },
    ],
  },
  accuracy: {
    id: "accuracy",
    name: "Accuracy",
    definition:
      "Critical: monitored transactions without such an error ÷ monitored transactions. Non-critical: correct items ÷ items checked.",
    explanation:
      "How many contacts were free of errors that hurt the customer, the business or the law. One such error fails the whole contact, so it is not drowned in a score.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: `${sampleOf(95, [3, 1], "transactions")} Pool a whole program, not single agents.`,
    variants: [
      {
        name: "customer-critical",
        measure: { metric: "accuracy", errors: "customer-critical" },
        source: "COPC CX Standard: per transaction",
      },
      {
        name: "business-critical",
        measure: { metric: "accuracy", errors: "business-critical" },
        source: "COPC CX Standard: per transaction",
      },
      {
        name: "compliance-critical",
        measure: { metric: "accuracy", errors: "compliance-critical" },
        source: "COPC glossary, compliance critical error",
      },
      { name: "non-critical", measure: { metric: "accuracy", errors: "non-critical" }, source: "COPC CX Standard: per opportunity" },
    ],
  },
  calibration: {
    id: "calibration",
    name: "Calibration agreement",
    definition: "Items that both sides scored alike ÷ items that both sides scored.",
    explanation: "Whether client and provider hear the same call the same way. Without it a quality score is only an opinion.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: "At least 30 contacts scored by both sides a month.",
    variants: [{ name: "item by item", measure: { metric: "calibration" }, source: "MaestroQA, blind calibration and alignment" }],
  },
};
