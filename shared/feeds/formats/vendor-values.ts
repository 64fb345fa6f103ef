import { readInstant } from "../cell-instant.ts";
import type { Fault } from "../problem-list.ts";
import { type JsonObject, JsonNumber, type JsonValue } from "./json-value.ts";

/** One row of a vendor's answer: cells by column. */
export type VendorRow = ReadonlyMap<string, string>;

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isFault(row: VendorRow | Fault): row is Fault {
  return "rule" in row;
}

/** The objects of a list; none where there is no list. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((entry: JsonValue) => isObject(entry)) : [];
}

/** A scalar as text; "" for anything else. */
export function textOf(value: JsonValue | undefined): string {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === "string" ? value : "";
}

/** A number that some systems write as a double although it is whole: `20.0` is `20`. Nothing else is changed. */
export function wholeText(text: string): string {
  return /^\d+\.0+$/u.test(text) ? text.slice(0, text.indexOf(".")) : text;
}

/** Minutes from one instant (ISO 8601) to another, "" unless they are whole and positive. */
export function minutesBetween(from: string, to: string): string {
  const minutes = (readInstant(to, "iso-8601") - readInstant(from, "iso-8601")) / 60_000;
  return Number.isInteger(minutes) && minutes > 0 ? String(minutes) : "";
}

/** Says that an object is not what the format is for. */
export function unknownShape(what: string): Fault {
  return {
    rule: "unknown-shape",
    message: `is not ${what}`,
    remedy: "Send the answer as the system gave it, or correct the format in the feed's definition",
  };
}

export function duplicateMetric(name: string): Fault {
  return { rule: "duplicate-metric", message: `has the metric ${name} twice`, remedy: "Ask for each metric once" };
}
