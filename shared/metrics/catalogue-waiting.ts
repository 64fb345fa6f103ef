import { CENSUS, type MetricFamily, type MetricVariant, SUMS } from "./metric.ts";
import { type MeasureOf, SERVICE_LEVEL_VARIANTS } from "./measure.ts";
import type { WaitingMeasure } from "./waiting-formulas.ts";

type VariantName = (typeof SERVICE_LEVEL_VARIANTS)[number];

const SERVICE_LEVEL_SOURCES: Record<VariantName, string> = {
  positive: 'ICMI, Service level calculations (2005), 1; Cisco, "abandoned calls have a positive impact"; Amazon Connect',
  "answered-only": "ICMI 2; Genesys Cloud with abandons left out",
  negative: 'ICMI 3; Cisco, "negative impact"; the base formula of Genesys Cloud',
  "ignore-within": 'ICMI 4; Cisco, "abandoned calls ignored"; Bright Pattern',
  "short-as-met": "ICMI 5",
  "short-excluded": "Genesys Cloud without short abandons; usual in contracts",
  "+flowouts": 'Genesys Cloud, "Include flow-outs"',
  "talkdesk-calls": "Talkdesk data dictionary: a call missed within the limit counts as met",
};

function serviceLevel(variant: VariantName): MetricVariant<MeasureOf<"service-level">> {
  const measure = { metric: "service-level", variant, withinSeconds: 20, shortAbandonSeconds: 5 } as const;
  return { name: variant, measure, source: SERVICE_LEVEL_SOURCES[variant] };
}

const [FIRST, ...OTHERS] = SERVICE_LEVEL_VARIANTS;

/** How long callers wait, and what becomes of them. */
export const WAITING_METRICS: MetricFamily<WaitingMeasure["metric"]> = {
  "service-level": {
    id: "service-level",
    name: "Service level",
    definition: "The share of calls answered within a limit. Eight variants differ in what they do with callers who hang up.",
    explanation:
      "Of all who called, how many were answered quickly enough. The same calls give up to five points more or less by variant, so the variant is part of the promise. It does not say how long the others waited: read it beside the tail share.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [serviceLevel(FIRST), ...OTHERS.map(serviceLevel)],
  },
  asa: {
    id: "asa",
    name: "Average speed of answer",
    definition: "The wait of answered calls ÷ answered calls.",
    explanation:
      "How long a caller waited on average before somebody answered. Who hung up is left out, so it can look better while the queue gets worse.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [{ name: "answered", measure: { metric: "asa" }, source: "Amazon Connect; Cisco, with calls answered below the line" }],
  },
  "longest-wait": {
    id: "longest-wait",
    name: "Longest wait",
    definition: "The longest that any caller waited.",
    explanation: "The worst case of the period. One call decides it, so it warns well and measures badly.",
    direction: "at-most",
    merge: "The longest of the longest: of intervals, queues and days alike.",
    minimumSample: CENSUS,
    variants: [{ name: "longest", measure: { metric: "longest-wait" }, source: "Amazon Connect, maximum queued time" }],
  },
  "tail-share": {
    id: "tail-share",
    name: "Tail share",
    definition: "Calls that waited longer than a limit, answered or abandoned ÷ (answered + abandoned).",
    explanation:
      "How many callers waited far too long. Service level counts a wait of one second over its limit and one of ten minutes alike; this does not.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      {
        name: "over 60 s",
        measure: { metric: "tail-share", overSeconds: 60 },
        source: "G. Koole, Call Center Mathematics: what service level does not see",
      },
    ],
  },
  abandonment: {
    id: "abandonment",
    name: "Abandonment rate",
    definition: "Callers who hung up while waiting ÷ calls. With a limit, those who hung up within it are taken from both sides.",
    explanation:
      "How many callers gave up. Who hangs up within seconds has often only misdialled, so contracts leave them out; the limit is part of the promise.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      { name: "of offered", measure: { metric: "abandonment", denominator: "offered" }, source: "usual in contracts" },
      {
        name: "of offered, short ones left out",
        measure: { metric: "abandonment", denominator: "offered", shortAbandonSeconds: 18 },
        source: "AnswerFirst contract: counted if presented 18 s or longer",
      },
      { name: "of queued", measure: { metric: "abandonment", denominator: "queued" }, source: "Amazon Connect: of contacts queued" },
      {
        name: "of answered and abandoned",
        measure: { metric: "abandonment", denominator: "answered-and-abandoned" },
        source: "the denominator of ICMI's service level formulas",
      },
    ],
  },
  "answer-rate": {
    id: "answer-rate",
    name: "Answer rate",
    definition: "Calls answered ÷ calls.",
    explanation: "How many callers reached somebody at all, however long it took.",
    direction: "at-least",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      { name: "of offered", measure: { metric: "answer-rate", denominator: "offered" }, source: "usual in daily reports of providers" },
      {
        name: "of answered and abandoned",
        measure: { metric: "answer-rate", denominator: "answered-and-abandoned" },
        source: "ICMI: what abandonment leaves",
      },
    ],
  },
  "blocked-calls": {
    id: "blocked-calls",
    name: "Blocked calls",
    definition: "Calls that got a busy tone or were turned away ÷ (offered + blocked).",
    explanation:
      "How many callers never reached the queue. They are in no other figure, so a provider short of lines can look good. Best counted by the client's carrier.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      {
        name: "of all attempts",
        measure: { metric: "blocked-calls" },
        source: "T-Mobile card program: call blockage is a level of its own",
      },
    ],
  },
};
