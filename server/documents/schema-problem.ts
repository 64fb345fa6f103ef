import { isMap, isScalar, isSeq, type Document, type LineCounter } from "yaml";
import type { z } from "zod";
import type { DocumentProblem } from "../../shared/agreement/lint/document-problem.ts";

type Issue = z.core.$ZodIssue;
type Words = Pick<DocumentProblem, "message" | "dispute" | "remedy">;

const FIELDS = "docs/feeds.md and docs/agreements.md describe every field.";
const UNREAD = "The program would not do what this says, so each side could read it in its own way.";
const OPEN = "What is not said is what the parties disagree about first.";

function unknownKey(keys: readonly string[]): Words {
  const names = keys.map((key) => `"${key}"`).join(", ");
  if (keys.some((key) => /^\d+$/u.test(key)))
    return {
      message: `The number ${names} stands where a field is expected.`,
      dispute: "A comma inside an amount ends the field: 40,000 is read as 40 and a field called 000.",
      remedy: 'Write amounts in quotes and without grouping, such as "40000".',
    };
  return {
    message: `There is no field ${names} here.`,
    dispute: "It would be ignored, although somebody wrote it for a reason.",
    remedy: `Leave it out, or spell it as agreed: ${FIELDS}`,
  };
}

function wrongType(issue: Extract<Issue, { code: "invalid_type" }>, value: unknown): Words {
  const { expected } = issue;
  if (value === undefined || value === null)
    return {
      message: "This field is missing.",
      dispute: OPEN,
      remedy: `Add it (${expected === "array" ? "a list" : expected}). ${FIELDS}`,
    };
  if (expected === "string" && typeof value === "number")
    return {
      message: `${value} is a bare number.`,
      dispute: "Without its unit each side may read the number in its own way.",
      remedy: `Write a level with its unit, such as "${value} %" or "${value} s"; an amount or factor in quotes, such as "${value}".`,
    };
  if (expected === "array") {
    const remedy = `Write it in brackets, such as [${typeof value === "string" ? value : "..."}]. ${FIELDS}`;
    return { message: "A list is expected here.", dispute: UNREAD, remedy };
  }
  return { message: `A ${expected} is expected here.`, dispute: UNREAD, remedy: FIELDS };
}

function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? `"${value}"` : "This";
}

/** Whether one word can be had from the other by a few slips of the pen; hyphens do not count. */
function isNear(a: string, b: string): boolean {
  const [from, to] = [a, b].map((word) => word.toLowerCase().replaceAll("-", ""));
  if (from === undefined || to === undefined) return false;
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of from.split("").entries()) {
    const next = [i + 1];
    for (const [k, other] of to.split("").entries())
      next.push(Math.min((row[k] ?? 0) + (letter === other ? 0 : 1), (row[k + 1] ?? 0) + 1, (next[k] ?? 0) + 1));
    row = next;
  }
  return (row.at(-1) ?? Infinity) <= 2;
}

function oneOf(words: readonly string[], value: unknown): Words {
  if (value === undefined) return { message: "This field is missing.", dispute: OPEN, remedy: `Write one of: ${words.join(", ")}.` };
  const meant = words.find((word) => typeof value === "string" && isNear(word, value));
  const remedy = meant === undefined ? `Write one of: ${words.join(", ")}.` : `Write ${meant}, or one of: ${words.join(", ")}.`;
  return { message: `${shown(value)} is not one of the words that can stand here.`, dispute: UNREAD, remedy };
}

/** Of several shapes the one that was meant: whose fields are all known, though one of them holds something else. */
function meantShape({ errors }: Extract<Issue, { code: "invalid_union" }>): Issue | null {
  const close = errors.filter(
    (found) => found.length > 0 && found.every(({ code, path }) => code !== "unrecognized_keys" && path.length > 0),
  );
  return close.length === 1 ? (close[0]?.[0] ?? null) : null;
}

function unionWords(issue: Extract<Issue, { code: "invalid_union" }>, value: unknown): Words {
  const meant = meantShape(issue);
  if (meant !== null && isMap(value)) {
    const words = wordsOf(meant, value.getIn(meant.path));
    return { ...words, message: `${meant.path.join(".")}: ${words.message}` };
  }
  const named = /Expected (.*)$/u.exec(issue.message)?.[1];
  if (named !== undefined)
    return oneOf(
      [...named.matchAll(/'([^']+)'/gu)].map(([, word = ""]) => word),
      value,
    );
  const ways = issue.errors.flatMap(([first]) => {
    if (first?.code === "invalid_value") return first.values.map(String);
    return first?.code === "invalid_type" ? [first.expected === "array" ? "a list" : first.expected] : [];
  });
  const remedy = ways.length === 0 ? FIELDS : `Write ${ways.join(" or ")}. ${FIELDS}`;
  return { message: `${shown(value)} does not fit here.`, dispute: UNREAD, remedy };
}

function formatWords(issue: Extract<Issue, { code: "invalid_format" }>, value: unknown): Words {
  const message = `${shown(value)} does not fit here.`;
  if (issue.format === "date")
    return { message, dispute: "A day can be read in two ways.", remedy: "Write a day as year-month-day, such as 2026-03-01." };
  if (issue.path.at(-1) === "currency") return { message, dispute: UNREAD, remedy: "Write three capital letters, such as EUR." };
  return { message, dispute: UNREAD, remedy: issue.message.startsWith("must") ? `It ${issue.message}.` : FIELDS };
}

function wordsOf(issue: Issue, value: unknown): Words {
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownKey(issue.keys);
    case "invalid_type":
      return wrongType(issue, value);
    case "invalid_value":
      return oneOf(issue.values.map(String), value);
    case "invalid_union":
      return unionWords(issue, value);
    case "invalid_format":
      return formatWords(issue, value);
    default: {
      const must = issue.message.startsWith("must");
      return {
        message: must ? `${shown(value)} does not fit here.` : `${issue.message}.`,
        dispute: UNREAD,
        remedy: must ? `It ${issue.message}.` : FIELDS,
      };
    }
  }
}

/** Entries of lists are called by their id where they have one: `targets.service-level` instead of `targets.0`. */
function named(document: Document.Parsed, path: readonly PropertyKey[]): string[] {
  return path.map((key, i) => {
    const node = document.getIn(path.slice(0, i + 1), true);
    const id = typeof key === "number" && isMap(node) ? node.get("id") : undefined;
    return typeof id === "string" ? id : String(key);
  });
}

/** The line of the deepest part of the path that is there. */
function lineAt(document: Document.Parsed, path: readonly PropertyKey[], lines: LineCounter): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

export interface ReadText {
  readonly name: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** What a schema refuses, in the words of somebody who writes an agreement: which line, why it matters, what to write. */
export function schemaProblem(issue: Issue, { name, document, lines }: ReadText): DocumentProblem {
  const value: unknown = document.getIn(issue.path);
  const line = lineAt(document, issue.path, lines);
  const words = wordsOf(issue, value);
  return {
    severity: "error",
    path: [name, ...named(document, issue.path)].join("."),
    ...words,
    message: line === null ? words.message : `Line ${line}: ${words.message}`,
  };
}
