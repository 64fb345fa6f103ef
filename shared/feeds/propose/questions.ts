import { DAY_MS } from "../../calendar/day.ts";
import { clockLength, readClock } from "../cell-clock.ts";
import { momentTexts } from "../start-moment.ts";
import { columnQuestions } from "./column-questions.ts";
import type { Draft, Proposal } from "./proposal.ts";
import type { Question } from "./question.ts";

function choice(question: Omit<Question, "input">): Question {
  return { ...question, input: "choice" };
}

/** Times of day that stand in the sample, in milliseconds, and the length they print themselves. */
function clocksOf({ facts, sample }: Proposal, draft: Draft): { readonly starts: readonly number[]; readonly length: number | null } {
  const position = draft.fields.findIndex((field) => field === "time" || field === "moment");
  const column = facts[position];
  if (column === undefined) return { starts: [], length: null };
  const [moment] = column.moments;
  const isMoment = draft.fields[position] === "moment";
  const format = isMoment ? moment?.time : column.times[0];
  if (format === undefined) return { starts: [], length: null };
  const texts = sample.rows.map(({ cells }) => {
    const text = (cells[position] ?? "").trim();
    return isMoment && moment !== undefined ? momentTexts(text, moment.date).time : text;
  });
  return {
    starts: texts.map((text) => readClock(text, format)).filter((ms) => !Number.isNaN(ms)),
    length: clockLength(texts[0] ?? "", format),
  };
}

const LENGTHS = [5, 15, 30, 60];

/** The longest interval on whose grid all times lie. */
function intervalQuestion(proposal: Proposal, draft: Draft): Question[] {
  if (draft.kind !== "interval") return [];
  const { starts, length } = clocksOf(proposal, draft);
  const fits = LENGTHS.filter((minutes) => starts.every((ms) => (ms % DAY_MS) % (minutes * 60_000) === 0));
  const printed = length === null ? undefined : LENGTHS.find((minutes) => minutes * 60_000 === length);
  const proposed = printed ?? fits.at(-1);
  const grid = proposed === undefined ? "The times fit no usual length" : `All times are multiples of ${proposed} minutes`;
  const why = printed === undefined ? grid : "The times say where they end";
  const options = fits.map((minutes) => ({ value: String(minutes), words: `${minutes} minutes` }));
  return [
    choice({ id: "interval", text: "How long is an interval?", why, options, proposed: proposed === undefined ? null : String(proposed) }),
  ];
}

function numberQuestion({ numbers, sample }: Proposal): Question[] {
  if (!numbers.isAsked) return [];
  const shown = sample.rows.flatMap(({ cells }) => cells).find((cell) => /^-?[1-9]\d{0,2}[.,]\d{3}$/u.test(cell.trim())) ?? "1,234";
  const mark = shown.includes(",") ? "comma" : "point";
  const options = [
    { value: `thousands:${mark}`, words: `${shown.replaceAll(/[.,]/gu, "")}: the ${mark} parts thousands` },
    { value: `decimal:${mark}`, words: `less than a thousand: the ${mark} parts decimals` },
  ];
  return [choice({ id: "numbers", text: `What is ${shown}?`, why: "No number of the file says how it is meant", options, proposed: null })];
}

const NOTHING_KNOWN = "The file does not say";
const CADENCES = [
  { value: "none", words: "no fixed rhythm" },
  { value: "PT15M PT15M", words: "every quarter-hour" },
  { value: "PT1H PT30M", words: "every hour" },
  { value: "P1D PT6H", words: "every day" },
  { value: "P7D P1D", words: "every week" },
] as const;

