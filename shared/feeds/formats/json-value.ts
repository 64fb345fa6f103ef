/** A number as its source wrote it: never a double, so no digit is lost. */
export class JsonNumber {
  readonly text: string;

  /** @param text the characters of the number, valid by RFC 8259. */
  constructor(text: string) {
    this.text = text;
  }
}

/** Members in their order. A map, so that `__proto__` is a name like any other. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;
