import type { Fault } from "../problem-list.ts";
import { flattenRecord } from "./flatten-json.ts";
import { type JsonObject, JsonNumber, type JsonValue } from "./json-value.ts";
import { duplicateMetric, isObject, minutesBetween, objectsIn, textOf, unknownShape, type VendorRow, wholeText } from "./vendor-values.ts";

/** An instant as ISO 8601: the command line writes it so, the service itself as seconds since 1970. */
function instantText(value: JsonValue | undefined): string {
  if (!(value instanceof JsonNumber)) return textOf(value);
  const seconds = Number(value.text);
  return seconds >= 0 && seconds < 7_258_118_400 ? new Date(seconds * 1000).toISOString() : value.text;
}

function valuesOf(value: JsonValue | undefined): string {
  return Array.isArray(value) ? value.map((entry: JsonValue) => textOf(entry)).join("|") : "";
}

/** A metric's name with what makes it another figure: `CONTACTS_QUEUED`, `SUM_CONTACTS_ANSWERED_IN_X LT 20`, `CONTACTS_HANDLED [CHANNEL=VOICE]`. */
function nameOf(metric: JsonObject): string {
  const thresholds = objectsIn(metric.get("Threshold")).map(
    (threshold) => `${textOf(threshold.get("Comparison"))} ${wholeText(textOf(threshold.get("ThresholdValue")))}`,
  );
  const filters = objectsIn(metric.get("MetricFilters")).map(
    (filter) =>
      `[${textOf(filter.get("MetricFilterKey"))}${filter.get("Negate") === true ? "!=" : "="}${valuesOf(filter.get("MetricFilterValues"))}]`,
  );
  return [textOf(metric.get("Name")), ...thresholds, ...filters].join(" ");
}

function rowOf(result: JsonObject): VendorRow | Fault {
  const dimensions = result.get("Dimensions");
  const row = new Map(isObject(dimensions) ? flattenRecord(new Map([["Dimensions", dimensions]])) : []);
  const interval = result.get("MetricInterval");
  if (isObject(interval)) {
    const [start, end] = [instantText(interval.get("StartTime")), instantText(interval.get("EndTime"))];
    row.set("MetricInterval.StartTime", start).set("MetricInterval.EndTime", end);
    row.set("MetricInterval.Interval", textOf(interval.get("Interval"))).set("interval.minutes", minutesBetween(start, end));
  }
  for (const collection of objectsIn(result.get("Collections"))) {
    const metric = collection.get("Metric");
    const name = isObject(metric) ? nameOf(metric) : "";
    if (row.has(name)) return duplicateMetric(name);
    row.set(name, wholeText(textOf(collection.get("Value"))));
  }
  return row;
}

/** The rows of an answer to Amazon Connect's GetMetricDataV2: one per result, its metrics as columns. Times are seconds. */
export function connectMetricRows(answer: JsonObject): (VendorRow | Fault)[] {
  const results = answer.get("MetricResults");
  if (Array.isArray(results)) return objectsIn(results).map(rowOf);
  return [unknownShape("an answer of GetMetricDataV2: it has no MetricResults")];
}
