import type { Fault } from "../problem-list.ts";
import { flattenRecord } from "./flatten-json.ts";
import type { JsonObject } from "./json-value.ts";
import { duplicateMetric, isObject, minutesBetween, objectsIn, textOf, unknownShape, type VendorRow } from "./vendor-values.ts";

/**
 * Counts and times that a conversation aggregate may have. An interval in which one did not happen lacks it, so that its
 * absence is zero. Names that are not here stay blank: a typing error must not become a zero.
 */
const COUNTED = new Set(
  (
    "nBlindTransferred nCobrowseSessions nConnected nConsult nConsultTransferred nError nOffered nOutbound nOutboundAbandoned " +
    "nOutboundAttempted nOutboundConnected nOverSla nStateTransitionError nTransferred tAbandon tAcd tAcw tAgentResponseTime tAlert " +
    "tAnswered tConnected tContacting tDialing tFirstConnect tFirstDial tFlowOut tHandle tHeld tHeldComplete tIvr tMonitoring " +
    "tNotResponding tShortAbandon tTalk tTalkComplete tUserResponseTime tVoicemail tWait"
  ).split(" "),
);

/** What a column is where a row lacks it: zero for a count or a sum of something that can happen, blank for all others. */
export function absentInGenesys(column: string): string {
  const [metric = "", stat = ""] = column.split(".");
  return COUNTED.has(metric) && (stat === "count" || stat === "sum") ? "0" : "";
}

function rowOf(entry: JsonObject, group: VendorRow): VendorRow | Fault {
  const [start = "", end = ""] = textOf(entry.get("interval")).split("/");
  const row = new Map(group);
  row.set("interval.start", start).set("interval.end", end).set("interval.minutes", minutesBetween(start, end));
  const metrics = entry.get("metrics");
  // Absent metrics are zeros, so an interval without a list of them must not look like one in which nothing happened.
  if (!Array.isArray(metrics)) return unknownShape("an interval of a Genesys Cloud answer: it has no list of metrics");
  const seen = new Set<string>();
  for (const metric of objectsIn(metrics)) {
    const name = [textOf(metric.get("metric")), textOf(metric.get("qualifier"))].filter((part) => part !== "").join(".");
    if (seen.has(name)) return duplicateMetric(name);
    seen.add(name);
    const stats = metric.get("stats");
    if (isObject(stats)) for (const [stat, text] of flattenRecord(stats)) row.set(`${name}.${stat}`, text);
  }
  return row;
}

function rowsUnder(entries: readonly JsonObject[], group: VendorRow): (VendorRow | Fault)[] {
  return entries.map((entry) => rowOf(entry, group));
}

/**
 * The rows of a Genesys Cloud answer: of a query for conversation aggregates (`results`), of a notification of its analytics
 * (`eventBody`), of a queue notification (`interval_event`). Times are milliseconds. Observations have no length and are no rows.
 */
export function genesysRows(answer: JsonObject): (VendorRow | Fault)[] {
  const results = answer.get("results");
  if (Array.isArray(results)) return objectsIn(results).flatMap(genesysRows);
  const body = answer.get("eventBody");
  if (isObject(body)) return genesysRows(body);
  const data = answer.get("data");
  const group = answer.get("group");
  const groupCells: VendorRow = isObject(group) ? flattenRecord(new Map([["group", group]])) : new Map();
  if (Array.isArray(data)) return rowsUnder(objectsIn(data), groupCells);
  const intervals = answer.get("interval_event");
  if (Array.isArray(intervals)) return rowsUnder(objectsIn(intervals), groupCells);
  if (answer.has("interval") && answer.has("metrics")) return [rowOf(answer, groupCells)];
  return [unknownShape("a Genesys Cloud answer: it has neither results nor data, interval_event or metrics")];
}
