import type { FileProblem } from "../canonical.ts";
import type { FeedDefinition } from "../definition.ts";
import { type Header, readHeader } from "../header.ts";
import { unknownColumns } from "../header-problems.ts";
import { mappedColumns } from "../mapped-columns.ts";
import type { Fault } from "../problem-list.ts";
import type { Cells } from "../record-splitter.ts";
import { RefusedFile } from "../refused-file.ts";
import type { TablePart } from "../table-part.ts";
import { rowRuns } from "./row-runs.ts";

/** A row whose cells carry their column's name; or why it cannot be read, with its text as far as it is known. */
export type NamedRow =
  | { readonly line: number; readonly cells: ReadonlyMap<string, string> }
  | { readonly line: number; readonly fault: Fault; readonly text: string };

export interface NamedTable {
  take(rows: readonly NamedRow[]): TablePart[];
  /** @throws RefusedFile when no row came. */
  end(): TablePart[];
}

const NO_RECORDS: FileProblem = {
  rule: "no-rows",
  message: "The file has no records",
  remedy: "Send at least one; if there was nothing to report, send records with zeros",
};
function absentColumns(names: readonly string[]): FileProblem {
  return {
    rule: "absent-columns",
    message: `No record of the file has ${names.map((name) => `"${name}"`).join(", ")}; read as blank`,
    remedy: "If they were renamed, map the new names in the feed's definition",
  };
}

const MOST_WAITING = 1000;
const MOST_NAMES = 1000;

interface Columns {
  readonly header: Header;
  /** The names as records have them, which may stand between spaces, in the order of the header. */
  readonly keys: readonly string[];
  readonly parts: readonly TablePart[];
  /** Mapped columns that no row has had yet. */
  readonly unseen: Set<string>;
}

/** The columns are those of the first row, and behind them those that the definition reads and this row has not. */
function columnsOf(definition: FeedDefinition, first: ReadonlyMap<string, string>): Columns {
  const names = [...first.keys()];
  const { positions } = readHeader(definition, names).header;
  const unseen = mappedColumns(definition).filter((name) => !positions.has(name));
  const { header, refusals, notes } = readHeader(definition, [...names, ...unseen]);
  if (refusals[0] !== undefined) throw new RefusedFile(refusals[0]);
  const noted: TablePart[] = notes.length === 0 ? [] : [{ kind: "noted", problems: notes }];
  return { header, keys: [...names, ...unseen], parts: [{ kind: "header", header }, ...noted], unseen: new Set(unseen) };
}

/** Makes a table of rows that name their own columns, as JSON does. A name that a row lacks is a blank cell. */
export function createNamedTable(definition: FeedDefinition): NamedTable {
  const faults = new WeakMap<Cells, Fault>();
  const faultOf = (record: Cells): Fault | null => faults.get(record) ?? null;
  const late = new Set<string>();
  let columns: Columns | null = null;
  let known = new Set<string>();
  let waiting: NamedRow[] = [];
  const cellsOf = (keys: readonly string[], unseen: Set<string>, row: NamedRow): Cells => {
    if ("fault" in row) {
      const record = [row.text];
      faults.set(record, row.fault);
      return record;
    }
    for (const name of row.cells.keys()) {
      if (unseen.size > 0) unseen.delete(name);
      if (!known.has(name) && late.size < MOST_NAMES) late.add(name);
    }
    return keys.map((key) => row.cells.get(key) ?? "");
  };
  const begin = (first: ReadonlyMap<string, string>): TablePart[] => {
    columns = columnsOf(definition, first);
    known = new Set([...first.keys(), ...columns.unseen, ...definition.ignore]);
    return [...columns.parts, ...take([])];
  };
  const take = (rows: readonly NamedRow[]): TablePart[] => {
    if (columns === null) {
      waiting.push(...rows);
      const first = waiting.find((row) => "cells" in row);
      if (first !== undefined) return begin(first.cells);
      return waiting.length > MOST_WAITING ? begin(new Map()) : [];
    }
    const ready = waiting.length > 0 ? [...waiting, ...rows] : rows;
    waiting = [];
    const { keys, unseen } = columns;
    return rowRuns(
      ready.map((row) => ({ line: row.line, record: cellsOf(keys, unseen, row) })),
      faultOf,
    );
  };
  const end = (): TablePart[] => {
    if (columns === null && waiting.length === 0) throw new RefusedFile(NO_RECORDS);
    const parts = columns === null ? begin(new Map()) : [];
    const notes: FileProblem[] = [];
    if (late.size > 0) notes.push(unknownColumns([...late]));
    if (columns !== null && columns.unseen.size > 0) notes.push(absentColumns([...columns.unseen]));
    return notes.length === 0 ? parts : [...parts, { kind: "noted", problems: notes }];
  };
  return { take, end };
}
