import type { ColumnFacts } from "./column-facts.ts";
import { type DraftKind, type Field, fieldsOf, fieldWords, isTimeField } from "./field.ts";
import { type Concept, conceptsOf, isWhenConcept, plainName, saysMean } from "./header-words.ts";
import { CERTAIN, type Choice } from "./proposal.ts";

const COUNT_KINDS: readonly DraftKind[] = ["interval", "daily", "monthly"];

/** What a concept is in rows of counts: sums where the name says no mean, claims where it does. */
function countField(concept: Concept, isMean: boolean): Field | null {
  switch (concept) {
    case "offered":
    case "answered":
    case "abandoned":
    case "flowed-out":
    case "missed":
    case "blocked":
    case "transferred":
    case "answered-within":
    case "queue":
      return concept;
    case "service-level":
    case "answer-rate":
    case "asa":
    case "occupancy":
    case "adherence":
    case "transfer-rate":
    case "csat":
    case "nps":
      return `claim:${concept}`;
    case "abandon-rate":
      return "claim:abandonment";
    case "wait":
      return isMean ? "claim:average-wait" : "answer-wait-ms";
    case "handle":
      return isMean ? "claim:aht" : "handle-ms";
    case "talk":
      return isMean ? "claim:average-talk" : "talk-ms";
    case "hold":
      return isMean ? null : "hold-ms";
    case "acw":
      return isMean ? null : "acw-ms";
    case "longest-wait":
      return "longest-wait-ms";
    default:
      return null;
  }
}

function rowField(concept: Concept): Field | null {
  switch (concept) {
    case "asa":
    case "wait":
      return "wait";
    case "answered":
    case "outcome":
      return "outcome";
    case "id":
      return "contact-id";
    case "handle":
    case "talk":
    case "hold":
    case "acw":
    case "csat":
    case "nps":
    case "resolved":
    case "agent":
    case "queue":
    case "tenure":
    case "left":
      return concept;
    default:
      return null;
  }
}

/** Whether the values of a column can be what the field is. */
export function canBe(field: Field, facts: ColumnFacts): boolean {
  if (facts.filled === 0) return false;
  if (isTimeField(field) || ["claim:asa", "claim:aht", "claim:average-wait", "claim:average-talk"].includes(field))
    return facts.lengths.length > 0 || facts.isNumber;
  if (field.startsWith("claim:")) return facts.isPercent || facts.isNumber;
  switch (field) {
    case "ignore":
    case "queue":
    case "agent":
    case "contact-id":
      return true;
    case "day":
      return facts.dates.length > 0 || facts.isRunning;
    case "time":
      return facts.times.length > 0;
    case "moment":
      return facts.moments.length > 0;
    case "instant":
      return facts.instants.length > 0;
    case "outcome":
    case "resolved":
    case "left":
      return facts.values !== null;
    case "tenure":
      return facts.isNumber || facts.isPlain;
    case "csat":
    case "nps":
    default:
      return facts.isCount;
  }
}

function named(field: Field): string {
  return `the name usually means "${fieldWords(field).toLowerCase()}"`;
}

function whenChoices(facts: ColumnFacts, concepts: readonly Concept[]): Choice[] {
  const isWhen = isWhenConcept(concepts);
  const found: Choice[] = [];
  const [instant] = facts.instants;
  if (instant !== undefined && (isWhen || instant === "iso-8601"))
    found.push({
      field: "instant",
      why: "every value is a point in time with its offset, or seconds since 1970",
      confidence: isWhen ? CERTAIN : 0.7,
    });
  if (facts.moments.length > 0)
    found.push({ field: "moment", why: `every value is a day and a time of day${dayOrder(facts)}`, confidence: isWhen ? CERTAIN : 0.8 });
  if (facts.dates.length > 0 && (isWhen || !facts.isNumber))
    found.push({ field: "day", why: `every value is a day${dayOrder(facts)}`, confidence: isWhen ? CERTAIN : 0.8 });
  else if (facts.isRunning && facts.isCount && facts.position === 0)
    found.push({ field: "day", why: "a running number in the first column", confidence: 0.5 });
  const isClock = isWhen && (concepts.includes("time") || concepts.includes("moment"));
  if (facts.times.length > 0 && isClock)
    found.push({ field: "time", why: `every value is a time of day`, confidence: concepts.includes("time") ? 0.96 : 0.8 });
  return found;
}

function dayOrder({ dayFirst, monthFirst }: ColumnFacts): string {
  const found = dayFirst ?? monthFirst;
  if (found === null) return "";
  return `; ${found.value} in line ${found.line} can only be ${dayFirst === null ? "month" : "day"} first`;
}

const BEST_QUEUES = /\b(?:queue|warteschlange|cola|fila|split|skill)\b/u;

function confidenceOf(field: Field, facts: ColumnFacts, nth: number): number {
  if (field === "queue") return BEST_QUEUES.test(plainName(facts.name)) ? 0.9 : 0.72 - nth / 20;
  if (field === "contact-id") return facts.isUnique ? CERTAIN : 0.5;
  if (isTimeField(field) && facts.lengths.length === 0) return 0.85 - nth / 10;
  return 0.9 - nth / 10;
}

/** The most that is said of a column with slips in it. */
const WITH_SLIPS = 0.8;

function withSlips(choice: Choice, { slips }: ColumnFacts): Choice {
  const [first] = slips;
  if (first === undefined) return choice;
  return { ...choice, why: `${choice.why}; but "${first}" is no such value`, confidence: Math.min(choice.confidence, WITH_SLIPS) };
}

/** Everything a column may be in rows of a kind, with reasons, the likeliest first; empty where nothing speaks for anything. */
export function candidateFields(facts: ColumnFacts, kind: DraftKind): Choice[] {
  const concepts = conceptsOf(facts.name);
  const allowed = new Set(fieldsOf(kind));
  const counts = COUNT_KINDS.includes(kind);
  const byName = concepts.flatMap((concept, nth): Choice[] => {
    const field = counts ? countField(concept, saysMean(facts.name)) : rowField(concept);
    return field === null ? [] : [{ field, why: named(field), confidence: confidenceOf(field, facts, nth) }];
  });
  return [...whenChoices(facts, concepts), ...byName]
    .filter(({ field }) => allowed.has(field) && canBe(field, facts))
    .map((choice) => withSlips(choice, facts))
    .toSorted((a, b) => b.confidence - a.confidence);
}
