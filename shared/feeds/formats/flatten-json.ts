import { duplicateName } from "./json-fault.ts";
import { type JsonObject, JsonNumber, type JsonValue } from "./json-value.ts";

function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

/** A list as JSON text: exact, and never mistaken for a blank cell. */
function jsonText(value: JsonValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (isObject(value)) return `{${[...value].map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`).join(",")}}`;
  return `[${value.map(jsonText).join(",")}]`;
}

function cellOf(value: JsonValue): string {
  if (value === null) return "";
  return typeof value === "string" ? value : jsonText(value);
}

function fill(object: JsonObject, prefix: string, cells: Map<string, string>): void {
  for (const [key, value] of object) {
    const name = prefix + key;
    if (isObject(value) && value.size > 0) fill(value, `${name}.`, cells);
    else if (cells.has(name)) throw duplicateName(name, 0);
    else cells.set(name, cellOf(value));
  }
}

/**
 * One JSON object as cells under dotted names: `{"a":{"b":1.50}}` is `a.b` = `1.50`. Numbers keep their digits. `null` is a blank
 * cell; zero, `[]` and `{}` are texts of their own, because none of them says "no value". Lists stay JSON text in one cell.
 *
 * @throws JsonFault where a name with a dot in it and a nested one meet: which of them counts cannot be told.
 */
export function flattenRecord(record: JsonObject): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  fill(record, "", cells);
  return cells;
}
