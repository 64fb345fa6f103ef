import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CommandError } from "../../../server/cli/command.ts";
import { drift } from "../../../server/cli/drift.ts";
import { addDays } from "../../../shared/calendar/day.ts";
import { drawBinomial, drawNormal } from "../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../shared/stats/random.ts";
import { runCommand } from "../../support/run-command.ts";

const FIRST = "2026-01-05";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accord-drift-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly code: number;
  readonly text: string;
}

/** What the command says of a file of these lines. */
async function said(lines: readonly string[], ...options: readonly string[]): Promise<Run> {
  const file = path.join(folder, "series.csv");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { code, lines: printed } = await runCommand(drift, [file, ...options], 0);
  return { code, text: printed.join("\n").replaceAll(file, "series.csv") };
}

function normals(seed: string, count: number): number[] {
  const stream = randomStream(seed);
  return Array.from({ length: count }, () => drawNormal(stream));
}

/** Days at 80 with a standard deviation of 2, two of them lower from day 100 on. */
const DECLINE = normals("decline", 160).map((score, day) => 80 + 2 * score - (day < 100 ? 0 : 4));

function daily(values: readonly (number | string)[]): string[] {
  return ["timestamp,value", ...values.map((value, day) => `${addDays(FIRST, day)},${value}`)];
}

async function refusal(lines: readonly string[], ...options: readonly string[]): Promise<string> {
  const answer = said(lines, ...options);
  await expect(answer).rejects.toBeInstanceOf(CommandError);
  return answer.then(
    () => "",
    (error: Error) => error.message,
  );
}

describe("what the command finds", () => {
  it("tells a planted decline with its onset, its size and the false alarms promised", async () => {
    const { code, text } = await said(daily(DECLINE), "--metric", "qa-score", "--tolerate", "1/year");
    expect(code).toBe(0);
    expect(text).toMatch(/^series\.csv: "value" by "timestamp": 160 values, 0 blank, 0 refused$/mu);
    expect(text).toMatch(/^Promised: at most one false alarm in 365 days\. .*by chance at most 0\.3 alarms; seen: 1$/mu);
    expect(text).toMatch(/DOWN since 2026-04-1\d \(90 %: 2026-04-\d\d to 2026-04-\d\d\); the worse side/u);
    expect(text).toMatch(/by -[34]\.\d+ \(90 %: -/u);
  });

  it("gives programs the watch as it is, and what was read", async () => {
    const { text } = await said(daily(DECLINE), "--json");
    expect(JSON.parse(text)).toMatchObject({
      state: "drifting",
      budget: { alarms: 1, watched: 104 },
      drift: { direction: "down", endedOn: null },
      input: { values: 160, blank: 0, refused: [], subgroup: "day" },
    });
  });

  it("takes numerator and denominator by their names, whatever stands between the cells", async () => {
    const stream = randomStream("shares");
    const rows = Array.from({ length: 120 }, (_, day) => {
      const n = 300 + (day % 7) * 10;
      return `${addDays(FIRST, day).split("-").toReversed().join(".")};${n};${drawBinomial(stream, n, day < 80 ? 0.9 : 0.83)}`;
    });
    const { text } = await said(["Datum;answers;good", ...rows]);
    expect(text).toContain('"good" of "answers" by "Datum": 120 values');
    expect(text).toContain("watched as a share");
    expect(text).toMatch(/DOWN since 2026-03-2\d/u);
    expect(text).toMatch(/by -\d\.\d+ points/u);
  });

  it("adds hours up to days where there are enough days, and watches rows where there are not", async () => {
    const hours = normals("hours", 24 * 40).map((score, hour) => {
      const day = addDays(FIRST, Math.floor(hour / 24));
      return `${day}T${String(hour % 24).padStart(2, "0")}:00:00+01:00,${10 + score}`;
    });
    const { text } = await said(["at,score", ...hours]);
    expect(text).toMatch(/^40 days, 2026-01-05 to 2026-02-13/mu);
    const { text: rows } = await said(["at,score", ...hours.slice(0, 24 * 20)]);
    expect(rows).toContain("where hours differ, add them up to days (--by day)");
    expect(rows).toMatch(/^480 subgroups \(each row one\), 2026-01-05T00:00:00\+01:00 to /mu);
    expect(rows).toMatch(/^Baseline 2026-01-05T00:00:00\+01:00 to 2026-01-07T07:00:00\+01:00 \(56 subgroups\)/mu);
  });

  it("takes rows that only have numbers for what they are: an order", async () => {
    const { text } = await said(["index,Answer rate", ...normals("rates", 80).map((score, at) => `${at + 1},${(94 + score).toFixed(2)}%`)]);
    expect(text).toMatch(/^80 subgroups \(each row one\), 1 to 80/mu);
    expect(text).toMatch(/level 9[34]\.\d+ %/u);
  });
});

describe("what the command refuses", () => {
  it("a blank cell is missing, never zero; a cell that cannot be read is named with its line and how to mend it", async () => {
    const values = [...DECLINE.slice(0, 100).map((value) => value.toFixed(2)), "", "NaN", "eighty", "0:02:14", "#REF!"];
    const { code, text } = await said(daily(values));
    expect(code).toBe(1);
    expect(text).toContain("100 values, 2 blank, 3 refused");
    expect(text).toContain('line 104, value "eighty" (not-a-number): is not a number. Write plain digits such as 12.5');
    expect(text).toContain('line 105, value "0:02:14" (other-unit): is written as clock where most of the column is number');
    expect(text).toContain('line 106, value "#REF!" (spreadsheet-error)');
  });

  it("a date that may be day or month first is asked about", async () => {
    const rows = Array.from({ length: 12 }, (_, at) => `0${(at % 9) + 1}/0${(at % 5) + 1}/2026,${at}`);
    expect(await refusal(["day,value", ...rows])).toMatch(/can be read as dd\/mm\/yyyy and as mm\/dd\/yyyy\. Say which with --dates/u);
  });

  it.each([
    ["two columns of figures", ["day,a,b", "2026-01-01,1,2"], [], /Several columns have numbers: a, b\. Say which/u],
    ["no column of times", ["a,b", "x,2", "y,3"], [], /No column has dates or times.*--time/u],
    ["a column that is not there", ["day,a", "2026-01-01,1"], ["--value", "c"], /no column "c" for --value\. Name one of: day, a\./u],
    ["an empty file", [""], [], /empty-file/u],
    ["a metric that nobody knows", ["day,a", "2026-01-01,1"], ["--metric", "joy"], /There is no metric "joy"/u],
    ["a tolerance without a time", ["day,a", "2026-01-01,1"], ["--tolerate", "often"], /1\/month, 2\/year, or 1\/500/u],
    ["more alarms than can be promised", daily(DECLINE), ["--tolerate", "1/week"], /more than one in 10 subgroups/u],
    ["a baseline without figures", daily(DECLINE), ["--baseline", "2020-01-01..2020-02-01"], /It has 2026-01-05 to 2026-06-13/u],
  ])("%s", async (_, lines, options, message) => {
    expect(await refusal(lines, ...options)).toMatch(message);
  });

  it("a series that is too short for a baseline is not judged, and says what is missing", async () => {
    const { code, text } = await said(daily(DECLINE.slice(0, 20)));
    expect(code).toBe(2);
    expect(text).toMatch(/Not watched yet: \d+ of \d+ days/u);
  });
});
