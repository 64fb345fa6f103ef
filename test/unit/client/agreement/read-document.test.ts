import { describe, expect, it } from "vitest";
import { linesOfClause } from "../../../../client/features/agreement/clause-lines.ts";
import { clausesOf } from "../../../../client/features/agreement/clauses-of.ts";
import { readDocument } from "../../../../client/features/agreement/read-document.ts";
import { startText } from "../../../../client/features/agreement/start-text.ts";
import { versionsOfStory } from "../../../support/client-versions.ts";

const [voice] = versionsOfStory("acme-voice");
const chat = versionsOfStory("acme-chat").at(-1);
if (voice === undefined || chat === undefined) throw new Error("the story has both agreements");
const lines = voice.text.split("\n");

/** The lines of a path, without their indent. */
function textAt(path: string): string[] {
  const range = readDocument(voice?.text ?? "").linesOf(path);
  return range === null ? [] : lines.slice(range.from - 1, range.to).map((line) => line.trim());
}

describe("a text that is read", () => {
  it("finds the lines of a path by key, by id and by index", () => {
    expect(textAt("version")).toEqual(["version: 4"]);
    expect(textAt("targets.abandonment.expected")).toEqual(["expected: 5 %"]);
    expect(textAt("targets.1.expected")).toEqual(["expected: 5 %"]);
    expect(textAt("targets.aht.ramp")).toEqual([
      "ramp:",
      '- { fromWeek: 1, toWeek: 4, expected: "8:00" }',
      '- { fromWeek: 5, toWeek: 8, expected: "7:15" }',
    ]);
    expect(textAt("termination.same-target")).toHaveLength(1);
  });

  it("answers with the nearest place above what it leaves out, and says that it is not the place itself", () => {
    const { linesOf } = readDocument(voice.text);
    expect(linesOf("targets.abandonment.minimum")).toEqual({ ...linesOf("targets.abandonment"), isExact: false });
    expect(linesOf("weekStart")).toBeNull();
  });

  it("has lines for every clause of the story", () => {
    const document = readDocument(voice.text);
    for (const clause of clausesOf(voice.agreement)) expect(linesOfClause(document, clause), clause.path).not.toEqual([]);
  });

  it("a clause that rests on lines side by side has them as one range", () => {
    const clause = clausesOf(voice.agreement).find(({ path }) => path === "targets.service-level.expected");
    const [range, ...others] = clause === undefined ? [] : linesOfClause(readDocument(voice.text), clause);
    expect(others).toEqual([]);
    expect(lines.slice((range?.from ?? 0) - 1, range?.to).map((line) => line.trim())).toEqual([
      "direction: at-least",
      "expected: 82 %",
      "minimum: 75 %",
      "windows: [day, month]",
    ]);
  });

  it("reads JSON too, and a key with a dot", () => {
    const document = readDocument(JSON.stringify({ credits: { "a.b": { c: 1 } } }, null, 1));
    expect(document.linesOf("credits.a.b.c")).toEqual({ from: 4, to: 4, isExact: true });
  });

  it("comments behind a block are not part of it", () => {
    expect(readDocument("a:\n  b: 1\n\n# about c\nc: 2\n").linesOf("a")).toEqual({ from: 1, to: 2, isExact: true });
  });

  it("names the line of broken YAML and of a value that does not fit", () => {
    expect(readDocument("a: [1\nb: 2\n").problems[0]?.line).toBeGreaterThan(0);
    const { agreement, problems } = readDocument(voice.text.replace("direction: at-least", "direction: upwards"));
    expect(agreement).toBeNull();
    expect(problems).toHaveLength(1);
    expect(lines[(problems[0]?.line ?? 0) - 1]).toContain("direction:");
  });

  it("does not unfold aliases without end", () => {
    const bomb = [
      "a: &a [x, x]",
      ...Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [*a${i === 0 ? "" : i - 1}, *a${i === 0 ? "" : i - 1}]`),
    ].join("\n");
    expect(readDocument(bomb).agreement).toBeNull();
  });
});

describe("the text a draft starts from", () => {
  it("has the next number, the first day of the next month and an empty reason, and is otherwise the same", () => {
    const text = startText(readDocument, { base: voice, number: 7, today: "2026-12-21" });
    const { agreement } = readDocument(text);
    expect(agreement).toEqual({ ...voice.agreement, version: 7, effectiveFrom: "2027-01-01", reason: "" });
  });

  it("is YAML also where the version in force is JSON", () => {
    const text = startText(readDocument, { base: { ...chat, text: JSON.stringify(chat.agreement) }, number: 4, today: "2026-09-21" });
    expect(text.startsWith("accord: agreement/1\nid: acme-chat\n")).toBe(true);
    expect(readDocument(text).agreement).toEqual({ ...chat.agreement, version: 4, effectiveFrom: "2026-10-01", reason: "" });
  });

  it("puts a reason behind the version where there was none", () => {
    const text = startText(readDocument, { base: chat, number: 4, today: "2026-09-21" });
    expect(text.split("\n").slice(3, 5)).toEqual(["version: 4", 'reason: ""']);
    expect(readDocument(text).agreement?.effectiveFrom).toBe("2026-10-01");
  });
});