function wholeQuestions(draft: Draft): Question[] {
  const { kind, fields } = draft;
  const text = { options: null, input: "text" } as const;
  const found: Question[] = [
    {
      id: "zone",
      text: fields.includes("instant") ? "In which time zone are its days?" : "In which time zone are its days and times?",
      why: "A file shows a clock and not where it hangs",
      options: null,
      input: "zone",
      proposed: null,
    },
  ];
  if (!fields.includes("queue"))
    found.push({ id: "queue", text: "Which queue are these rows of?", why: "No column names a queue", ...text, proposed: null });
  if (kind === "contact" && !fields.includes("outcome")) {
    const options = [
      { value: "answered", words: "every contact in it was answered" },
      { value: "abandoned", words: "every contact in it was abandoned" },
    ];
    found.push(choice({ id: "all-outcomes", text: "What became of the contacts?", why: "No column says it", options, proposed: null }));
  }
  if (fields.includes("contact-id") && (fields.includes("day") || fields.includes("moment"))) {
    const options = [
      { value: "no", words: "no, a name is never used again" },
      { value: "yes", words: "yes: only with its day does it name one row" },
    ];
    const why = "A row with the name of another replaces it";
    found.push(choice({ id: "anew", text: "Do the names of rows begin anew each day?", why, options, proposed: "no" }));
  }
  if (kind === "survey") {
    const options = [
      { value: "every-row", words: "yes, also where nobody answered" },
      { value: "unknown", words: "no, or nobody knows" },
    ];
    found.push(
      choice({
        id: "invited",
        text: "Is every row somebody who was asked?",
        why: "The response rate is counted from it",
        options,
        proposed: "every-row",
      }),
    );
  }
  return [...found, ...(kind === "roster" ? rosterQuestions(fields) : []), replacement(), cadence()];
}

function rosterQuestions(fields: Draft["fields"]): Question[] {
  // Without days and names, no two files could be told apart.
  const isOne = !fields.includes("day") || !fields.includes("agent");
  const stretches = [
    { value: "day", words: "the day of the file" },
    { value: "week", words: "the week up to it" },
    { value: "month", words: "the month up to it" },
  ];
  const options = [...(isOne ? [] : stretches), { value: "all", words: "all time there was: there is no other file" }];
  const day: Question = {
    id: "roster-day",
    text: "Of which day is the file?",
    why: NOTHING_KNOWN,
    options: null,
    input: "day",
    proposed: null,
  };
  return [
    ...(fields.includes("day") ? [] : [day]),
    choice({
      id: "covers",
      text: "Which stretch of time does a file cover?",
      why: "Whoever left in it is counted once",
      options,
      proposed: isOne ? "all" : null,
    }),
  ];
}

function totalsQuestion({ sample }: Proposal): Question[] {
  if (sample.totals.length === 0) return [];
  const shown = sample.totals.slice(0, 3).map((text) => `"${text}"`);
  const options = [
    { value: "skip", words: "yes, leave them out" },
    { value: "keep", words: "no, they are rows like the others" },
  ];
  const text = `Are lines that begin with ${shown.join(", ")} totals?`;
  return [choice({ id: "totals", text, why: "Totals would be counted twice", options, proposed: "skip" })];
}

/** Unless somebody says so, nothing is taken away because a file does not have it. */
function replacement(): Question {
  const options = [
    { value: "rows", words: "no: rows that it no longer has stay" },
    { value: "period", words: "yes: rows that it no longer has are taken away" },
  ];
  const text = "Does a new file replace everything of the days it covers?";
  return choice({ id: "replaces", text, why: "A row that was deleted is simply missing in a full export", options, proposed: "rows" });
}

function cadence(): Question {
  const why = "A feed that falls silent is told to both sides";
  return choice({ id: "cadence", text: "How often will a file come?", why, options: CADENCES, proposed: "none" });
}

/** Everything that the file cannot say and the draft needs, in the order in which it is asked. */
export function questionsOf(proposal: Proposal, draft: Draft): Question[] {
  const columns = proposal.facts.flatMap((facts) => columnQuestions(facts, draft.fields[facts.position] ?? "ignore", draft.kind));
  return [
    ...intervalQuestion(proposal, draft),
    ...numberQuestion(proposal),
    ...totalsQuestion(proposal),
    ...columns,
    ...wholeQuestions(draft),
  ];
}

/** The answer that counts for a question; `null` where there is none yet. */
export function answerOf({ id, proposed }: Question, { answers }: Draft): string | null {
  const given = answers[id]?.trim();
  return given === undefined || given === "" ? proposed : given;
}
