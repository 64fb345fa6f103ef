import { createReadStream, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Claim, ContactRow, IntervalRow } from "../../../../shared/feeds/canonical.ts";
import { inspectFile } from "../../../../shared/feeds/inspect-file.ts";
import { layoutOf } from "../../../../shared/feeds/layout.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { exampleFeed, readWholeFile, type WholeFile } from "../../../support/sample-feeds.ts";

function rulesOf({ rows }: WholeFile): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { problems } of rows)
    for (const { severity, rule } of problems) counts[`${severity} ${rule}`] = (counts[`${severity} ${rule}`] ?? 0) + 1;
  return counts;
}

function contactsOf({ rows }: WholeFile): ContactRow[] {
  return rows.flatMap(({ row }) => (row !== null && "contactId" in row ? [row] : []));
}
function intervalsOf({ rows }: WholeFile): IntervalRow[] {
  return rows.flatMap(({ row }) => (row !== null && "counters" in row ? [row] : []));
}

describe.skipIf(!HAS_REAL_DATA)("real data: a bank's January of 1999, call by call", async () => {
  const definition = exampleFeed("bank-feed");
  const file = HAS_REAL_DATA
    ? await readWholeFile(definition, createReadStream(realDataFile("anonymous-bank-1999/january.txt")))
    : { rows: [], batches: [], refused: [], noted: [] };
  const contacts = contactsOf(file);
  const answered = contacts.filter(({ outcome }) => outcome === "answered");
  const count = (outcome: string): number => contacts.filter((contact) => contact.outcome === outcome).length;

  it("is read whole: 31,599 rows, none refused, under 31,599 names", async () => {
    expect(await inspectFile(definition, createReadStream(realDataFile("anonymous-bank-1999/january.txt")))).toEqual({
      rows: 31_599,
      refusals: [],
      notes: [],
    });
    expect({ rows: file.rows.length, contacts: contacts.length, names: new Set(contacts.map(({ contactId }) => contactId)).size }).toEqual({
      rows: 31_599,
      contacts: 31_599,
      names: 31_599,
    });
  });

  it("warns of the 33 negative times in the voice response unit and of the two calls of an unknown type, and of nothing else", () => {
    expect(rulesOf(file)).toEqual({ "warning not-negative": 33, "warning unknown-queue": 2 });
  });

  it("has the outcomes that its documentation explains", () => {
    expect({
      answered: count("answered"),
      abandoned: count("abandoned"),
      left: count("left-before-queue"),
      phantom: count("not-a-contact"),
    }).toEqual({ answered: 27_060, abandoned: 3101, left: 1198, phantom: 240 });
  });

  it("has 13,475 calls answered without queueing and 16,402 within 20 seconds", () => {
    expect(answered.filter(({ waitMs }) => waitMs === 0)).toHaveLength(13_475);
    expect(answered.filter(({ waitMs }) => waitMs !== null && waitMs <= 20_000)).toHaveLength(16_402);
  });

  it("has a mean service time of 183.45 seconds", () => {
    const sum = answered.reduce((total, { handleMs }) => total + (handleMs ?? 0), 0);
    expect((sum / answered.length / 1000).toFixed(2)).toBe("183.45");
  });

  it("puts calls into January as Israel's clock has it", () => {
    const first = Temporal.Instant.from("1999-01-01T00:00:00+02:00").epochMilliseconds;
    const end = Temporal.Instant.from("1999-02-01T00:00:00+02:00").epochMilliseconds;
    expect(contacts.every(({ startMs }) => startMs >= first && startMs < end)).toBe(true);
  });

  it("a service time changed by a second no longer matches its clocks and is refused", async () => {
    const text = readFileSync(realDataFile("anonymous-bank-1999/january.txt"), "latin1")
      .split("\r\n")
      .slice(0, 4)
      .join("\r\n")
      .replace("\t54\tMICHAL", "\t55\tMICHAL");
    const { rows } = await readWholeFile(
      definition,
      (async function* () {
        yield await Promise.resolve(Buffer.from(text, "latin1"));
      })(),
    );
    expect(rows.flatMap(({ problems }) => problems.map(({ line, column, rule }) => ({ line, column, rule })))).toEqual([
      { line: 4, column: "ser_time", rule: "duration-matches-clock" },
    ]);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: 600 days of a daily export, twice", async () => {
  const read = async (feed: string, name: string): Promise<WholeFile> =>
    HAS_REAL_DATA
      ? readWholeFile(exampleFeed(feed), createReadStream(realDataFile(`daily-kpis/${name}.csv`)))
      : { rows: [], batches: [], refused: [], noted: [] };
  const exported = await read("daily-kpi-feed", "daily-kpis");
  const dated = await read("daily-kpi-dated-feed", "daily-kpis-dated");

  it("both files are read whole, without a refused row or an unknown column", () => {
    for (const file of [exported, dated])
      expect({ rows: intervalsOf(file).length, refused: file.refused, noted: file.noted }).toEqual({ rows: 600, refused: [], noted: [] });
  });

  it("both give the same days and the same counts", () => {
    const counts = (file: WholeFile) =>
      intervalsOf(file).map(({ queue, startMs, lengthMs, counters }) => ({ queue, startMs, lengthMs, counters }));
    expect(counts(dated)).toEqual(counts(exported));
  });

  it("both print the same figures, within half of the last digit of the coarser", () => {
    const apart = (one: Claim, other: Claim): number =>
      Math.abs(one.mantissa * 10 ** other.dp - other.mantissa * 10 ** one.dp) / 10 ** (one.dp + other.dp);
    const claims = layoutOf(exampleDaily("daily-kpi-feed")).claims;
    expect(claims).toEqual(layoutOf(exampleDaily("daily-kpi-dated-feed")).claims);
    const others = intervalsOf(dated);
    for (const [day, row] of intervalsOf(exported).entries()) {
      for (const at of claims.keys()) {
        const [one, other] = [row.claims[at] ?? null, others[day]?.claims[at] ?? null];
        if (one === null || other === null) throw new Error(`day ${day} lacks ${claims[at]}`);
        expect(apart(one, other)).toBeLessThanOrEqual(0.5 / 10 ** Math.min(one.dp, other.dp) + 1e-12);
      }
    }
  });

  it("the export's answer rates are what its counts give; three of the dated file are not", () => {
    expect(rulesOf(exported)).toEqual({});
    expect(rulesOf(dated)).toEqual({ "warning claim-mismatch": 3 });
    const found = dated.rows.flatMap(({ problems }) =>
      problems.map(({ value, message }) => `${value}: ${/= (\d\.\d{6})/u.exec(message)?.[1]}`),
    );
    expect(found).toEqual(["0.95: 0.944954", "0.96: 0.954955", "0.99: 0.984962"]);
  });
});

function exampleDaily(name: string) {
  const definition = exampleFeed(name);
  if (definition.kind !== "daily") throw new Error(`${name} is no daily feed`);
  return definition;
}
