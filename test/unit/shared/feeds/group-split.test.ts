import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { FeedGroup, groupProblem } from "../../../../shared/feeds/group.ts";
import { type GroupPart, splitGroupFile } from "../../../../shared/feeds/group-split.ts";
import { buildContactFeed, buildIntervalFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";
import { NAMES } from "../../../support/random-feeds.ts";

const FEED = buildContactFeed({ ignore: ["whose"] });
const HEADER = "id,at,queue,how,wait,handle,score,whose";
const GROUP = FeedGroup.parse({
  id: "all",
  name: "All",
  column: "whose",
  routes: { ours: "north.calls", "ours, too": "north.calls", theirs: "south.calls", "third'=": "third.calls" },
  unknown: "ignore-with-note",
});

async function split(content: string, { group = GROUP, definition = FEED, size = 97 } = {}): Promise<GroupPart[]> {
  return await Array.fromAsync(splitGroupFile({ group, definition }, pieces(content, size)));
}

function textOf(parts: readonly GroupPart[], feedId: string): string {
  return parts.map((part) => (part.kind === "piece" && part.feedId === feedId ? part.text : "")).join("");
}

const quoted = (cell: string): string => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const row = fc
  .tuple(
    fc.integer({ min: 1, max: 99 }),
    fc.constantFrom(...NAMES, "two\nlines", ""),
    fc.constantFrom("done", "lost", "what"),
    fc.constantFrom("12", "", "x"),
    fc.constantFrom(...Object.keys(GROUP.routes), "nobody", ""),
  )
  .map(([id, queue, how, wait, whose]) => [String(id), "2026-03-02T09:00:00Z", queue, how, wait, "0:01:00", "", whose]);
const line = fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: fc.constant([""]) });

describe("a file that covers several agreements", () => {
  it("gives each feed its own rows, cells and line numbers as in the whole file, and nobody else's", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 400 }), async (rows, size) => {
        const content = `${HEADER}\n${rows.map((cells) => cells.map(quoted).join(",")).join("\n")}\n`;
        const whole = await readWholeFile(FEED, pieces(content));
        const parts = await split(content, { size });
        for (const feedId of ["north.calls", "south.calls", "third.calls"]) {
          const wanted = whole.rows.filter(({ cells }) => GROUP.routes[(cells[7] ?? "").trim()] === feedId);
          const text = textOf(parts, feedId);
          const own = text === "" ? [] : (await readWholeFile(FEED, pieces(text))).rows;
          expect(own).toEqual(wanted);
        }
        if (whole.rows.length === 0) {
          // A header and nothing below it is no file of anybody's, shared or not.
          expect(parts.map(({ kind }) => kind)).toEqual(["refused"]);
          return;
        }
        const unrouted = whole.rows.filter(({ cells }) => !((cells[7] ?? "").trim() in GROUP.routes));
        const named = unrouted.slice(0, 20);
        const values = named.map(({ cells }) => (cells[7] ?? "").trim().slice(0, 80));
        expect(parts.at(-1)).toEqual({ kind: "ignored", rows: unrouted.length, lines: named.map(({ line: at }) => at), values });
      }),
      { numRuns: 60 },
    );
  });

  it("keeps letters that are not in UTF-8", async () => {
    const definition = buildContactFeed({ ignore: ["whose"], format: { type: "delimited", delimiter: "comma", encoding: "windows-1252" } });
    const bytes = Buffer.from(`${HEADER}\n1,2026-03-02T09:00:00Z,Z\u00fcrich,lost,1,,,ours\n`, "latin1");
    const parts = await Array.fromAsync(splitGroupFile({ group: GROUP, definition }, pieces(bytes)));
    expect((await readWholeFile(definition, pieces(textOf(parts, "north.calls")))).rows[0]?.row).toMatchObject({ queue: "Z\u00fcrich" });
  });

  it.each([
    ["1,2026-03-02T09:00:00Z,q,lost,1,,,nobody", { unknown: "refuse" }, 'Line 2 says "nobody"'],
    ["1,2026-03-02T09:00:00Z,q,lost,1,,,", { unknown: "refuse" }, "Line 2 has no value"],
    ['1,2026-03-02T09:00:00Z,"q"x,lost,1,,,ours', {}, "Line 2 "],
    ["1,2026-03-02T09:00:00Z,q,lost,1,,,ours", { column: "client" }, 'no column "client"'],
  ])("is refused whole: %s %j", async (text, change, message) => {
    const parts = await split(`${HEADER}\n${text}\n`, { group: FeedGroup.parse({ ...GROUP, ...change }) });
    expect(parts.map(({ kind }) => kind)).toEqual(["refused"]);
    expect(JSON.stringify(parts).replaceAll('\\"', '"')).toContain(message);
  });
});

describe("feeds that share files", () => {
  const blank = { skip: [{ after: "blank-line" }] };
  it.each([
    [[FEED, buildIntervalFeed()], null],
    [[FEED, buildIntervalFeed({ format: { type: "delimited", delimiter: "semicolon" } })], "must be the same"],
    [[FeedDefinition.parse({ ...FEED, format: { type: "json" } })], "Only delimited text"],
    [[buildContactFeed(blank)], "blank line"],
  ])("read the same table: %#", (feeds, problem) => {
    if (problem === null) expect(groupProblem(feeds)).toBeNull();
    else expect(groupProblem(feeds)).toContain(problem);
  });
});
