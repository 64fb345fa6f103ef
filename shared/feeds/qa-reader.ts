import { createZone } from "../calendar/zone.ts";
import { compileChecks } from "./column-checks.ts";
import { compileContactId } from "./contact-id.ts";
import type { RowReader } from "./file-row.ts";
import { compilePerson, type PeopleContext } from "./person-reader.ts";
import { compileForm } from "./qa-form.ts";
import { compileItems } from "./qa-items.ts";
import { compilePoints } from "./qa-score.ts";
import { compileQueue } from "./queue-reader.ts";
import type { QaFeed } from "./record-kinds.ts";
import type { QaRow } from "./record-rows.ts";
import { compileStart } from "./start-reader.ts";
import { compileVersion } from "./version-reader.ts";

/** Compiles a definition and a file's header into the function that reads evaluations. */
export function compileQaReader(definition: QaFeed, context: PeopleContext): RowReader<QaRow> {
  const idCell = compileContactId(definition.recordId, context);
  const startCell = compileStart(definition.start, { zone: createZone(definition.timeZone), gridMs: null, never: new Set() }, context);
  const queueCell = compileQueue(definition.queue, context);
  const [agentCell, evaluatorCell] = [compilePerson(definition.agent, context), compilePerson(definition.evaluator, context)];
  const formCell = compileForm(definition, context);
  const { score } = definition;
  const findings = "items" in score ? compileItems(score, context) : compilePoints(score, context);
  const versionCell = compileVersion(definition.version, context);
  const checks = compileChecks(definition, context);
  return (cells) => {
    const row = {
      recordId: idCell(cells),
      queue: queueCell(cells),
      startMs: startCell(cells),
      agent: agentCell(cells),
      evaluator: evaluatorCell(cells),
      form: formCell(cells),
      ...findings(cells),
      version: versionCell(cells),
    };
    for (const check of checks) check(cells);
    return context.problems.refuses() ? null : row;
  };
}
