import { FeedDefinition } from "../definition.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { isTimedClaim } from "./column-questions.ts";
import { CLAIM_FIELDS, COUNTER_FIELDS, DURATION_FIELDS, type Field } from "./field.ts";
import type { Draft, Proposal } from "./proposal.ts";
import { answerOf, questionsOf } from "./questions.ts";

/** How the feed is called. */
export interface FeedName {
  readonly id: string;
  readonly name: string;
}

/** A definition that reads the file, or what it still lacks, each in a sentence. */
export type DraftOutcome =
  | {
      readonly definition: FeedDefinition;
      /** The definition without what is usual, as a person would write it. */ readonly written: object;
    }
  | { readonly lacks: readonly string[] };

interface Parts {
  readonly proposal: Proposal;
  readonly draft: Draft;
  readonly answer: (id: string) => string;
}

function columnsOf({ proposal, draft }: Parts, field: Field): ColumnFacts[] {
  return proposal.facts.filter(({ position }) => draft.fields[position] === field);
}

function columnOf(parts: Parts, field: Field): ColumnFacts | null {
  return columnsOf(parts, field)[0] ?? null;
}

function given<T extends object>(part: T | null | undefined | false): T | Record<string, never> {
  return part === null || part === undefined || part === false ? {} : part;
}

function dayPart({ answer }: Parts, { name, position, dates }: ColumnFacts): object {
  if (dates.length === 0) return { column: name, format: "day-number", firstDay: answer(`first-day:${position}`) };
  return { column: name, format: dates.length === 1 ? dates[0] : answer(`date:${position}`) };
}

function startOf(parts: Parts): object | null {
  const instant = columnOf(parts, "instant");
  if (instant !== null) return { instant: { column: instant.name, format: instant.instants[0] } };
  const moment = columnOf(parts, "moment");
  if (moment !== null) {
    const dates = new Set(moment.moments.map(({ date }) => date));
    const date = dates.size === 1 ? moment.moments[0]?.date : parts.answer(`date:${moment.position}`);
    const found = moment.moments.find((each) => each.date === date);
    return { date: { column: moment.name, format: date }, time: { column: moment.name, format: found?.time } };
  }
  const [day, time] = [columnOf(parts, "day"), columnOf(parts, "time")];
  if (day !== null) return { date: dayPart(parts, day), ...given(time !== null && { time: { column: time.name, format: time.times[0] } }) };
  return parts.draft.kind === "roster" ? { constant: parts.answer("roster-day") } : null;
}

function lengthUnit({ answer }: Parts, { position, lengths }: ColumnFacts): string {
  if (lengths.length === 0 || (lengths.includes("m:ss") && lengths.includes("h:mm"))) return answer(`unit:${position}`);
  return lengths[0] ?? "auto";
}

function counterPart(parts: Parts, column: ColumnFacts, isTimed: boolean): object {
  return {
    column: column.name,
    ...given(isTimed && { unit: lengthUnit(parts, column) }),
    ...given(column.blank > 0 && { required: false }),
  };
}

function claimUnit(parts: Parts, column: ColumnFacts, field: Field): string {
  if (isTimedClaim(field)) return lengthUnit(parts, column);
  if (field === "claim:csat") return "score";
  if (field === "claim:nps") return "points";
  if (column.isPercent) return "percent";
  return column.highest !== null && column.highest > 1 ? "percent" : parts.answer(`unit:${column.position}`);
}

function countParts(parts: Parts): object {
  const counters = COUNTER_FIELDS.flatMap((field) => {
    const column = columnOf(parts, field);
    return column === null ? [] : [[field, counterPart(parts, column, field.endsWith("-ms"))] as const];
  });
  const within = columnOf(parts, "answered-within");
  const limited =
    within === null
      ? []
      : [[`answered-within-${Number(parts.answer(`limit:${within.position}`)) * 1000}`, counterPart(parts, within, false)] as const];
  const claims = CLAIM_FIELDS.flatMap((claim) => {
    const field = `claim:${claim}` as const;
    const column = columnOf(parts, field);
    return column === null ? [] : [[claim, { column: column.name, unit: claimUnit(parts, column, field) }] as const];
  });
  const interval = parts.draft.kind === "interval" ? { intervalMinutes: Number(parts.answer("interval")) } : {};
  return {
    ...interval,
    counters: Object.fromEntries([...counters, ...limited]),
    ...given(claims.length > 0 && { claims: Object.fromEntries(claims) }),
  };
}

