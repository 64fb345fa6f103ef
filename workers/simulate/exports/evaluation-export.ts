import type { Zone } from "../../../shared/calendar/zone.ts";
import { type Evaluation, FORM } from "../quality/evaluations.ts";
import { clockText } from "./clock-text.ts";

const HEADER = ["evaluation", "day", "time", "agent", "evaluator", ...FORM.map(({ column }) => column)].join(";");

/** The quality tool's export of the second provider: a row per evaluated call, item by item. */
export function evaluationExport(zone: Zone, evaluations: readonly Evaluation[]): string {
  const lines = evaluations.map(({ id, atS, agent, evaluator, right }) => {
    const { day, minute } = clockText(zone, atS);
    return [id, day, minute, agent, evaluator, ...right.map((isRight) => (isRight ? "yes" : "no"))].join(";");
  });
  return `${[HEADER, ...lines].join("\n")}\n`;
}
