import { type CounterId, withinLimit } from "../metrics/counter.ts";
import type { Layout } from "./canonical.ts";
import type { Fault } from "./problem-list.ts";
import type { CellRule } from "./rule-severity.ts";

/** A sum of counters that may not exceed another counter of the same row. */
export interface CountRule {
  readonly parts: readonly number[];
  readonly whole: number;
  /** The counter to which the problem is attached. */
  readonly id: CounterId;
  /** Under which id a definition may make it a warning. */
  readonly rule: CellRule;
  readonly fault: Fault;
}

const RECOUNT = "Check both columns: they must count the same contacts of the same interval";

function offeredRule(counters: readonly CounterId[]): CountRule | null {
  const whole = counters.indexOf("offered");
  const ids = (["answered", "abandoned"] as const).filter((id) => counters.includes(id));
  const [id] = ids;
  if (whole < 0 || id === undefined) return null;
  const rule = "more-than-offered";
  const fault = { rule, message: `is too large: ${ids.join(" + ")} exceeds offered`, remedy: RECOUNT };
  return { parts: ids.map((part) => counters.indexOf(part)), whole, id, rule, fault };
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
  return moreThanWhole(counters, part, whole);
}

function moreThanWhole(counters: readonly CounterId[], part: number, whole: number): CountRule | null {
  const id = counters[part];
  if (id === undefined) return null;
  const rule = "more-than-whole";
  const fault = { rule, message: `is too large: ${id} exceeds ${counters[whole] ?? ""}`, remedy: RECOUNT };
  return { parts: [part], whole, id, rule, fault };
}

/** Counts of which one is a part of the other. */
const PARTS: readonly (readonly [part: CounterId, whole: CounterId])[] = [
  ["transferred", "handled"],
  ["adherent-ms", "scheduled-ms"],
  ["available-ms", "paid-ms"],
  ["covered-ms", "required-ms"],
  ["fcr-resolved", "fcr-asked"],
  ["without-customer-error", "monitored"],
  ["without-business-error", "monitored"],
  ["without-compliance-error", "monitored"],
  ["non-critical-correct", "non-critical-opportunities"],
  ["calibration-matches", "calibration-items"],
];

/** The same for counters that carry a parameter: by how they begin, with the same parameter behind it. */
const FAMILY_PARTS: readonly (readonly [part: string, whole: string])[] = [
  ["repeats-", "repeat-base-"],
  ["survived-", "starters-matured-"],
  ["qa-points-earned-", "qa-points-possible-"],
];

function wholeOf(id: CounterId): string | null {
  const plain = PARTS.find(([part]) => part === id);
  if (plain !== undefined) return plain[1];
  if (id.startsWith("handled-tenure-under-")) return "handled";
  const family = FAMILY_PARTS.find(([part]) => id.startsWith(part));
  return family === undefined ? null : `${family[1]}${id.slice(family[0].length)}`;
}

function partRule(counters: readonly CounterId[], part: number): CountRule | null {
  const id = counters[part];
  const name = id === undefined ? null : wholeOf(id);
  const whole = counters.findIndex((other) => other === name);
  if (id === undefined || name === null || whole < 0) return null;
  return moreThanWhole(counters, part, whole);
}

/** The relations between the counters of one row that hold by their meaning. */
export function countRulesOf({ counters }: Layout): readonly CountRule[] {
  const rules = counters.flatMap((_, part) => [withinRule(counters, part), partRule(counters, part)]);
  return [offeredRule(counters), ...rules].filter((rule) => rule !== null);
}

/** Whether a row breaks the rule; a rule with a missing count cannot be broken, except by the counts that are there. */
export function breaksRule({ parts, whole }: CountRule, values: readonly (number | null)[]): boolean {
  const most = values[whole] ?? null;
  if (most === null) return false;
  let sum = 0;
  for (const part of parts) sum += values[part] ?? 0;
  return sum > most;
}
