import { describe, expect, it } from "vitest";
import { type Documents, readDocuments } from "../../../server/documents/read-documents.ts";
import { buildAgreement, buildFeed } from "../../support/sample-agreement.ts";

const FEED = { name: "feed", text: JSON.stringify(buildFeed()) };
const BASE = buildAgreement();

function read(text: string): Documents {
  return readDocuments({ name: "agreement", text }, [FEED]);
}

function first(text: string): string {
  const { agreement, problems } = read(text);
  expect(agreement).toBeNull();
  expect(problems.length).toBeLessThanOrEqual(50);
  return problems[0]?.message ?? "";
}

describe("a text of 200 kB that was written to do harm", () => {
  it.each([
    ["lists in lists", "[".repeat(99_000) + "]".repeat(99_000)],
    ["lists that are never closed", "[".repeat(199_000)],
    ["maps in maps", "{a: ".repeat(49_000)],
    ["lists on one line", "- ".repeat(99_000)],
    ["keys of keys", "? ".repeat(99_000)],
  ])("is refused at once: %s", (_, text) => {
    expect(first(text)).toBe("The text is nested too deeply.");
  });

  it("may not unfold into a larger one", () => {
    const levels = ["a", "b", "c", "d", "e", "f"].map((name, i, all) => {
      const before = i === 0 ? "x" : `*${all[i - 1] ?? ""}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(",")}]`;
    });
    expect(first(levels.join("\n"))).toContain("alias");
  });

  it("is read within a second although it has 25,000 keys, or the same one again and again", () => {
    const keys = (name: (i: number) => string): string => Array.from({ length: 25_000 }, (_, i) => `${name(i)}: 1`).join("\n");
    const before = performance.now();
    expect(first(keys((i) => `k${i}`))).toBe("This field is missing.");
    expect(first(keys(() => "k"))).toBe('Map keys must be unique: "k" comes again at line 2.');
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it("may not promise more figures than can be judged", () => {
    const queues = Array.from({ length: 15_000 }, (_, i) => `q${i}`);
    const targets = Array.from({ length: 60 }, (_, i) => ({ ...BASE.targets[0], id: `t${i}`, each: "queue" }));
    const { problems } = read(JSON.stringify({ ...BASE, programs: [{ id: "p", name: "P", queues }], targets }));
    expect(problems).toMatchObject([{ severity: "error", path: "targets" }]);
    expect(problems[0]?.message).toContain("900000 members in all");
  });
});

describe("a text that shows something else than it says", () => {
  it.each([
    ["in a comment", "# 80 \u202E% 09\u202C\n", "U+202E"],
    ["in a name", "name: \u2067evil\n", "U+2067"],
    ["written as an escape", 'name: "\\u202Eevil"\n', "U+202E"],
    ["that ends a line for some programs", "name: a\u0000b\n", "U+0000"],
  ])("is refused: %s", (_, text, code) => {
    expect(first(text)).toContain(`invisible character (${code})`);
  });

  it("may be in Arabic, and hold HTML as the text that it is", () => {
    const names = ["\u0627\u062A\u0641\u0627\u0642\u064A\u0629", "<script>alert(1)</script>", "\u05D7\u05D5\u05D6\u05D4\u200F"];
    expect(names.map((name) => read(JSON.stringify({ ...BASE, name })).agreement?.name)).toEqual(names);
  });
});

describe("days at the ends of the calendar", () => {
  it.each([
    ["0001-01-01", "9999-12-31"],
    ["9999-11-01", "9999-12-31"],
  ])("from %s to %s are read like any others", (effectiveFrom, effectiveTo) => {
    const { agreement, problems } = read(JSON.stringify({ ...BASE, effectiveFrom, effectiveTo }));
    expect(agreement?.effectiveFrom).toBe(effectiveFrom);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
