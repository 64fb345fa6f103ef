import { brokenJson, duplicateName, loneSurrogate, tooDeep, tooManyValues } from "./json-fault.ts";
import { JsonNumber, type JsonObject, type JsonValue } from "./json-value.ts";

/** Levels of lists and objects. Records of call centres have five; a thousand is an attack on whoever reads it next. */
export const MAX_JSON_DEPTH = 64;
const MAX_VALUES = 100_000;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Everything but the quotation mark, the backslash and the characters below the space. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const HEX = /[0-9a-fA-F]{4}/y;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
const WORDS: readonly (readonly [word: string, value: JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** Reads one JSON text by RFC 8259, nothing beyond it. */
class JsonParser {
  private readonly text: string;
  private at = 0;
  private values = 0;
  private depth: number;

  constructor(text: string, depth: number) {
    this.text = text;
    this.depth = depth;
  }

  whole(): JsonValue {
    const value = this.value();
    this.match(SPACE);
    if (this.at < this.text.length) throw brokenJson("something stands behind its end", this.at);
    return value;
  }

  private value(): JsonValue {
    this.match(SPACE);
    this.values += 1;
    if (this.values > MAX_VALUES) throw tooManyValues(MAX_VALUES, this.at);
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (first === "{") return this.nested(() => this.object());
    if (first === "[") return this.nested(() => this.list());
    const number = this.match(NUMBER);
    return number === "" ? this.word() : new JsonNumber(number);
  }

  private word(): JsonValue {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    throw this.unexpected("a value");
  }

  private nested<Value>(read: () => Value): Value {
    if (this.depth >= MAX_JSON_DEPTH) throw tooDeep(MAX_JSON_DEPTH, this.at);
    this.depth += 1;
    this.at += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private object(): JsonObject {
    const members = new Map<string, JsonValue>();
    if (this.takes("}")) return members;
    do {
      this.match(SPACE);
      const at = this.at;
      if (this.text[at] !== '"') throw this.unexpected("a name in quotation marks");
      const name = this.string();
      if (members.has(name)) throw duplicateName(name, at);
      if (!this.takes(":")) throw this.unexpected("a colon");
      members.set(name, this.value());
    } while (this.takes(","));
    if (!this.takes("}")) throw this.unexpected("a comma or }");
    return members;
  }

  private list(): JsonValue[] {
    const values: JsonValue[] = [];
    if (this.takes("]")) return values;
    do values.push(this.value());
    while (this.takes(","));
    if (!this.takes("]")) throw this.unexpected("a comma or ]");
    return values;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    let value = this.match(PLAIN);
    let escaped = false;
    while (this.text[this.at] === "\\") {
      escaped = true;
      value += this.escape() + this.match(PLAIN);
    }
    if (this.text[this.at] !== '"') throw this.unexpected("the end of a text, or the escape of a control character");
    this.at += 1;
    if (escaped && !value.isWellFormed()) throw loneSurrogate(start);
    return value;
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? "";
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) {
      this.at += 2;
      return plain;
    }
    if (letter !== "u") throw brokenJson("an escape that does not exist", this.at);
    this.at += 2;
    const hex = this.match(HEX);
    if (hex === "") throw this.unexpected("four hexadecimal digits");
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private takes(mark: string): boolean {
    this.match(SPACE);
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private unexpected(wanted: string): Error {
    const found = this.text[this.at];
    return brokenJson(`${found === undefined ? "it ends" : `${JSON.stringify(found)} stands`} where ${wanted} should be`, this.at);
  }
}

/**
 * Reads one JSON text strictly (RFC 8259). Numbers keep their digits; a name that an object has twice, half a character and
 * nesting deeper than 64 levels are refused, because readers disagree on what they mean.
 *
 * @param depth how many levels already lie around the text.
 * @throws JsonFault saying what is wrong, with its rule.
 */
export function parseJson(text: string, depth = 0): JsonValue {
  return new JsonParser(text, depth).whole();
}
