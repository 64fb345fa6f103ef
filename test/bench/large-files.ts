import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { makeWorkbook } from "../support/make-workbook.ts";
import { mulberry32 } from "./random.ts";

const QUARTERS = 96;
const QUEUES = 20;
const PIECE_ROWS = 500;
const FIRST_DAY = Temporal.PlainDate.from("2024-01-01");
const HEADER = ["queue", "date", "time", "offered", "answered", "abandoned", "in20", "wait_s", "handle_s", "hold_s"];
/** What exports carry along and nobody maps: a gigabyte without it would be rows for a quarter of an hour. */
const NOTE = "Wrap-up: caller asked about a delivery. ".repeat(50);

export interface LargeFile {
  readonly rows: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

function* rowsOf(count: number): Generator<(string | number)[]> {
  const random = mulberry32(17);
  for (let i = 0; i < count; i++) {
    const quarter = i % QUARTERS;
    const day = FIRST_DAY.add({ days: Math.floor(i / QUARTERS / QUEUES) }).toString();
    const offered = Math.floor(random() * 60);
    const answered = Math.floor(offered * 0.9);
    const within = Math.floor(answered * 0.8);
    const time = `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
    const queue = `queue-${Math.floor(i / QUARTERS) % QUEUES}`;
    yield [queue, day, time, offered, answered, offered - answered, within, answered * 14, answered * 190, answered * 9];
  }
}

async function* pieces(head: string, rows: number, textOf: (cells: readonly (string | number)[], i: number) => string, foot: string) {
  const encoder = new TextEncoder();
  let lines = [head];
  let i = 0;
  for (const cells of rowsOf(rows)) {
    lines.push(textOf(cells, i++));
    if (lines.length < PIECE_ROWS) continue;
    yield encoder.encode(lines.join(""));
    lines = [];
  }
  yield encoder.encode([...lines, foot].join(""));
}

/** About 2 kB a row. */
export function largeCsv(rows: number): LargeFile {
  const textOf = (cells: readonly (string | number)[], i: number): string => `${cells.join(",")},${NOTE}${i}\n`;
  return { rows, bytes: pieces(`${HEADER.join(",")},note\n`, rows, textOf, "") };
}

/** About 2 kB an object, in one list. */
export function largeJson(rows: number): LargeFile {
  const textOf = (cells: readonly (string | number)[], i: number): string => {
    const values = HEADER.map((name, at) => [name, cells[at] ?? ""]);
    return `${i === 0 ? "" : ","}\n${JSON.stringify({ ...Object.fromEntries(values), note: `${NOTE}${i}` })}`;
  };
  return { rows, bytes: pieces("[", rows, textOf, "\n]\n") };
}

/** The same objects, one a line. */
export function largeJsonLines(rows: number): LargeFile {
  const textOf = (cells: readonly (string | number)[], i: number): string => {
    const values = HEADER.map((name, at) => [name, cells[at] ?? ""]);
    return `${JSON.stringify({ ...Object.fromEntries(values), note: `${NOTE}${i}` })}\n`;
  };
  return { rows, bytes: pieces("", rows, textOf, "") };
}

/** The rows of `largeCsv`, packed. */
export function largeGzip(rows: number): LargeFile {
  return { rows, bytes: Readable.from(largeCsv(rows).bytes).pipe(createGzip({ level: 1 })) };
}

/** One sheet of plain cells with their places, as spreadsheet programs write it: 516 bytes a row. */
export function largeWorkbook(rows: number): LargeFile {
  const cell = (value: string | number, row: number, column: number): string => {
    const place = `r="${String.fromCharCode(65 + column)}${row}"`;
    return typeof value === "number"
      ? `<c ${place} s="0" t="n"><v>${value}</v></c>`
      : `<c ${place} s="0" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  const lines: string[] = [];
  let row = 0;
  for (const cells of [HEADER, ...rowsOf(rows)]) {
    row++;
    lines.push(`<row r="${row}" spans="1:10" ht="15" customHeight="1">${cells.map((value, i) => cell(value, row, i)).join("")}</row>`);
  }
  const book = makeWorkbook({ sheets: { One: lines.join("") } });
  return {
    rows,
    bytes: (async function* () {
      yield book;
    })(),
  };
}
