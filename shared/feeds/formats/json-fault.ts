import type { Fault } from "../problem-list.ts";

/** What is wrong with a JSON text and where: `at` counts characters from 0. Thrown inside the reading of JSON only. */
export class JsonFault extends Error {
  readonly fault: Fault;
  readonly at: number;

  constructor(fault: Fault, at: number) {
    super(fault.message);
    this.name = "JsonFault";
    this.fault = fault;
    this.at = at;
  }
}

/** @param what the rest of a sentence about the text, such as `has a comma too many`. */
export function brokenJson(what: string, at: number): JsonFault {
  return new JsonFault(
    {
      rule: "broken-json",
      message: `is not valid JSON: ${what} at character ${at + 1}`,
      remedy: "Write it with a JSON library (RFC 8259)",
    },
    at,
  );
}

export function duplicateName(name: string, at: number): JsonFault {
  const shown = JSON.stringify(name.slice(0, 80));
  return new JsonFault(
    {
      rule: "duplicate-name",
      message: `has the name ${shown} twice in one object`,
      remedy: "Leave each name once; which of them counts cannot be told",
    },
    at,
  );
}

export function tooDeep(depth: number, at: number): JsonFault {
  return new JsonFault(
    { rule: "too-deep", message: `is nested more than ${depth} levels deep`, remedy: "Send the rows as flat objects" },
    at,
  );
}

export function tooManyValues(most: number, at: number): JsonFault {
  return new JsonFault(
    {
      rule: "record-too-long",
      message: `has more than ${most} values in one record`,
      remedy: "Name under rows the list whose entries are rows",
    },
    at,
  );
}

export function loneSurrogate(at: number): JsonFault {
  return new JsonFault(
    {
      rule: "lone-surrogate",
      message: "has half of a character (a lone surrogate) in a text",
      remedy: "Write the character itself in UTF-8, or both of its escapes",
    },
    at,
  );
}
