import { sampleSize } from "../stats/sample-size.ts";
import { CENSUS, type MetricFamily, SUMS } from "./metric.ts";
import { sampleOf } from "./sample-guidance.ts";

/** A score of 50 % promoters and 20 % detractors: the variance of answers worth 100, 0 and -100 points. */
const NPS_VARIANCE = 100 * 100 * (0.5 + 0.2 - (0.5 - 0.2) ** 2);

const PROVISIONAL = "Sums of counts, by the day of the first contact. A day is provisional until the window of days after it is over.";

/** What customers got, and what they say about it. */
export const CUSTOMER_METRICS: MetricFamily<"transfer-rate" | "repeat-contact" | "fcr" | "csat" | "nps" | "response-rate"> = {
  "transfer-rate": {
    id: "transfer-rate",
    name: "Transfer rate",
    definition: "Contacts passed on to somebody else ÷ contacts handled or answered.",
    explanation: "How often a caller must tell the story again. It grows where calls are routed badly or agents know too little.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      {
        name: "of handled",
        measure: { metric: "transfer-rate", denominator: "handled" },
        source: "Amazon Connect: every agent who takes part handles the contact",
      },
      {
        name: "of answered",
        measure: { metric: "transfer-rate", denominator: "answered" },
        source: "usual in contracts: one call counts once",
      },
    ],
  },
  "repeat-contact": {
    id: "repeat-contact",
    name: "Repeat contact rate",
    definition: "Contacts followed by another of the same customer on the same issue within some days ÷ contacts.",
    explanation:
      "How often people must call again. The number of days is part of the promise. The latest days are provisional: the second call may still come.",
    direction: "at-most",
    merge: PROVISIONAL,
    minimumSample: CENSUS,
    variants: [
      {
        name: "within 7 days",
        measure: { metric: "repeat-contact", withinDays: 7 },
        source: 'Amazon Connect, "Contacts resolved in X", turned round',
      },
    ],
  },
  fcr: {
    id: "fcr",
    name: "First contact resolution",
    definition:
      "By survey: answers that it was resolved at first contact ÷ answers. By repeats: contacts without another within some days ÷ contacts.",
    explanation:
      "How often one call was enough. Asking customers and counting repeats give different figures, because customers also come back by other channels. 70 to 79 % is good, 80 % and more is world class (SQM, by survey).",
    direction: "at-least",
    merge: `${SUMS} By repeats, a day is provisional until the days after it are over.`,
    minimumSample: `By survey: ${sampleOf(75, [5, 3], "answers")} By repeats: none.`,
    variants: [
      { name: "survey", measure: { metric: "fcr", method: "survey" }, source: "SQM Group: survey after the contact" },
      {
        name: "no repeat within 7 days",
        measure: { metric: "fcr", method: "no-repeat", withinDays: 7 },
        source: 'Amazon Connect, "Contacts resolved in X"',
      },
    ],
  },
  csat: {
    id: "csat",
    name: "Customer satisfaction",
    definition: "Answers 4 and 5 ÷ all answers, or the mean of the answers, from the counts of each answer from 1 to 5.",
    explanation:
      "How content those are who answered the survey. Five answers at 80 % are anything from 38 to 96 %. Who was invited and who answered is part of the figure: read it beside the response rate.",
    direction: "at-least",
    merge: "The counts of each answer are added; both figures follow from them.",
    minimumSample: sampleOf(80, [5, 3], "answers"),
    variants: [
      { name: "top-2-box", measure: { metric: "csat", method: "top-2-box" }, source: "share of 4 and 5, usual in contracts" },
      { name: "mean", measure: { metric: "csat", method: "mean" }, source: "mean score of 1 to 5" },
    ],
  },
  nps: {
    id: "nps",
    name: "Net promoter score",
    definition: "100 × (answers 9 and 10 − answers 0 to 6) ÷ all answers, on a scale of 0 to 10: from -100 to 100 points.",
    explanation:
      "Whether more customers recommend than advise against. The difference of two shares swings twice as widely as one of them.",
    direction: "at-least",
    merge: "Promoters, passives and detractors are added; scores are never averaged.",
    minimumSample: `About ${sampleSize(NPS_VARIANCE, 10)} answers for 10 points either way, ${sampleSize(NPS_VARIANCE, 5)} for 5 (50 % promoters, 20 % detractors).`,
    variants: [{ name: "0 to 10", measure: { metric: "nps" }, source: "F. Reichheld, The one number you need to grow, HBR 2003" }],
  },
  "response-rate": {
    id: "response-rate",
    name: "Response rate",
    definition: "Survey answers ÷ survey invitations.",
    explanation: "How many of those asked did answer. If invitations fall while satisfaction rises, ask who was not invited.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: "None: every invitation is counted.",
    variants: [{ name: "of invited", measure: { metric: "response-rate" }, source: "usual in survey reports" }],
  },
};
