import { RefusedFile } from "../refused-file.ts";
import { brokenJson, duplicateName, JsonFault } from "./json-fault.ts";
import { jsonValueEnd } from "./json-value-end.ts";
import { parseJson } from "./json-parser.ts";
import type { JsonValue } from "./json-value.ts";

/** One record of a JSON file, or why it cannot be read although its end is known. */
export type JsonRecord = { readonly text: string } & ({ readonly value: JsonValue } | { readonly fault: JsonFault["fault"] });

export interface JsonRecordsOptions {
  /** Names joined by dots that lead to the list of records. Left out: the text is that list, or it is the only record. */
  readonly rows?: string | undefined;
  /** Whether several texts may follow one another, with or without space between them. */
  readonly many?: boolean;
}

/** Longest record in characters, and longest value beside the list of records. */
export const MAX_JSON_RECORD = 1_000_000;
const MAX_NAMES = 10_000;
const SPACE = /[ \t\n\r]*/y;

/** What has been read of a text and not been used. Yields where more of it is needed. */
class Source {
  private text = "";
  private at = 0;
  private used = 0;
  private final = false;

  add(text: string, final: boolean): void {
    this.used += this.at;
    this.text = this.text.slice(this.at) + text;
    this.at = 0;
    this.final = final;
  }

  get position(): number {
    return this.used + this.at;
  }

  /** The next character that is no space, "" at the end. */
  *peek(): Generator<undefined, string> {
    for (;;) {
      SPACE.lastIndex = this.at;
      SPACE.test(this.text);
      this.at = SPACE.lastIndex;
      if (this.at < this.text.length || this.final) return this.text[this.at] ?? "";
      yield;
    }
  }

  *takes(mark: string): Generator<undefined, boolean> {
    if ((yield* this.peek()) !== mark) return false;
    this.at += 1;
    return true;
  }

  /** The text of the next value, whose end is found and whose inside is not looked at. */
  *value(): Generator<undefined, string> {
    yield* this.peek();
    for (;;) {
      const end = jsonValueEnd(this.text, this.at, this.final);
      if ((end < 0 ? this.text.length : end) - this.at > MAX_JSON_RECORD) throw tooLong(this.position);
      if (end >= 0) {
        const text = this.text.slice(this.at, end);
        this.at = end;
        return text;
      }
      if (this.final) return this.text.slice(this.at);
      yield;
    }
  }
}

function tooLong(at: number): RefusedFile {
  return new RefusedFile({
    rule: "record-too-long",
    message: `The value that begins at character ${at + 1} of the file is longer than ${MAX_JSON_RECORD} characters`,
    remedy: "Name under rows the list whose entries are rows; look for a quotation mark that is not closed",
  });
}

function refusedBy({ fault, at }: JsonFault, start: number): RefusedFile {
  const { rule, remedy } = fault;
  return new RefusedFile({ rule, remedy, message: `The file ${fault.message} (character ${start + at + 1} of the file)` });
}

/** Steps of reading: a value broken in its grammar may have any end, so it refuses the file; any other fault stays with its record. */
class Grammar {
  private readonly source: Source;
  private readonly found: JsonRecord[];
  private readonly options: JsonRecordsOptions;
  private lists = 0;

  constructor(source: Source, found: JsonRecord[], options: JsonRecordsOptions) {
    this.source = source;
    this.found = found;
    this.options = options;
  }

  *whole(): Generator<undefined, void> {
    const { rows, many = false } = this.options;
    const path = rows === undefined ? [] : rows.split(".");
    do {
      if ((yield* this.source.peek()) === "") return;
      yield* this.node(path, 0);
    } while (many);
    if ((yield* this.source.peek()) !== "") throw this.unexpected("the end of the file");
    if (this.lists === 0) throw this.noList();
  }

  private *node(path: readonly string[], depth: number): Generator<undefined, void> {
    const [name, ...rest] = path;
    const first = yield* this.source.peek();
    if (name !== undefined && first === "{") return yield* this.members(name, rest, depth);
    if (name === undefined && first === "[") return yield* this.list(depth);
    if (name === undefined) this.lists += 1;
    const record = yield* this.record(depth);
    if (name === undefined) this.found.push(record);
  }

  private *list(depth: number): Generator<undefined, void> {
    this.lists += 1;
    yield* this.source.takes("[");
    if (yield* this.source.takes("]")) return;
    do this.found.push(yield* this.record(depth + 1));
    while (yield* this.source.takes(","));
    if (!(yield* this.source.takes("]"))) throw this.unexpected("a comma or ]");
  }

  private *members(wanted: string, rest: readonly string[], depth: number): Generator<undefined, void> {
    yield* this.source.takes("{");
    const names = new Set<string>();
    if (yield* this.source.takes("}")) return;
    do {
      const name = yield* this.name(names);
      if (!(yield* this.source.takes(":"))) throw this.unexpected("a colon");
      if (name === wanted) yield* this.node(rest, depth + 1);
      else yield* this.record(depth + 1);
    } while (yield* this.source.takes(","));
    if (!(yield* this.source.takes("}"))) throw this.unexpected("a comma or }");
  }

  private *name(names: Set<string>): Generator<undefined, string> {
    const first = yield* this.source.peek();
    const { position } = this.source;
    if (first !== '"') throw this.unexpected("a name in quotation marks");
    const name = this.parsed(yield* this.source.value(), 0, position);
    if (typeof name !== "string") throw this.unexpected("a name in quotation marks");
    if (names.has(name)) throw refusedBy(duplicateName(name, 0), position);
    if (names.size >= MAX_NAMES) throw tooLong(position);
    names.add(name);
    return name;
  }

  private *record(depth: number): Generator<undefined, JsonRecord> {
    yield* this.source.peek();
    const { position } = this.source;
    const text = yield* this.source.value();
    try {
      return { text, value: parseJson(text, depth) };
    } catch (thrown) {
      if (!(thrown instanceof JsonFault)) throw thrown;
      if (thrown.fault.rule === "broken-json") throw refusedBy(thrown, position);
      return { fault: thrown.fault, text };
    }
  }

  private parsed(text: string, depth: number, position: number): JsonValue {
    try {
      return parseJson(text, depth);
    } catch (thrown) {
      throw thrown instanceof JsonFault ? refusedBy(thrown, position) : thrown;
    }
  }

  private unexpected(wanted: string): RefusedFile {
    return refusedBy(brokenJson(`something stands, or the file ends, where ${wanted} should be`, 0), this.source.position);
  }

  private noList(): RefusedFile {
    return new RefusedFile({
      rule: "missing-rows",
      message: `The file has nothing under "${this.options.rows ?? ""}", where the definition says its rows are`,
      remedy: "Send the rows under this name, or correct rows in the feed's definition",
    });
  }
}

/** Finds the records of a JSON text, in pieces of any size; memory grows with the longest record, not with the text. */
export interface JsonRecords {
  push(text: string): JsonRecord[];
  end(): JsonRecord[];
}

/**
 * Reads JSON strictly, record by record.
 *
 * Its parts throw RefusedFile where the text is no JSON, or has no list where the records should be.
 */
export function createJsonRecords(options: JsonRecordsOptions): JsonRecords {
  const source = new Source();
  const found: JsonRecord[] = [];
  const reading = new Grammar(source, found, options).whole();
  const step = (text: string, final: boolean): JsonRecord[] => {
    source.add(text, final);
    reading.next();
    return found.splice(0);
  };
  return { push: (text) => step(text, false), end: () => step("", true) };
}
