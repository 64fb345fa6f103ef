import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Opening } from "../../../../../shared/feeds/containers/unpack.ts";
import { WEB_OPENING } from "../../../../../shared/feeds/containers/unpack.ts";
import type { FileProblem } from "../../../../../shared/feeds/canonical.ts";
import { readTable } from "../../../../../shared/feeds/table.ts";
import { NODE_OPENING } from "../../../../../shared/store/node-opening.ts";
import { makeWorkbook } from "../../../../support/make-workbook.ts";
import { makeZip, type ZipPart } from "../../../../support/make-zip.ts";
import { buildIntervalFeed, INTERVAL_HEADER, pieces } from "../../../../support/sample-feeds.ts";

const FEED = buildIntervalFeed();
const ROW = "sales,2026-06-01,9:00,10,9,1,8,900,90.00%";
const CSV = `${INTERVAL_HEADER}\n${ROW}\n`;
const LONG = `${INTERVAL_HEADER}\n${`${ROW}\n`.repeat(20_000)}`;

async function read(
  content: Uint8Array,
  opening: Opening = NODE_OPENING,
  size = 65_536,
): Promise<{ rows: number; refused: FileProblem | null }> {
  let rows = 0;
  for await (const part of readTable(FEED, pieces(content, size), opening)) {
    if (part.kind === "rows") rows += part.records.length;
    if (part.kind === "refused") return { rows, refused: part.problems[0] ?? null };
  }
  return { rows, refused: null };
}

async function rule(content: Uint8Array, opening?: Opening): Promise<string | undefined> {
  return (await read(content, opening)).refused?.rule;
}

function zipOf(...parts: ZipPart[]): Uint8Array {
  return makeZip(parts);
}

describe("a file packed with gzip", () => {
  it.each([
    ["zlib", NODE_OPENING],
    ["the stream of the web standard", WEB_OPENING],
  ])("is read as what is inside, by %s", async (_name, opening) => {
    expect(await read(gzipSync(LONG), opening)).toEqual({ rows: 20_000, refused: null });
  });

  it("may have several members", async () => {
    expect(await read(Buffer.concat([gzipSync(CSV), gzipSync(`${ROW}\n`)]))).toEqual({ rows: 2, refused: null });
  });

  it("is refused when it is cut off, by that name", async () => {
    const { refused } = await read(gzipSync(LONG).subarray(0, 2000));
    expect(refused).toMatchObject({ rule: "broken-archive", message: "The gzip archive is cut off before its end" });
  });

  it("is refused when any byte of it was changed, or reads the same", async () => {
    const packed = gzipSync(CSV);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(packed);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const { rows, refused } = await read(changed);
        expect(refused === null ? rows : 1).toBe(1);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it("is refused inside another, and with text behind it", async () => {
    expect(await rule(gzipSync(gzipSync(CSV)))).toBe("binary");
    expect(await rule(gzipSync(zipOf({ name: "a.csv", data: CSV })))).toBe("binary");
    expect(await rule(Buffer.concat([gzipSync(CSV), Buffer.from(ROW)]))).toBe("broken-archive");
  });

  it("is refused beyond the limits of what comes out", async () => {
    const limits = { most: 1_000_000_000, ratio: 20, ratioFrom: 100_000 };
    expect(await rule(gzipSync(LONG), { ...NODE_OPENING, limits })).toBe("too-large-to-open");
    expect(await rule(gzipSync(LONG), { ...NODE_OPENING, limits: { ...limits, ratio: 1000, most: 500_000 } })).toBe("too-large-to-open");
  });

  it("passes on what the source of its bytes throws", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzipSync(LONG).subarray(0, 500);
      throw new Error("the disk is gone");
    }
    const reading = (async () => {
      for await (const part of readTable(FEED, broken(), NODE_OPENING)) expect(part.kind).not.toBe("refused");
    })();
    await expect(reading).rejects.toThrow("the disk is gone");
  });
});

describe("a zip archive", () => {
  it("of one file is read as that file, whatever programs put beside it", async () => {
    const archive = makeZip(
      [
        { name: "data/", data: "" },
        { name: "__MACOSX/data/._a.csv", data: "x" },
        { name: "data/a.csv", data: LONG },
        { name: "data/.DS_Store", data: "x" },
      ],
      "a comment",
    );
    expect(await read(archive)).toEqual({ rows: 20_000, refused: null });
    expect(await read(zipOf({ name: "a.csv", data: CSV, stored: true }))).toEqual({ rows: 1, refused: null });
  });

  it("reads the same wherever its bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (size) => {
        expect(await read(zipOf({ name: "a.csv", data: CSV }), WEB_OPENING, size)).toEqual({ rows: 1, refused: null });
      }),
      { numRuns: 20 },
    );
  });

  it("of two files is refused and names them", async () => {
    const { refused } = await read(zipOf({ name: "a.csv", data: CSV }, { name: "b.csv", data: CSV }));
    expect(refused).toMatchObject({ rule: "not-one-file", message: expect.stringContaining('"a.csv", "b.csv"') });
  });

  const overlapping = (): Uint8Array => {
    const bytes = Buffer.from(zipOf({ name: "a", data: CSV }, { name: "a", data: CSV }));
    // The second entry of the list points at the first file.
    bytes.writeUInt32LE(0, bytes.lastIndexOf("PK\u0001\u0002") + 42);
    return bytes;
  };
  it.each<[what: string, bytes: Uint8Array, rule: string]>([
    ["no file", zipOf(), "binary"],
    ["only folders", zipOf({ name: "a/", data: "" }), "not-one-file"],
    ["a password", zipOf({ name: "a.csv", data: CSV, flags: 1 }), "encrypted-archive"],
    ["a size that is too small", zipOf({ name: "a.csv", data: CSV, size: 10 }), "broken-archive"],
    ["a size that is too large", zipOf({ name: "a.csv", data: CSV, size: 1000 }), "broken-archive"],
    ["a wrong checksum", zipOf({ name: "a.csv", data: CSV, crc: 7 }), "broken-archive"],
    ["a size of zip64", zipOf({ name: "a.csv", data: CSV, size: 0xffffffff }), "broken-archive"],
    ["two names for one file", zipOf({ name: "a.csv", data: CSV, localName: "b.csv" }), "broken-archive"],
    ["201 files", makeZip(Array.from({ length: 201 }, (_, at) => ({ name: `${at}`, data: "" }))), "broken-archive"],
    ["files that overlap", overlapping(), "broken-archive"],
    ["bytes cut off its end", zipOf({ name: "a.csv", data: CSV }).subarray(0, 120), "broken-archive"],
    ["damaged packed bytes", zipOf({ name: "a.csv", data: CSV, packed: deflateRawSync(CSV).subarray(3) }), "broken-archive"],
    ["another archive inside", zipOf({ name: "a.zip", data: zipOf({ name: "a.csv", data: CSV }) }), "binary"],
    ["a workbook where text is expected", makeWorkbook({ sheets: { One: "" } }), "binary"],
  ])("with %s is refused", async (_what, bytes, expected) => {
    expect(await rule(bytes)).toBe(expected);
  });

  it("is refused when any byte of it was changed, or reads the same", async () => {
    const archive = zipOf({ name: "a.csv", data: CSV });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: archive.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(archive);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const { rows, refused } = await read(changed);
        expect(refused === null ? rows : 1).toBe(1);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});
