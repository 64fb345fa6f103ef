import { readDate } from "../cell-date.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { type Field, isTimeField } from "./field.ts";
import { limitInName, unitInName } from "./header-words.ts";
import type { Question } from "./question.ts";

const UNITS = [
  { value: "s", words: "seconds" },
  { value: "ms", words: "milliseconds" },
  { value: "min", words: "minutes" },
  { value: "h", words: "hours" },
  { value: "day-fraction", words: "parts of a day, as spreadsheets keep times" },
] as const;
/** Printed figures cannot be minutes: nothing could be compared with them. */
const CLAIM_UNITS = UNITS.slice(0, 2);

const TIMED_CLAIMS: readonly Field[] = ["claim:asa", "claim:aht", "claim:average-wait", "claim:average-talk"];

export function isTimedClaim(field: Field): boolean {
  return TIMED_CLAIMS.includes(field);
}

function dayQuestion({ name, position, dates, samples }: ColumnFacts): Question[] {
  const [first] = dates;
  if (first === undefined)
    return [
      {
        id: `first-day:${position}`,
        text: `Which day is number 1 in "${name}"?`,
        why: `It counts ${samples.join(", ")} and names no day`,
        options: null,
        input: "day",
        proposed: null,
      },
    ];
  if (dates.length < 2) return [];
  const [shown = ""] = samples;
  const options = dates.map((format) => ({
    value: format,
    words: `${format}: ${shown} is ${readDate(shown, format, undefined) ?? "no day"}`,
  }));
  return [
    {
      id: `date:${position}`,
      text: `How does "${name}" write a day?`,
      why: "No value of what was looked at allows one reading only",
      options,
      input: "choice",
      proposed: null,
    },
  ];
}

function momentQuestion({ name, position, moments, samples }: ColumnFacts): Question[] {
  const dates = [...new Set(moments.map(({ date }) => date))];
  if (dates.length < 2) return [];
  const options = dates.map((format) => ({ value: format, words: format }));
  const why = `${samples[0] ?? ""} may be either`;
  return [{ id: `date:${position}`, text: `How does "${name}" write its day?`, why, options, input: "choice", proposed: null }];
}

function unitQuestion({ name, position, lengths, samples }: ColumnFacts, field: Field): Question[] {
  const id = `unit:${position}`;
  const what = `What are the numbers in "${name}"?`;
  if (lengths.length === 0) {
    const proposed = unitInName(name);
    const why = proposed === null ? `${samples.join(", ")} say no unit` : "Its name says so";
    const options = isTimedClaim(field) ? CLAIM_UNITS : UNITS;
    return [{ id, text: what, why, options, input: "choice", proposed }];
  }
  if (!lengths.includes("m:ss") || !lengths.includes("h:mm")) return [];
  const options = [
    { value: "m:ss", words: `minutes and seconds: ${samples[0] ?? ""} is less than an hour and a half` },
    { value: "h:mm", words: "hours and minutes" },
  ];
  const why = `${samples.join(", ")} may be either`;
  return [
    {
      id,
      text: `What are the times in "${name}"?`,
      why,
      options: isTimedClaim(field) ? options.slice(0, 1) : options,
      input: "choice",
      proposed: null,
    },
  ];
}

function shareQuestion({ name, position, isPercent, highest }: ColumnFacts): Question[] {
  if (isPercent || highest === null || highest > 1) return [];
  const options = [
    { value: "fraction", words: "fractions of 1: 0.94 is 94 %" },
    { value: "percent", words: "percent: 0.94 is less than one percent" },
  ];
  const why = `No value is above ${highest}`;
  return [{ id: `unit:${position}`, text: `What are the numbers in "${name}"?`, why, options, input: "choice", proposed: "fraction" }];
}

function limitQuestion({ name, position }: ColumnFacts): Question[] {
  const limit = limitInName(name);
  const text = `Within how many seconds is "${name}"?`;
  const why = limit === null ? "Its name does not say" : "Its name says so";
  const options = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300].map((seconds) => ({
    value: String(seconds),
    words: `${seconds} seconds`,
  }));
  const known = options.some(({ value }) => value === String(limit)) || limit === null;
  const offered = known ? options : [...options, { value: String(limit), words: `${limit} seconds` }];
  return [{ id: `limit:${position}`, text, why, options: offered, input: "choice", proposed: limit === null ? null : String(limit) }];
}

