import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { retryAfterMs } from "../../../../shared/store/pull-runs.ts";
import { chosenFiles, isMeant, shownName } from "../../../../workers/pull/remote-file.ts";
import { readListing } from "../../../../workers/pull/s3-listing.ts";
import { OutboundError } from "../../../../shared/store/outbound/outbound-error.ts";
import { toPullFailure } from "../../../../workers/pull/pull-failure.ts";

function asRegExp(pattern: string): RegExp {
  const source = pattern
    .split("")
    .map((letter) => (letter === "*" ? ".*" : letter === "?" ? "." : letter.replace(/[^\w]/u, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`, "s");
}

describe("a pattern of file names", () => {
  it.each([
    ["export-*.csv", "export-2026.csv", true],
    ["export-*.csv", "export-.csv", true],
    ["export-*.csv", "export-2026.csv.gz", false],
    ["*", "anything", true],
    ["day-??.csv", "day-07.csv", true],
    ["day-??.csv", "day-7.csv", false],
    ["*.csv", ".hidden.csv", false],
    ["*", "half.csv.part", false],
    ["*", "half.csv.TMP", false],
    ["*", "folder/file.csv", false],
    ["a[1].csv", "a1.csv", false],
    ["a[1].csv", "a[1].csv", true],
  ])("%s and %s: %s", (pattern, name, meant) => {
    expect(isMeant(name, pattern)).toBe(meant);
  });

  it("means the same names as the regular expression that it stands for", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "-", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(text, pattern, (name, glob) => isMeant(`x${name}`, `x${glob}`) === asRegExp(glob).test(name)),
      { numRuns: 1000 },
    );
  });

  it("takes no long time however it is made", () => {
    expect(isMeant("a".repeat(200), `${"*a".repeat(50)}b`)).toBe(false);
  });
});

describe("what is fetched of a folder", () => {
  const files = [3, 1, 2].map((day) => ({ name: `day-${day}.csv`, changedMs: day, mark: `m${day}` }));
  it("is every file not fetched in its version, oldest first, or the newest alone", () => {
    const names = (take: "newest" | "all-new", seen: Record<string, string>) =>
      chosenFiles(files, take, new Map(Object.entries(seen))).map(({ name }) => name);
    expect(names("all-new", {})).toEqual(["day-1.csv", "day-2.csv", "day-3.csv"]);
    expect(names("all-new", { "day-1.csv": "m1", "day-2.csv": "other" })).toEqual(["day-2.csv", "day-3.csv"]);
    expect(names("newest", {})).toEqual(["day-3.csv"]);
    expect(names("newest", { "day-3.csv": "m3" })).toEqual([]);
  });

  it("is at most 200 files at once", () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ name: `f${i}`, changedMs: i, mark: "" }));
    expect(chosenFiles(many, "all-new", new Map())).toHaveLength(200);
  });

  it("has a name without what turns a line around", () => {
    expect(shownName("day\u202E1\u0000.csv")).toBe("day1.csv");
    expect(shownName("\u200B")).toBe("file");
  });
});

describe("a page of an S3 listing", () => {
  it("gives keys as they are, however they are escaped, and leaves out what has no time or size", () => {
    const xml = `<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b&#61;</NextContinuationToken>
      <Contents><Key>voice%2F%C3%BCber+1.csv</Key><LastModified>2026-11-20T10:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>12</Size></Contents>
      <Contents><Key>no-time</Key><Size>1</Size></Contents></ListBucketResult>`;
    expect(readListing(xml)).toEqual({
      files: [
        {
          key: "voice/über 1.csv",
          name: "voice/über 1.csv",
          size: 12,
          changedMs: Date.UTC(2026, 10, 20, 10),
          mark: `"x":12:${Date.UTC(2026, 10, 20, 10)}`,
        },
      ],
      next: "a&b=",
    });
  });

  it("of an answer that is no listing is empty", () => {
    for (const text of ["", "<html>", "<Contents>", "<Contents><Key>x"]) expect(readListing(text)).toEqual({ files: [], next: null });
  });
});

describe("a failure to fetch", () => {
  it("is told by its root, whoever wrapped it, and never by a fault of our own", () => {
    const root = new OutboundError("timeout", "host did not answer in time");
    const wrapped = new Error("outer", { cause: new Error("inner", { cause: root }) });
    expect(toPullFailure(wrapped)).toMatchObject({ message: "host did not answer in time.", temporary: true });
    expect(toPullFailure(new TypeError("x is undefined"))).toBeNull();
  });

  it("is repeated later and later, five times", () => {
    expect([1, 2, 3, 4, 5, 6].map(retryAfterMs)).toEqual([60_000, 120_000, 240_000, 480_000, 960_000, null]);
  });
});
