import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { linesOfClause } from "../../../../client/features/agreement/clause-lines.ts";
import { clausesOf } from "../../../../client/features/agreement/clauses-of.ts";
import { readDocument } from "../../../../client/features/agreement/read-document.ts";

const EXAMPLES = path.resolve(import.meta.dirname, "..", "..", "..", "..", "docs", "examples");
const FILES = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("-agreement.yaml"));

describe("the clauses of every example", () => {
  it("has examples to look at", () => {
    expect(FILES.length).toBeGreaterThanOrEqual(10);
  });

  it.each(FILES)("%s is said in whole sentences, and every line under a target is the source of one", (file) => {
    const text = readFileSync(path.join(EXAMPLES, file), "utf8");
    const document = readDocument(text);
    expect(document.problems).toEqual([]);
    const clauses = document.agreement === null ? [] : clausesOf(document.agreement);
    for (const { path: place, says } of clauses) {
      expect(says, place).toMatch(/^[“A-Z\d].*[.”?]$/su);
      expect(says, place).not.toMatch(/undefined|null|NaN|\u2014|\s{2}/u);
    }
    const told = new Set(clauses.flatMap((clause) => linesOfClause(document, clause)).flatMap(({ from, to }) => span(from, to)));
    const targets = document.linesOf("targets");
    const written = span(targets?.from ?? 0, targets?.to ?? 0).filter((line) => !isBare(text.split(/\r?\n/u)[line - 1] ?? ""));
    expect(written.filter((line) => !told.has(line))).toEqual([]);
  });
});

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Names things instead of agreeing on them, or says nothing. */
function isBare(line: string): boolean {
  return /^\s*(?:targets:|- id:.*|name:.*|#.*)?$/u.test(line);
}
