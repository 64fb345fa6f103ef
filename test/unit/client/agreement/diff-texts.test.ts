import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines, hunksOf } from "../../../../client/features/agreement/diff-lines.ts";
import { diffWords } from "../../../../client/features/agreement/diff-words.ts";

const text = fc.array(fc.constantFrom("a", "b", "c", "  d: 1"), { maxLength: 12 }).map((lines) => lines.join("\n"));

describe("the difference of two texts", () => {
  it("numbers the lines of both", () => {
    expect(diffLines("a\nb\nc\n", "a\nx\nc\n")).toEqual([
      { kind: "same", text: "a", before: 1, after: 1 },
      { kind: "removed", text: "b", before: 2, after: null },
      { kind: "added", text: "x", before: null, after: 2 },
      { kind: "same", text: "c", before: 3, after: 3 },
    ]);
  });

  it("gives both texts back: without the added lines the old one, without the removed lines the new one", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const side = (left: "added" | "removed") => lines.filter(({ kind }) => kind !== left).map((line) => line.text);
        expect(side("added").join("\n")).toBe(before);
        expect(side("removed").join("\n")).toBe(after);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes no more lines than the longest common subsequence leaves", () => {
    const changed = diffLines("a\nb\nc\nd\ne", "b\nc\nx\ne").filter(({ kind }) => kind !== "same");
    expect(changed.map(({ kind, text: line }) => `${kind} ${line}`)).toEqual(["removed a", "removed d", "added x"]);
  });

  it("shows each place that changed with two lines around it, and joins places that touch", () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    const after = before.with(4, "x").with(7, "y").with(17, "z");
    const hunks = hunksOf(diffLines(before.join("\n"), after.join("\n")));
    expect(hunks.map((hunk) => [hunk[0]?.before, hunk.at(-1)?.before])).toEqual([
      [3, 10],
      [16, 20],
    ]);
  });

  it("tells the words apart that only one of two sentences has", () => {
    const { before, after } = diffWords("At least 80 %, each day. It counts.", "At least 82.5 %, each day and week. It counts.");
    expect(before.filter(({ isOwn }) => isOwn).map((run) => run.text.trim())).toEqual(["80"]);
    expect(after.filter(({ isOwn }) => isOwn).map((run) => run.text.trim())).toEqual(["82.5", "and week"]);
    expect(after.map((run) => run.text).join("")).toBe("At least 82.5 %, each day and week. It counts.");
  });
});
