import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTable, type ReadTable } from "../../../../shared/feeds/table.ts";
import { buildIntervalFeed, INTERVAL_HEADER, pieces } from "../../../support/sample-feeds.ts";
import { keepTable } from "../../../../workers/ingest/keep-table.ts";

const FEED = buildIntervalFeed();

/** Counts how often a table is read. */
function counted(): { table: ReadTable; readings: () => number } {
  let readings = 0;
  return {
    table: (definition, bytes) => {
      readings += 1;
      return readTable(definition, bytes);
    },
    readings: () => readings,
  };
}

async function rowsOf(table: ReadTable, content: string): Promise<unknown> {
  const parts = await Array.fromAsync(table(FEED, pieces(content, 700)));
  return parts.map((part) =>
    part.kind === "rows"
      ? { ...part, faultOf: part.records.map((record) => part.faultOf(record)) }
      : structuredClone({ ...part, header: null }),
  );
}

const cell = fc.oneof(fc.constantFrom("", " ", "9:00", "sales", '"a, b"', '"broken'), fc.string({ maxLength: 8 }));
const content = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 10 }), { maxLength: 30 })
  .map((rows) => [INTERVAL_HEADER, ...rows.map((row) => row.join(","))].join("\n"));

describe("a table that is kept", () => {
  it("is the same the second time, broken and blank lines and refusals included", async () => {
    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        const { table, readings } = counted();
        const kept = keepTable(table);
        const plain = await rowsOf(readTable, text);
        expect(await rowsOf(kept, text)).toEqual(plain);
        expect(await rowsOf(kept, text)).toEqual(plain);
        expect(readings()).toBe(1);
      }),
      { numRuns: 100 },
    );
  });

  it("is read anew where it is large, or was not read to its end", async () => {
    const large = [INTERVAL_HEADER, ...Array.from({ length: 9000 }, () => "sales,2026-06-01,9:00,10,9,1,8,900,90")].join("\n");
    const first = counted();
    const kept = keepTable(first.table);
    expect(await rowsOf(kept, large)).toEqual(await rowsOf(kept, large));
    expect(first.readings()).toBe(2);

    const second = counted();
    const left = keepTable(second.table);
    for await (const part of left(FEED, pieces(`${INTERVAL_HEADER}\nsales\n`))) if (part.kind === "header") break;
    await rowsOf(left, `${INTERVAL_HEADER}\nsales\n`);
    expect(second.readings()).toBe(2);
  });
});