function person(column: ColumnFacts | null): object {
  return given(column !== null && { agent: { column: column.name } });
}

/** The columns that together name a row. */
function namesOf(parts: Parts): string[] {
  const day = columnOf(parts, "day") ?? columnOf(parts, "moment");
  const names = columnsOf(parts, "contact-id").map(({ name }) => name);
  return day !== null && parts.answer("anew") === "yes" ? [...names, day.name] : names;
}

function contactParts(parts: Parts): object {
  const outcome = columnOf(parts, "outcome");
  const values = outcome === null ? [] : [...(outcome.values ?? []), ...(outcome.blank > 0 ? [""] : [])];
  const rules = values.map((value) => ({
    when: { [outcome?.name ?? ""]: value === "" ? { cell: "absent" } : value },
    is: parts.answer(`outcome:${outcome?.position ?? 0}:${value}`),
  }));
  const durations = DURATION_FIELDS.flatMap((field) => {
    const column = columnOf(parts, field);
    return column === null ? [] : [[field, { column: column.name, unit: lengthUnit(parts, column) }] as const];
  });
  const csat = columnOf(parts, "csat");
  return {
    contactId: namesOf(parts),
    ...person(columnOf(parts, "agent")),
    outcome: outcome === null ? [{ when: {}, is: parts.answer("all-outcomes") }] : rules,
    durations: Object.fromEntries(durations),
    ...given(csat !== null && { csat: { column: csat.name } }),
  };
}

const SCALES: Readonly<Record<string, object>> = {
  "1-10": { lowest: 1, boxes: [2, 4, 6, 8, 10] },
  "0-10": { lowest: 0, boxes: [2, 4, 6, 8, 10] },
  "0-100": { lowest: 0, boxes: [20, 40, 60, 80, 100] },
};

function yesNo({ answer }: Parts, column: ColumnFacts | null): object | null {
  if (column === null) return null;
  const yes = answer(`yes:${column.position}`);
  return { column: column.name, yes: [yes], no: (column.values ?? []).filter((value) => value !== yes) };
}

function surveyParts(parts: Parts): object {
  const [csat, nps, resolved] = [columnOf(parts, "csat"), columnOf(parts, "nps"), yesNo(parts, columnOf(parts, "resolved"))];
  return {
    recordId: namesOf(parts),
    ...person(columnOf(parts, "agent")),
    ...given(parts.answer("invited") === "every-row" && { invited: "every-row" }),
    ...given(csat !== null && { csat: { column: csat.name, ...SCALES[parts.answer(`scale:${csat.position}`)] } }),
    ...given(nps !== null && { nps: { column: nps.name } }),
    ...given(resolved !== null && { resolved }),
  };
}

function rosterParts(parts: Parts): object {
  const [agent, tenure, left] = [columnOf(parts, "agent"), columnOf(parts, "tenure"), yesNo(parts, columnOf(parts, "left"))];
  return {
    agent: agent === null ? "each-row" : { column: agent.name },
    covers: parts.answer("covers"),
    ...given(tenure !== null && { service: { tenure: { column: tenure.name, unit: parts.answer(`unit:${tenure.position}`) } } }),
    ...given(left !== null && { left }),
  };
}

function ownParts(parts: Parts): object {
  switch (parts.draft.kind) {
    case "contact":
      return contactParts(parts);
    case "survey":
      return surveyParts(parts);
    case "roster":
      return rosterParts(parts);
    case "interval":
    case "daily":
    case "monthly":
      return countParts(parts);
  }
}

