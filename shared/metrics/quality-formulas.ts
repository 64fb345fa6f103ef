import type { Formula, Formulas, MeasureOf } from "./measure.ts";
import { minus, one, ratio, sampledRatio } from "./terms.ts";

function transferRate({ denominator }: MeasureOf<"transfer-rate">): Formula {
  return ratio("transferred", denominator, `transferred ÷ ${denominator}`);
}

function repeatContact({ withinDays }: MeasureOf<"repeat-contact">): Formula {
  return ratio(`repeats-${withinDays}d`, `repeat-base-${withinDays}d`, `followed by another within ${withinDays} days ÷ contacts`);
}

function fcr(measure: MeasureOf<"fcr">): Formula {
  if (measure.method === "survey") return sampledRatio("fcr-resolved", "fcr-asked", "resolved at first contact, as answered ÷ answers");
  const { withinDays } = measure;
  const base = `repeat-base-${withinDays}d` as const;
  return ratio([base, minus(`repeats-${withinDays}d`)], base, `not followed by another within ${withinDays} days ÷ contacts`);
}

const SCORES = [1, 2, 3, 4, 5] as const;

function csat({ method }: MeasureOf<"csat">): Formula {
  const responses = SCORES.map((score) => one(`csat-${score}`));
  if (method === "top-2-box") return sampledRatio(["csat-4", "csat-5"], responses, "answers 4 and 5 ÷ all answers");
  const points = SCORES.map((score) => one(`csat-${score}`, score));
  return { ...sampledRatio(points, responses, "sum of scores ÷ all answers"), unit: "score" };
}

/** Passives weigh nothing, and stand in the numerator so that the whole histogram does. */
const NPS: Formula = {
  ...sampledRatio(
    [one("nps-promoters", 100), one("nps-passives", 0), one("nps-detractors", -100)],
    ["nps-promoters", "nps-passives", "nps-detractors"],
    "100 × (answers 9 and 10 − answers 0 to 6) ÷ all answers",
  ),
  unit: "points",
};

/** A score lies within 0..1, so its spread is at most that of a share of as many evaluations: they are its sample, not its points. */
function qaScore({ form }: MeasureOf<"qa-score">): Formula {
  const score = sampledRatio(`qa-points-earned-${form}`, `qa-points-possible-${form}`, `points earned ÷ points possible, form ${form}`);
  return { ...score, sample: [one(`qa-evaluations-${form}`)] };
}

/** COPC: critical errors count per transaction, non-critical ones per opportunity; never blended into one score. */
function accuracy({ errors }: MeasureOf<"accuracy">): Formula {
  const says = `transactions without ${errors} error ÷ transactions monitored`;
  switch (errors) {
    case "customer-critical":
      return sampledRatio("without-customer-error", "monitored", says);
    case "business-critical":
      return sampledRatio("without-business-error", "monitored", says);
    case "compliance-critical":
      return sampledRatio("without-compliance-error", "monitored", says);
    case "non-critical": {
      const share = sampledRatio("non-critical-correct", "non-critical-opportunities", "correct non-critical items ÷ non-critical items");
      return { ...share, sample: [one("monitored")] };
    }
  }
}

const CALIBRATION: Formula = {
  ...sampledRatio("calibration-matches", "calibration-items", "items scored alike ÷ items scored twice"),
  sample: [one("double-scored")],
};

const RESPONSE_RATE = ratio("survey-responses", "survey-invited", "answers ÷ invitations");

type QualityMeasure = MeasureOf<
  "transfer-rate" | "repeat-contact" | "fcr" | "csat" | "nps" | "response-rate" | "qa-score" | "accuracy" | "calibration"
>;

/** How well the work was done. */
export function qualityFormulas(measure: QualityMeasure): Formulas {
  switch (measure.metric) {
    case "transfer-rate":
      return [transferRate(measure)];
    case "repeat-contact":
      return [repeatContact(measure)];
    case "fcr":
      return [fcr(measure)];
    case "csat":
      return [csat(measure)];
    case "nps":
      return [NPS];
    case "response-rate":
      return [RESPONSE_RATE];
    case "qa-score":
      return [qaScore(measure)];
    case "accuracy":
      return [accuracy(measure)];
    case "calibration":
      return [CALIBRATION];
  }
}
