import type { FeedDefinition } from "../definition.ts";
import type { VendorJson } from "../file-format.ts";
import { mappedColumns } from "../mapped-columns.ts";
import type { Fault } from "../problem-list.ts";
import type { TablePart } from "../table-part.ts";
import { connectMetricRows } from "./connect-metrics.ts";
import { flattenRecord } from "./flatten-json.ts";
import { absentInGenesys, genesysRows } from "./genesys-aggregates.ts";
import { readJsonTable, type RecordRow } from "./json-table.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { twilioRows } from "./twilio-taskrouter.ts";
import { isFault, isObject, unknownShape, type VendorRow } from "./vendor-values.ts";

interface Vendor {
  /** The rows in one JSON object, or why there are none. */
  readonly rowsOf: (answer: JsonObject) => readonly (VendorRow | Fault)[];
  /** What a mapped column is where a row lacks it. */
  readonly absent: (column: string) => string;
}

const blank = (): string => "";
const VENDORS: Readonly<Record<VendorJson["type"], Vendor>> = {
  "amazon-connect-contacts": { rowsOf: (record) => [flattenRecord(record)], absent: blank },
  "amazon-connect-metrics": { rowsOf: connectMetricRows, absent: blank },
  "genesys-aggregates": { rowsOf: genesysRows, absent: absentInGenesys },
  "twilio-taskrouter": { rowsOf: twilioRows, absent: blank },
};

function readAsNone(columns: readonly string[]): TablePart[] {
  if (columns.length === 0) return [];
  const message = `No record of the file has ${columns.map((column) => `"${column}"`).join(", ")}; they were read as none`;
  return [{ kind: "noted", problems: [{ rule: "read-as-none", message, remedy: "Make sure that the query asks for them" }] }];
}

/**
 * Reads what a vendor's system answers as a table of the columns that the definition maps; no other part of a record is kept.
 * A file may hold one answer, a list of them, or several one after the other with or without line ends between.
 */
export async function* readVendorTable(
  definition: FeedDefinition,
  { type }: VendorJson,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<TablePart> {
  const { rowsOf, absent } = VENDORS[type];
  const columns = mappedColumns(definition);
  const asNone = new Set(columns.filter((column) => absent(column) !== ""));
  const mapped = (row: VendorRow): RecordRow => {
    const cells = new Map<string, string>();
    for (const column of columns) {
      const text = row.get(column);
      if (text !== undefined) asNone.delete(column);
      const cell = text ?? absent(column);
      if (text !== undefined || cell !== "") cells.set(column, cell);
    }
    return { cells };
  };
  const recordRows = (value: JsonValue): RecordRow[] => {
    const rows = isObject(value) ? rowsOf(value) : [unknownShape("a JSON object")];
    return rows.map((row) => (isFault(row) ? { fault: row, text: "(a record)" } : mapped(row)));
  };
  yield* readJsonTable(definition, bytes, { many: true }, recordRows);
  yield* readAsNone([...asNone]);
}