function writingOf({ proposal, answer }: Parts): object {
  const asked = proposal.numbers.isAsked ? answer("numbers").split(":") : [];
  const { decimal, thousands } = proposal.numbers.style;
  if (asked[0] === "thousands") return { ...given(asked[1] === "point" && { decimal: "comma" }), thousands: asked[1] };
  if (asked[0] === "decimal") return given(asked[1] === "comma" && { decimal: "comma" });
  return { ...given(decimal !== "point" && { decimal }), ...given(thousands !== null && { thousands }) };
}

function commonParts(parts: Parts): object {
  const { proposal, draft, answer } = parts;
  const { sample, facts } = proposal;
  const queue = columnOf(parts, "queue");
  const missing = [...new Set(facts.filter(({ position }) => draft.fields[position] !== "ignore").flatMap((column) => column.missing))];
  const ignore = [...new Set(columnsOf(parts, "ignore").map(({ name }) => name.replace(/#\d+$/u, "")))].filter(
    (name) => !name.startsWith("(column "),
  );
  const [every, grace] = answer("cadence").split(" ");
  const [first = ""] = sample.names;
  const used = new Set(facts.filter(({ position }) => draft.fields[position] !== "ignore").map(({ name }) => name));
  return {
    timeZone: answer("zone"),
    format: sample.format,
    start: startOf(parts),
    queue: queue === null ? { constant: answer("queue") } : { column: queue.name },
    ...given(missing.length > 0 && { missing }),
    ...given(sample.totals.length > 0 && answer("totals") === "skip" && { skip: [{ column: first, text: sample.totals }] }),
    ...writingOf(parts),
    ...ownParts(parts),
    ...given(ignore.length > 0 && { ignore: ignore.filter((name) => !used.has(name)) }),
    ...given(answer("replaces") === "period" && { replaces: "period" }),
    ...given(every !== "none" && { expected: { every, grace } }),
  };
}

/** What no answer can mend: fields without which rows of the kind are none. */
function missingFields(parts: Parts): string[] {
  const has = (...fields: readonly Field[]): boolean => fields.some((field) => columnOf(parts, field) !== null);
  const { kind } = parts.draft;
  const lacks: string[] = [];
  if (kind !== "roster" && !has("day", "moment", "instant")) lacks.push("Say which column has the day of a row.");
  const isTimed = kind === "interval" || kind === "contact";
  if (isTimed && has("day") && !has("time")) lacks.push("Say which column has the time of day of a row.");
  if ((kind === "contact" || kind === "survey") && !has("contact-id"))
    lacks.push("Say which column, or which columns together, name a row.");
  if (columnOf(parts, "outcome")?.values === null) lacks.push("The column of outcomes has too many values; leave it out.");
  if (["interval", "daily", "monthly"].includes(kind) && !COUNTER_FIELDS.some((field) => has(field)))
    lacks.push("Say which column has a count: calls offered, answered or abandoned.");
  if (kind === "survey" && !has("csat", "nps", "resolved")) lacks.push("Say which column has a score or an answer.");
  return lacks;
}

/** Makes the definition of a feed from a draft; what is not known yet is named instead. */
export function draftDefinition(proposal: Proposal, draft: Draft, { id, name }: FeedName): DraftOutcome {
  const questions = questionsOf(proposal, draft);
  const open = questions.filter((question) => answerOf(question, draft) === null).map(({ text }) => text);
  const answers = new Map(questions.map((question) => [question.id, answerOf(question, draft) ?? ""]));
  const parts: Parts = { proposal, draft, answer: (key) => answers.get(key) ?? "" };
  const lacks = [...missingFields(parts), ...open];
  if (lacks.length > 0) return { lacks };
  const written = { accord: "feed/1", id, name, kind: draft.kind, ...commonParts(parts) };
  const parsed = FeedDefinition.safeParse(written);
  if (parsed.success) return { definition: parsed.data, written };
  return { lacks: parsed.error.issues.map(({ path, message }) => `${path.join(" ")} ${message}.`) };
}
