import type { Fault } from "../problem-list.ts";
import { flattenRecord } from "./flatten-json.ts";
import type { JsonObject } from "./json-value.ts";
import { isObject, minutesBetween, objectsIn, textOf, unknownShape, type VendorRow } from "./vendor-values.ts";

const NO_TIME: Fault = {
  rule: "no-time",
  message: "is of real-time statistics, which do not say when they were taken",
  remedy: "Ask for cumulative statistics, with StartDate and EndDate on the bounds of an interval",
};

function cumulativeRow(statistics: JsonObject, others: JsonObject): VendorRow {
  const row = new Map([...flattenRecord(others), ...flattenRecord(statistics)]);
  row.set("interval.minutes", minutesBetween(row.get("start_time") ?? "", row.get("end_time") ?? ""));
  return row;
}

/**
 * The rows of Twilio TaskRouter statistics: one task queue (`CumulativeStatistics`), one with its real-time part (`Statistics`), or
 * a list (`task_queues_statistics`). Times are seconds; thresholds are names: `split_by_wait_time.20.below.reservations_accepted`.
 */
export function twilioRows(answer: JsonObject): (VendorRow | Fault)[] {
  const list = answer.get("task_queues_statistics");
  if (Array.isArray(list)) return objectsIn(list).flatMap(twilioRows);
  const cumulative = answer.get("cumulative");
  if (isObject(cumulative)) {
    const others = [...answer].filter(([name]) => name !== "cumulative" && name !== "meta");
    return [cumulativeRow(cumulative, new Map(others))];
  }
  if (textOf(answer.get("start_time")) !== "") return [cumulativeRow(answer, new Map())];
  if (answer.has("task_queue_data") || answer.has("tasks_by_status")) return [NO_TIME];
  return [unknownShape("a statistic of a TaskRouter task queue")];
}