const OUTCOMES = [
  {
    value: "answered",
    words: "answered",
    like: /^(?:y|yes|1|true|agent|answered|handled|complete\w*|connect\w*|ja|s[ií]|sim|oui|beantwortet|atendid[ao]|contestad[ao])$/iu,
  },
  { value: "abandoned", words: "gave up in the queue", like: /^(?:abandon\w*|hang|hang ?up|lost|aufgelegt|abandonad[ao]|abandonn\w+)$/iu },
  { value: "left-before-queue", words: "left before the queue", like: /^(?:ivr\w*|vru)$/iu },
  { value: "flowed-out", words: "went elsewhere", like: /^(?:transfer\w*|overflow\w*|timeout|flow\w*)$/iu },
  { value: "missed", words: "was not answered", like: /^(?:n|no|0|false|missed|unanswered|nein|n[aã]o|non|ring ?no ?answer)$/iu },
  { value: "not-a-contact", words: "is no contact", like: /^(?:phantom|test|ghost)$/iu },
] as const;

function outcomeQuestions({ name, position, values, blank }: ColumnFacts): Question[] {
  const options = OUTCOMES.map(({ value, words }) => ({ value, words }));
  const known = [...(values ?? []), ...(blank > 0 ? [""] : [])];
  return known.map((value) => {
    const proposed = OUTCOMES.find(({ like }) => like.test(value))?.value ?? null;
    const shown = value === "" ? "is blank" : `says "${value}"`;
    const why = proposed === null ? "Only you know what the system means by it" : "The word usually means this";
    return { id: `outcome:${position}:${value}`, text: `A contact whose "${name}" ${shown}`, why, options, input: "choice", proposed };
  });
}

const SCALES = [
  { value: "1-5", words: "1 to 5", most: 5 },
  { value: "1-10", words: "1 to 10: two scores count as one of five", most: 10 },
  { value: "0-10", words: "0 to 10: 0 to 2, 3 to 4, 5 to 6, 7 to 8, 9 to 10 count as 1 to 5", most: 10 },
  { value: "0-100", words: "0 to 100: twenty scores count as one of five", most: 100 },
] as const;

function scaleQuestion({ name, position, lowest, highest }: ColumnFacts): Question[] {
  const fits = SCALES.filter(({ value, most }) => (highest ?? 0) <= most && (lowest ?? 0) >= Number(value.split("-")[0]));
  const options = fits.map(({ value, words }) => ({ value, words }));
  const why = `Its values lie between ${lowest ?? 0} and ${highest ?? 0}`;
  return [
    { id: `scale:${position}`, text: `Which scale does "${name}" use?`, why, options, input: "choice", proposed: fits[0]?.value ?? null },
  ];
}

function yesQuestion({ name, position, values }: ColumnFacts, what: string): Question[] {
  const options = (values ?? []).map((value) => ({ value, words: value }));
  const proposed = options.find(({ value }) => /^(?:y|yes|1|true|ja|s[ií]|sim|oui|left|resolved)$/iu.test(value))?.value ?? null;
  return [
    {
      id: `yes:${position}`,
      text: `Which value of "${name}" means: ${what}?`,
      why: "All others mean the contrary",
      options,
      input: "choice",
      proposed,
    },
  ];
}

function tenureQuestion({ name, position, samples }: ColumnFacts): Question[] {
  const options = ["days", "months", "years"].map((unit) => ({ value: unit, words: unit }));
  return [
    {
      id: `unit:${position}`,
      text: `What are the numbers in "${name}"?`,
      why: `${samples.join(", ")} say no unit`,
      options,
      input: "choice",
      proposed: null,
    },
  ];
}

/** What has to be asked about a column that is to be a field. */
export function columnQuestions(facts: ColumnFacts, field: Field, kind: string): Question[] {
  if (isTimeField(field) || isTimedClaim(field)) return unitQuestion(facts, field);
  switch (field) {
    case "day":
      return dayQuestion(facts);
    case "moment":
      return momentQuestion(facts);
    case "answered-within":
      return limitQuestion(facts);
    case "outcome":
      return outcomeQuestions(facts);
    case "csat":
      return kind === "survey" ? scaleQuestion(facts) : [];
    case "resolved":
      return yesQuestion(facts, "it was resolved");
    case "left":
      return yesQuestion(facts, "the person has left");
    case "tenure":
      return tenureQuestion(facts);
    case "claim:csat":
    case "claim:nps":
      return [];
    default:
      return field.startsWith("claim:") ? shareQuestion(facts) : [];
  }
}
