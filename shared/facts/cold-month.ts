import { type Packed, packFact, unpackFact } from "./msgpack.ts";
import type { PackedField } from "./packed-hash.ts";
import { type ColdColumn, openColumn, writeColumn } from "./cold-column.ts";
import { ByteReader, ByteWriter } from "./cold-bytes.ts";

/** The stored hash of one UTC day: minute of the day -> packed interval. */
export interface ColdDay {
  /** As `yyyymmdd`. */
  readonly day: string;
  readonly fields: readonly PackedField[];
}

/** A laid-out month; a day is read without the others. */
export interface ColdMonth {
  readonly days: readonly string[];
  /** The fields of a day by minute; none for a day that the month does not have. */
  fieldsOf(day: string): PackedField[];
}

const AS_THEY_ARE = 0;
const IN_COLUMNS = 1;

interface Row {
  readonly minute: number;
  readonly value: Uint8Array;
}

function rowsOf({ fields }: ColdDay): Row[] {
  const rows = fields.map(({ field, value }) => {
    const minute = Number(field);
    if (String(minute) !== field || !Number.isInteger(minute) || minute < 0) throw new RangeError(`"${field}" is not a minute of a day`);
    return { minute, value };
  });
  return rows.toSorted((a, b) => a.minute - b.minute);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The revision, the number of items, then the items; `null` for bytes that their numbers would not give back. */
function numbersOf(value: Uint8Array): (number | null)[] | null {
  let fact: { revision: number; items: Packed[] };
  try {
    fact = unpackFact(value);
  } catch (error) {
    // Such bytes are kept as they are; who reads them meets the error.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
  if (!sameBytes(packFact(fact.revision, fact.items), value)) return null;
  const items = fact.items.flatMap((item) => (typeof item === "string" ? [] : [item]));
  return items.length === fact.items.length ? [fact.revision, items.length, ...items] : null;
}

/** One column a place of the facts, because like stands beside like then. `null` when a fact is no row of numbers. */
function columnsOf(rows: readonly Row[]): Uint8Array[] | null {
  const table: (number | null)[][] = [];
  for (const { value } of rows) {
    const numbers = numbersOf(value);
    if (numbers === null) return null;
    table.push(numbers);
  }
  const width = table.reduce((most, numbers) => Math.max(most, numbers.length), 0);
  const columns: Uint8Array[] = [];
  for (let i = 0; i < width; i++) {
    const column = writeColumn(table.map((numbers) => numbers[i] ?? null));
    if (column === null) return null;
    columns.push(column);
  }
  return columns;
}

/**
 * Lays the intervals of a month so that they deflate well. What is read back is equal byte for byte, whatever the bytes.
 *
 * @param days in the order in which they are to be named.
 * @throws RangeError when a field is not a minute.
 */
export function layMonth(days: readonly ColdDay[]): Uint8Array {
  const byDay = days.map((day) => ({ day: Number(day.day), rows: rowsOf(day) }));
  const rows = byDay.flatMap((day) => day.rows);
  const columns = columnsOf(rows);
  const writer = new ByteWriter();
  writer.number(columns === null ? AS_THEY_ARE : IN_COLUMNS);
  writer.number(byDay.length);
  for (const { day, rows: own } of byDay) {
    writer.number(day);
    writer.number(own.length);
    own.forEach(({ minute }, i) => writer.number(minute - (own[i - 1]?.minute ?? 0)));
  }
  if (columns === null) {
    for (const { value } of rows) writer.number(value.length);
    for (const { value } of rows) writer.bytes(value);
  } else {
    writer.number(columns.length);
    for (const column of columns) writer.bytes(column);
  }
  return writer.take();
}

function openColumns(reader: ByteReader, rows: number): (row: number) => Uint8Array {
  const columns: ColdColumn[] = [];
  for (let left = reader.number(); left > 0; left--) columns.push(openColumn(reader, rows));
  const [revisions, widths, ...items] = columns;
  return (row) => {
    const width = widths?.(row) ?? 0;
    return packFact(
      revisions?.(row) ?? 0,
      items.slice(0, width).map((column) => column(row)),
    );
  };
}

function openValues(reader: ByteReader, rows: number): (row: number) => Uint8Array {
  const lengths = Array.from({ length: rows }, () => reader.number());
  const values = lengths.map((length) => reader.bytes(length));
  return (row) => values[row] ?? new Uint8Array(0);
}

/**
 * Reads what {@link layMonth} wrote.
 *
 * @throws RangeError when the bytes are not a laid-out month.
 */
export function openMonth(bytes: Uint8Array): ColdMonth {
  const reader = new ByteReader(bytes);
  const form = reader.number();
  if (form !== AS_THEY_ARE && form !== IN_COLUMNS) throw new RangeError(`a cold month has no form ${form}`);
  const days = new Map<string, { readonly first: number; readonly minutes: number[] }>();
  let rows = 0;
  for (let left = reader.number(); left > 0; left--) {
    const day = String(reader.number()).padStart(8, "0");
    let minute = 0;
    const minutes = Array.from({ length: reader.number() }, () => (minute += reader.number()));
    days.set(day, { first: rows, minutes });
    rows += minutes.length;
  }
  const valueOf = form === IN_COLUMNS ? openColumns(reader, rows) : openValues(reader, rows);
  return {
    days: [...days.keys()],
    fieldsOf: (day) => {
      const { first = 0, minutes = [] } = days.get(day) ?? {};
      return minutes.map((minute, i) => ({ field: String(minute), value: valueOf(first + i) }));
    },
  };
}
