import { type CounterId, withinLimit } from "../metrics/counter.ts";
import type { Layout } from "./canonical.ts";
import type { Fault } from "./problem-list.ts";

/** A sum of counters that may not exceed another counter of the same row. */
export interface CountRule {
  readonly parts: readonly number[];
  readonly whole: number;
  /** The counter to which the problem is attached. */
  readonly id: CounterId;
  readonly fault: Fault;
}

const RECOUNT = "Check both columns: they must count the same contacts of the same interval";

function offeredRule(counters: readonly CounterId[]): CountRule | null {
  const whole = counters.indexOf("offered");
  const ids = (["answered", "abandoned"] as const).filter((id) => counters.includes(id));
  const [id] = ids;
  if (whole < 0 || id === undefined) return null;
  const fault = { rule: "more-than-offered", message: `is too large: ${ids.join(" + ")} exceeds offered`, remedy: RECOUNT };
  return { parts: ids.map((part) => counters.indexOf(part)), whole, id, fault };
}

function withinRule(counters: readonly CounterId[], part: number): CountRule | null {
  const id = counters[part];
  const within = id === undefined ? null : withinLimit(id);
  if (id === undefined || within === null) return null;
  // The next longer limit bounds it more tightly than the total does.
  let whole = counters.indexOf(within.outcome);
  let tightest = Infinity;
  counters.forEach((other, at) => {
    const longer = withinLimit(other);
    if (longer?.outcome !== within.outcome || longer.limitMs <= within.limitMs || longer.limitMs >= tightest) return;
    tightest = longer.limitMs;
    whole = at;
  });
  if (whole < 0) return null;
  return {
    parts: [part],
    whole,
    id,
    fault: { rule: "more-than-whole", message: `is too large: ${id} exceeds ${counters[whole] ?? ""}`, remedy: RECOUNT },
  };
}

/** The relations between the counters of one row that hold by their meaning. */
export function countRulesOf({ counters }: Layout): readonly CountRule[] {
  return [offeredRule(counters), ...counters.map((_, part) => withinRule(counters, part))].filter((rule) => rule !== null);
}

/** Whether a row breaks the rule; a rule with a missing count cannot be broken, except by the counts that are there. */
export function breaksRule({ parts, whole }: CountRule, values: readonly (number | null)[]): boolean {
  const most = values[whole] ?? null;
  if (most === null) return false;
  let sum = 0;
  for (const part of parts) sum += values[part] ?? 0;
  return sum > most;
}
