import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { Fault } from "./problem-list.ts";
import type { QaFindings } from "./qa-score.ts";
import type { QaFeed, QaItem } from "./record-kinds.ts";
import type { Cells } from "./record-splitter.ts";

type Items = Extract<QaFeed["score"], { items: unknown }>;

/** How an item was answered; not applicable is `null`. */
type Answer = boolean | null;

const UNKNOWN: Fault = {
  rule: "unknown-answer",
  message: "is none of the answers that the feed's definition lists",
  remedy: "Correct the value, or add it to right, wrong or notApplicable in the definition",
};
const BLANK: Fault = {
  rule: "missing-value",
  message: "was not answered",
  remedy: "Answer every item; write what the definition lists under notApplicable where it does not apply",
};

function compileAnswer(
  score: Items,
  column: string,
  options: { readonly required: boolean; readonly context: FileContext },
): (cells: Cells) => Answer {
  const { header, missing, problems } = options.context;
  const { position } = placeOf(column, header);
  const [right, wrong, notApplicable] = [new Set(score.right), new Set(score.wrong), new Set(score.notApplicable)];
  return (cells) => {
    const text = cells[position] ?? "";
    const trimmed = text.trim();
    if (notApplicable.has(trimmed)) return null;
    if (isMissing(text, missing)) {
      if (options.required) problems.add("error", { column, value: text }, BLANK);
      return null;
    }
    if (right.has(trimmed)) return true;
    if (!wrong.has(trimmed)) problems.add("error", { column, value: text }, UNKNOWN);
    return false;
  };
}

interface Answered {
  readonly item: QaItem;
  readonly first: Answer;
  readonly second: Answer;
}

function hasError(answers: readonly Answered[], critical: QaItem["critical"]): boolean | null {
  const about = answers.filter(({ item }) => item.critical === critical);
  return about.length === 0 ? null : about.some(({ first }) => first === false);
}

function findingsOf(answers: readonly Answered[]): QaFindings {
  const scored = answers.filter(({ first }) => first !== null);
  const pointsOf = (some: readonly Answered[]): number => some.reduce((sum, { item }) => sum + item.points * 100, 0);
  const autoFail = scored.some(({ item, first }) => item.autoFail && first === false);
  const plain = scored.filter(({ item }) => item.critical === undefined);
  const twice = scored.filter(({ second }) => second !== null);
  return {
    earned: autoFail ? 0 : pointsOf(scored.filter(({ first }) => first === true)),
    possible: pointsOf(scored),
    autoFail,
    customerError: hasError(answers, "customer"),
    businessError: hasError(answers, "business"),
    complianceError: hasError(answers, "compliance"),
    nonCriticalCorrect: plain.filter(({ first }) => first === true).length,
    nonCriticalItems: plain.length,
    calibrationItems: twice.length === 0 ? null : twice.length,
    calibrationMatches: twice.length === 0 ? null : twice.filter(({ first, second }) => first === second).length,
  };
}

/** Compiles an evaluation that the file gives item by item. Items that do not apply count neither as possible nor as earned. */
export function compileItems(score: Items, context: FileContext): (cells: Cells) => QaFindings {
  const items = score.items.map((item) => ({
    item,
    first: compileAnswer(score, item.column, { required: true, context }),
    second: item.second === undefined ? null : compileAnswer(score, item.second, { required: false, context }),
  }));
  return (cells) =>
    findingsOf(items.map(({ item, first, second }) => ({ item, first: first(cells), second: second === null ? null : second(cells) })));
}
