import { createZone } from "../calendar/zone.ts";
import { explainNumber, readCount } from "./cell-number.ts";
import { compileChecks } from "./column-checks.ts";
import { compileNumberColumn, type FileContext, type NumberCell } from "./column-reader.ts";
import { compileContactId } from "./contact-id.ts";
import type { RowReader } from "./file-row.ts";
import { compilePerson, type PeopleContext } from "./person-reader.ts";
import type { Fault } from "./problem-list.ts";
import { compileQueue } from "./queue-reader.ts";
import type { SurveyFeed } from "./record-kinds.ts";
import type { SurveyRow } from "./record-rows.ts";
import { compileStart } from "./start-reader.ts";
import { compileVersion } from "./version-reader.ts";
import { compileSaid, compileYesNo } from "./yes-no-reader.ts";

const NONE: NumberCell = () => null;

function offScale(lowest: number, highest: number): Fault {
  return {
    rule: "score-off-scale",
    message: `is not a score from ${lowest} to ${highest}`,
    remedy: `Send a whole number from ${lowest} to ${highest}; leave the cell blank if nobody answered`,
  };
}

function compileScore(column: string, { lowest, highest }: { lowest: number; highest: number }, context: FileContext): NumberCell {
  const read = (text: string): number => {
    const score = readCount(text, context.style);
    return score >= lowest && score <= highest ? score : NaN;
  };
  const explain = (text: string): Fault =>
    Number.isNaN(readCount(text, context.style)) ? explainNumber(text, "whole", context.style) : offScale(lowest, highest);
  return compileNumberColumn({ column, required: false, most: highest, read, explain }, context);
}

/** The score of 1 to 5 that an answer on the survey's own scale counts as. */
function compileCsat(csat: SurveyFeed["csat"], context: FileContext): NumberCell {
  if (csat === undefined) return NONE;
  const { column, lowest, boxes } = csat;
  const score = compileScore(column, { lowest, highest: boxes.at(-1) ?? 0 }, context);
  return (cells) => {
    const answer = score(cells);
    return answer === null || Number.isNaN(answer) ? answer : boxes.findIndex((highest) => answer <= highest) + 1;
  };
}

/** Compiles a definition and a file's header into the function that reads answers to a survey. */
export function compileSurveyReader(definition: SurveyFeed, context: PeopleContext): RowReader<SurveyRow> {
  const idCell = compileContactId(definition.recordId, context);
  const startCell = compileStart(definition.start, { zone: createZone(definition.timeZone), gridMs: null, never: new Set() }, context);
  const queueCell = compileQueue(definition.queue, context);
  const agentCell = compilePerson(definition.agent, context);
  const { invited, nps } = definition;
  const invitedCell = invited === "every-row" ? () => true : compileSaid(invited, context);
  const csatCell = compileCsat(definition.csat, context);
  const npsCell = nps === undefined ? NONE : compileScore(nps.column, { lowest: 0, highest: 10 }, context);
  const resolvedCell = compileYesNo(definition.resolved, context);
  const versionCell = compileVersion(definition.version, context);
  const checks = compileChecks(definition, context);
  return (cells) => {
    const row = {
      recordId: idCell(cells),
      queue: queueCell(cells),
      startMs: startCell(cells),
      agent: agentCell(cells),
      invited: invitedCell(cells) === true,
      csat: csatCell(cells),
      nps: npsCell(cells),
      resolved: resolvedCell(cells),
      version: versionCell(cells),
    };
    for (const check of checks) check(cells);
    return context.problems.refuses() ? null : row;
  };
}
