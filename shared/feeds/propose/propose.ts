import { candidateFields } from "./candidate-fields.ts";
import { columnFacts, type ColumnFacts } from "./column-facts.ts";
import { type DraftKind, type Field, mayRepeat } from "./field.ts";
import { conceptsOf, isWhenConcept } from "./header-words.ts";
import { numberWriting } from "./number-writing.ts";
import { CERTAIN, type Choice, type Draft, type Proposal } from "./proposal.ts";
import type { Sample } from "./sample.ts";

const LEFT_OUT: Choice = { field: "ignore", why: "nothing in its name or values says what it is", confidence: 0.5 };

function kindOf(facts: readonly ColumnFacts[]): { readonly kind: DraftKind; readonly kindWhy: string } {
  const about = facts.map((column) => ({ column, concepts: new Set(conceptsOf(column.name)) }));
  const has = (...wanted: Parameters<Set<ReturnType<typeof conceptsOf>[number]>["has"]>[0][]) =>
    about.filter(({ concepts }) => wanted.some((concept) => concepts.has(concept)));
  const counts = has("offered", "answered", "abandoned").filter(({ column }) => column.isCount && column.values?.length !== 2);
  if (counts.length >= 2) {
    const clocks = facts.some(({ times, moments, instants, name }) => {
      return isWhenConcept(conceptsOf(name)) && (times.length > 0 || moments.length > 0 || instants.length > 0);
    });
    const months = facts.some(({ dates }) => dates.some((format) => ["mmm-yy", "mmm yyyy", "yyyy-mm"].includes(format)));
    const kind = clocks ? "interval" : months ? "monthly" : "daily";
    return { kind, kindWhy: `it counts ${counts.map(({ column }) => column.name).join(", ")}${clocks ? " by the time of day" : ""}` };
  }
  if (has("tenure").length > 0 && has("left").length > 0) return { kind: "roster", kindWhy: "it has lengths of service and who left" };
  const outcomes = has("outcome", "answered").filter(({ column }) => column.values !== null);
  const times = has("talk", "wait", "handle", "asa").filter(({ column }) => column.isNumber || column.lengths.length > 0);
  if (has("csat", "nps").length > 0 && (outcomes.length === 0 || times.length < 2))
    return { kind: "survey", kindWhy: "it has scores, and nothing says what became of a contact" };
  return { kind: "contact", kindWhy: "a row has an outcome or times of its own" };
}

/** The columns that together name a row: one that never repeats, or as many of those that look like names as it takes. */
function namingColumns(sample: Sample, facts: readonly ColumnFacts[], choices: readonly Choice[]): Choice[] {
  const isOwn = (column: ColumnFacts): boolean => !/customer|client|kunde|cliente/iu.test(column.name);
  const ids = facts.filter((column) => conceptsOf(column.name).includes("id") && isOwn(column) && column.blank === 0);
  const alone = ids.find(({ isUnique }) => isUnique);
  const day = facts.find(({ position }) => choices[position]?.field === "day" || choices[position]?.field === "moment");
  const together: ColumnFacts[] = [];
  const isNamed = (columns: readonly ColumnFacts[]): boolean =>
    new Set(sample.rows.map(({ cells }) => columns.map(({ position }) => cells[position]).join("\u0000"))).size === sample.rows.length;
  // What never repeats in a sample may repeat in a longer file; names of calls often begin anew each day.
  for (const column of alone === undefined ? [...ids, ...(day === undefined ? [] : [day])] : [alone]) {
    if (together.length > 0 && isNamed(together)) break;
    together.push(column);
  }
  const why = alone === undefined ? "together these columns name one row" : "never the same twice in what was looked at";
  return choices.map((choice, position) => {
    const isPart = together.some((column) => column.position === position);
    if (isPart && choice.field !== "day" && choice.field !== "moment")
      return { field: "contact-id", why, confidence: alone === undefined ? 0.6 : 0.9 };
    return choice.field === "contact-id" ? { ...LEFT_OUT, why: "another column names the row" } : choice;
  });
}

/** Gives each field to the column it fits best. */
function assigned(candidates: readonly (readonly Choice[])[]): Choice[] {
  const open = candidates.flatMap((choices, position) => choices.map((choice) => ({ ...choice, position })));
  const taken = new Map<number, Choice>();
  const used = new Set<Field>();
  for (const { position, ...choice } of open.toSorted((a, b) => b.confidence - a.confidence || a.position - b.position)) {
    if (taken.has(position) || (used.has(choice.field) && !mayRepeat(choice.field))) continue;
    if (choice.field === "day" && used.has("moment")) continue;
    if ((choice.field === "time" || choice.field === "moment" || choice.field === "day") && used.has("instant")) continue;
    if (choice.field === "time" && used.has("moment")) continue;
    taken.set(position, choice);
    used.add(choice.field);
  }
  return candidates.map((choices, position) => {
    const [first] = choices;
    const other = first === undefined ? LEFT_OUT : { ...LEFT_OUT, why: "another column fits better" };
    return taken.get(position) ?? other;
  });
}

/** Adds what the columns say about each other: a part that is never above its whole is that part. */
function withEvidence(
  { sample, facts }: Pick<Proposal, "sample" | "facts">,
  choices: readonly Choice[],
  numberOf: (text: string) => number,
): Choice[] {
  const offered = choices.findIndex(({ field }) => field === "offered");
  if (offered < 0) return [...choices];
  return choices.map((choice, position) => {
    const isPart = ["answered", "abandoned", "answered-within", "missed"].includes(choice.field);
    if (!isPart || facts[position]?.slips.length !== 0) return choice;
    const above = sample.rows.filter(({ cells }) => numberOf(cells[position] ?? "") > numberOf(cells[offered] ?? "")).length;
    const name = sample.names[offered] ?? "";
    if (above > 0) return { ...choice, why: `${choice.why}, but above "${name}" in ${above} rows`, confidence: 0.5 };
    return {
      ...choice,
      why: `${choice.why}, never above "${name}"`,
      confidence: Math.max(choice.confidence, 0.96),
    };
  });
}

function proposedFor(sample: Sample, facts: readonly ColumnFacts[], kind: DraftKind): Choice[] {
  const first = assigned(facts.map((column) => candidateFields(column, kind)));
  const choices = kind === "contact" || kind === "survey" ? namingColumns(sample, facts, first) : first;
  return withEvidence({ sample, facts }, choices, (text) => Number(text.replaceAll(/[^\d]/gu, "") || Number.NaN));
}

/** Says what a file probably is, from its beginning. What cannot be known is left to `questionsOf`. */
export function propose(sample: Sample): Proposal {
  const numbers = numberWriting(sample.rows.flatMap(({ cells }) => cells.map((cell) => cell.trim())));
  const facts = columnFacts(sample, numbers.style);
  const { kind, kindWhy } = kindOf(facts);
  return { sample, numbers, facts, kind, kindWhy, choices: proposedFor(sample, facts, kind) };
}

/** The proposal as a draft, or what it would be for another kind of rows. */
export function draftOf({ sample, facts, kind, choices }: Proposal, as: DraftKind = kind): Draft {
  const own = as === kind ? choices : proposedFor(sample, facts, as);
  return { kind: as, fields: own.map(({ field }) => field), answers: {} };
}

/** Whether a proposal speaks for itself. */
export function isCertain({ confidence }: Choice): boolean {
  return confidence >= CERTAIN;
}
