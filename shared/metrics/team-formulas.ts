import type { Formula, Formulas, MeasureOf } from "./measure.ts";
import { duration, one, ratio } from "./terms.ts";

/** A year has 365 days and a month is its twelfth, so that every month and year is divided alike. */
function attrition({ per }: MeasureOf<"attrition">): Formula {
  const leavers = [one("leavers", 365)];
  if (per === "year-times-12") return ratio(leavers, "headcount-days", "leavers × 365 ÷ headcount-days");
  const sample = [one("headcount-days")];
  const monthly = ratio(leavers, [one("headcount-days", 12)], "leavers × 365 ÷ (12 × headcount-days)");
  if (per === "month") return { ...monthly, sample };
  return { ...monthly, sample, transform: "compound-12", says: `1 − (1 − m)¹² with m = ${monthly.says}` };
}

function earlySurvival({ days }: MeasureOf<"early-survival">): Formula {
  return ratio(`survived-${days}d`, `starters-matured-${days}d`, `still there after ${days} days ÷ who started ${days} days before`);
}

function tenureMix({ underDays }: MeasureOf<"tenure-mix">): Formula {
  return ratio(`handled-tenure-under-${underDays}d`, "handled", `handled by agents of less than ${underDays} days ÷ handled`);
}

function backlog({ method }: MeasureOf<"backlog">): Formula {
  if (method === "last") return { ...ratio("backlog-open", [], "open items at the last snapshot"), unit: "count" };
  return { ...ratio("backlog-snapshot-items", "backlog-snapshots", "open items of all snapshots ÷ snapshots"), unit: "count" };
}

function backlogAge({ method }: MeasureOf<"backlog-age">): Formula {
  if (method === "oldest") return duration("oldest-item-ms", [], "age of the oldest open item");
  return duration("backlog-age-ms", "backlog-open", "age of all open items at the last snapshot ÷ open items");
}

export type TeamMeasure = MeasureOf<"attrition" | "early-survival" | "tenure-mix" | "backlog" | "backlog-age">;

/** Who does the work, and what is left of it. */
export function teamFormulas(measure: TeamMeasure): Formulas {
  switch (measure.metric) {
    case "attrition":
      return [attrition(measure)];
    case "early-survival":
      return [earlySurvival(measure)];
    case "tenure-mix":
      return [tenureMix(measure)];
    case "backlog":
      return [backlog(measure)];
    case "backlog-age":
      return [backlogAge(measure)];
  }
}
