import { COUNTER_WORDS } from "../../metrics/counter-words.ts";
import type { BaseCounter } from "../../metrics/counter.ts";
import type { ClaimId } from "../canonical.ts";

/** Row kinds that can be set up column by column. The others have definitions to start from in docs/examples. */
export const DRAFT_KINDS = ["interval", "daily", "monthly", "contact", "survey", "roster"] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** What each kind of row is, for whoever chooses. */
export const KIND_WORDS = {
  interval: "counts of a quarter-hour, half hour or hour",
  daily: "counts of a day",
  monthly: "counts of a month",
  contact: "one contact (a call, a chat)",
  survey: "one answer to a survey",
  roster: "one person employed on a day",
} as const satisfies Record<DraftKind, string>;

const COUNTS = [
  "offered",
  "answered",
  "abandoned",
  "flowed-out",
  "missed",
  "blocked",
  "queued",
  "transferred",
  "survey-invited",
  "survey-responses",
] as const satisfies readonly BaseCounter[];
const TIMES = [
  "answer-wait-ms",
  "abandon-wait-ms",
  "handle-ms",
  "talk-ms",
  "hold-ms",
  "acw-ms",
  "longest-wait-ms",
] as const satisfies readonly BaseCounter[];
const CLAIMS = [
  "service-level",
  "answer-rate",
  "abandonment",
  "aht",
  "asa",
  "average-wait",
  "average-talk",
  "occupancy",
  "adherence",
  "transfer-rate",
  "csat",
  "nps",
  "fcr",
] as const satisfies readonly ClaimId[];
const DURATIONS = ["wait", "handle", "talk", "hold", "acw"] as const;

/** What a column may be in Accord. */
export const FIELDS = [
  "ignore",
  "day",
  "time",
  "moment",
  "instant",
  "queue",
  "contact-id",
  "agent",
  "outcome",
  ...DURATIONS,
  "csat",
  "nps",
  "resolved",
  "tenure",
  "left",
  ...COUNTS,
  "answered-within",
  ...TIMES,
  ...CLAIMS.map((claim) => `claim:${claim}` as const),
] as const;
export type Field = (typeof FIELDS)[number];

const PLAIN: Partial<Record<Field, string>> = {
  ignore: "Leave out",
  day: "Day",
  time: "Time of day",
  moment: "Day and time",
  instant: "Point in time with offset",
  queue: "Queue",
  "contact-id": "Names the row (id)",
  agent: "Agent (kept as a pseudonym)",
  outcome: "What became of it",
  wait: "Wait",
  handle: "Handle time",
  talk: "Talk time",
  hold: "Hold time",
  acw: "After-call work",
  csat: "Satisfaction score",
  nps: "Recommendation, 0 to 10",
  resolved: "Resolved, yes or no",
  tenure: "Length of service",
  left: "Has left, yes or no",
  "answered-within": "Answered within the limit",
};

/** A field as the select shows it. */
export function fieldWords(field: Field): string {
  const plain = PLAIN[field];
  if (plain !== undefined) return plain;
  if (field.startsWith("claim:")) return `Printed ${field.slice("claim:".length).replaceAll("-", " ")} (a claim)`;
  return capital(COUNTER_WORDS.get(field) ?? field);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export const COUNTER_FIELDS = [...COUNTS, ...TIMES] as const;
export const DURATION_FIELDS = DURATIONS;
export const CLAIM_FIELDS = CLAIMS;

const WHEN: readonly Field[] = ["day", "time", "moment", "instant"];
const OWN: Readonly<Record<DraftKind, readonly Field[]>> = {
  interval: [...WHEN, "queue", "answered-within", ...COUNTER_FIELDS, ...CLAIMS.map((claim) => `claim:${claim}` as const)],
  daily: ["day", "queue", "answered-within", ...COUNTER_FIELDS, ...CLAIMS.map((claim) => `claim:${claim}` as const)],
  monthly: ["day", "queue", "answered-within", ...COUNTER_FIELDS, ...CLAIMS.map((claim) => `claim:${claim}` as const)],
  contact: [...WHEN, "queue", "contact-id", "agent", "outcome", ...DURATIONS, "csat"],
  survey: [...WHEN, "queue", "contact-id", "agent", "csat", "nps", "resolved"],
  roster: ["day", "queue", "agent", "tenure", "left"],
};

/** What a column of a kind of rows may be; leaving it out always may. */
export function fieldsOf(kind: DraftKind): readonly Field[] {
  return ["ignore", ...OWN[kind]];
}

/** Fields whose values are lengths of time. */
export function isTimeField(field: Field): boolean {
  return field.endsWith("-ms") || DURATIONS.some((duration) => duration === field);
}

/** Fields that several columns may have together. */
export function mayRepeat(field: Field): boolean {
  return field === "ignore" || field === "contact-id";
}
