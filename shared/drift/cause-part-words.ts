import { type CauseFacts, figureOf, headcount, queuesOf, type RowFigure } from "./cause-facts.ts";
import { type CauseRow, type Cohort, type Sum, TENURE_BANDS } from "./cause-rows.ts";
import type { PartSubject } from "./cause-views.ts";
import { counted, dayText, figureText, shareText } from "./cause-words.ts";

/** What a part is called, what stands beside it, and how a sentence speaks of it. */
export interface PartWords {
  readonly name: string;
  readonly detail: string;
  /** After "come from": "14 agents who came since 2 Mar". */
  readonly source: string;
}

const HANDLE_NAMES: Readonly<Record<Sum, string>> = { num: "Handle time", talk: "Talk time", hold: "Hold time", wrap: "Wrap-up time" };

export function bandName(band: number | null): string {
  return band === null ? "not known" : (TENURE_BANDS[band] ?? "");
}

function text({ value }: RowFigure, { question }: CauseFacts): string {
  return value === null ? "none" : figureText(value, question.unit);
}

function moved(rows: readonly CauseRow[], facts: CauseFacts, sum: Sum = "num"): string {
  return `${text(figureOf(rows, 0, sum), facts)} before, ${text(figureOf(rows, 1, sum), facts)} since`;
}

/** The share of some rows in the volume of a window. */
function shareOf(rows: readonly CauseRow[], all: readonly CauseRow[], window: 0 | 1): number {
  const whole = figureOf(all, window).n;
  return whole > 0 ? figureOf(rows, window).n / whole : 0;
}

interface ShareMove {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** The group whose share of the volume grew most. */
function mostGrown(groups: readonly { readonly name: string; readonly rows: readonly CauseRow[] }[], { rows }: CauseFacts): ShareMove {
  const moves = groups.map(({ name, rows: own }) => ({ name, before: shareOf(own, rows, 0), after: shareOf(own, rows, 1) }));
  const [most = { name: "", before: 0, after: 0 }] = moves.toSorted((a, b) => b.after - b.before - (a.after - a.before));
  return most;
}

function mixWords(subject: "queue-mix" | "tenure-mix", facts: CauseFacts): PartWords {
  const isTenure = subject === "tenure-mix";
  const groups = isTenure
    ? [...TENURE_BANDS.keys()].map((band) => ({ name: bandName(band), rows: facts.rows.filter((row) => row.band === band) }))
    : queuesOf(facts.rows).map((name) => ({ name, rows: facts.rows.filter(({ queue }) => queue === name) }));
  const { name, before, after } = mostGrown(groups, facts);
  const grown = `${isTenure ? "tenure " : ""}${name}: ${shareText(before)} of the volume before, ${shareText(after)} since`;
  return {
    name: isTenure ? "Mix of tenure" : "Mix of queues",
    detail: grown,
    source: `${isTenure ? "a different mix of tenure" : "a different mix of queues"} (${grown})`,
  };
}

function cohortWords(cohort: Cohort, facts: CauseFacts): PartWords {
  const own = facts.rows.filter((row) => row.cohort === cohort);
  const stayers = facts.rows.filter((row) => row.cohort === "stayers");
  const [since, people] = [dayText(facts.question.after.from), counted(headcount(own), "agent")];
  const joined = dayText(facts.question.before.to);
  const against = (window: 0 | 1): string =>
    `${text(figureOf(own, window), facts)} against ${text(figureOf(stayers, window), facts)} of those who stayed`;
  switch (cohort) {
    case "entrants":
      return {
        name: "Entrants",
        detail: `${people} who joined after ${joined}: ${against(1)}`,
        source: `${people} who joined after ${joined}`,
      };
    case "leavers":
      return {
        name: "Leavers",
        detail: `${people} not seen since ${since}: ${against(0)}`,
        source: `the loss of ${people} not seen since ${since}`,
      };
    case "stayers":
      return { name: "Stayers", detail: `${people} before and since: ${moved(own, facts)}`, source: `the ${people} who stayed` };
  }
}

function handleWords(sum: Sum, facts: CauseFacts): PartWords {
  const [before, after] = [figureOf(facts.rows, 0, sum).value ?? 0, figureOf(facts.rows, 1, sum).value ?? 0];
  const name = HANDLE_NAMES[sum];
  return { name, detail: moved(facts.rows, facts, sum), source: `${after > before ? "longer" : "shorter"} ${name.toLowerCase()}` };
}

/** The words of one part of a view. */
export function partWords(subject: PartSubject, facts: CauseFacts): PartWords {
  switch (subject.of) {
    case "queue-mix":
    case "tenure-mix":
      return mixWords(subject.of, facts);
    case "cohort":
      return cohortWords(subject.cohort, facts);
    case "handle":
      return handleWords(subject.sum, facts);
    case "queue": {
      const own = facts.rows.filter(({ queue }) => queue === subject.queue);
      return { name: subject.queue, detail: moved(own, facts), source: `the queue ${subject.queue}` };
    }
    case "band": {
      const own = facts.rows.filter(({ band }) => band === subject.band);
      const name = bandName(subject.band);
      return { name: `Tenure ${name}`, detail: moved(own, facts), source: `agents with a tenure of ${name}` };
    }
    case "all": {
      const queues = queuesOf(facts.rows);
      const [only] = queues;
      const isOne = queues.length === 1 && only !== undefined;
      return {
        name: isOne ? only : "All queues",
        detail: moved(facts.rows, facts),
        source: isOne ? `the queue ${only}` : "all queues alike",
      };
    }
  }
}
