import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ZodError } from "zod";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { layoutOf } from "../../../../shared/feeds/layout.ts";
import { CLAIM_UNITS } from "../../../../shared/feeds/cell-formats.ts";
import { mappedColumns } from "../../../../shared/feeds/mapped-columns.ts";
import { BASE_COUNTERS } from "../../../../shared/metrics/counter.ts";
import { buildContactFeed, buildDailyFeed, buildIntervalFeed, exampleFeed } from "../../../support/sample-feeds.ts";

const EXAMPLES = readdirSync(resolve(import.meta.dirname, "../../../../docs/examples"))
  .filter((file) => file.endsWith("-feed.yaml"))
  .map((file) => file.replace(".yaml", ""));

function problemsOf(build: () => FeedDefinition): string[] {
  try {
    build();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof ZodError)) throw thrown;
    return thrown.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  }
}

describe("the feed definitions in docs/examples", () => {
  it("are there", () =>
    expect(EXAMPLES).toEqual(expect.arrayContaining(["avaya-interval-feed", "bank-feed", "daily-kpi-dated-feed", "daily-kpi-feed"])));
  it.each(EXAMPLES)("%s is valid", (name) => expect(exampleFeed(name).accord).toBe("feed/1"));
});

describe("what a definition's parts allow and the whole does not", () => {
  it.each<[string, () => FeedDefinition, string]>([
    ["an unknown zone", () => buildIntervalFeed({ timeZone: "Europe/Bremen" }), "timeZone: "],
    [
      "a day number without its first day",
      () => buildDailyFeed({ start: { date: { column: "day", format: "day-number" } } }),
      "start.date.firstDay: ",
    ],
    [
      "a first day for plain dates",
      () => buildDailyFeed({ start: { date: { column: "day", format: "yyyy-mm-dd", firstDay: "2020-01-01" } } }),
      "start.date.firstDay: ",
    ],
    [
      "files that replace their period, and rows with versions",
      () => buildIntervalFeed({ replaces: "period", version: { column: "stand", format: "integer" } }),
      "replaces: period needs a feed without version",
    ],
    ["intervals without a time", () => buildIntervalFeed({ start: { date: { column: "day", format: "yyyy-mm-dd" } } }), "start.time: "],
    [
      "days with a time",
      () => buildDailyFeed({ start: { date: { column: "day", format: "yyyy-mm-dd" }, time: { column: "time", format: "h:mm" } } }),
      "start.time: ",
    ],
    ["days that start at an instant", () => buildDailyFeed({ start: { instant: { column: "day", format: "epoch-s" } } }), "start: "],
    [
      "a sum of time without a unit",
      () => buildIntervalFeed({ counters: { "handle-ms": { column: "handle" } } }),
      "counters.handle-ms.unit: ",
    ],
    [
      "a count with a unit",
      () => buildIntervalFeed({ counters: { offered: { column: "offered", unit: "s" } } }),
      "counters.offered.unit: ",
    ],
    [
      "a constant where rows must be counted",
      () => buildIntervalFeed({ counters: { offered: { constant: 1 } } }),
      "counters.offered.constant: ",
    ],
    [
      "time at work without a unit",
      () => buildIntervalFeed({ counters: { "adherent-ms": { column: "adherent" } } }),
      "counters.adherent-ms.unit: ",
    ],
    [
      "evaluations with a unit, whatever the form is called",
      () => buildIntervalFeed({ counters: { "qa-evaluations-f-ms": { column: "qa", unit: "s" } } }),
      "counters.qa-evaluations-f-ms.unit: ",
    ],
    ["nothing to read", () => buildIntervalFeed({ counters: {}, claims: {} }), "counters: "],
    ["never without its texts", () => buildContactFeed({ outcome: [{ when: { how: "never" }, is: "answered" }] }), "outcome.0.when: "],
    [
      "a rule for everything before others",
      () =>
        buildContactFeed({
          outcome: [
            { when: {}, is: "answered" },
            { when: { how: "lost" }, is: "abandoned" },
          ],
        }),
      "outcome.0.when: ",
    ],
    ["a read column that is ignored", () => buildIntervalFeed({ ignore: ["offered"] }), "ignore.0: "],
    ["a counter that does not exist", () => buildIntervalFeed({ counters: { calls: { column: "offered" } } }), "counters.calls: "],
    ["a misspelt part", () => buildIntervalFeed({ timezone: "UTC" }), ": Unrecognized key"],
  ])("%s is named with its place", (_, build, start) => {
    const found = problemsOf(build);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(start)).toBe(true);
  });

  it("every contradiction is named at once", () => {
    const found = problemsOf(() =>
      buildIntervalFeed({ timeZone: "X", ignore: ["queue"], counters: { offered: { column: "offered", unit: "s" } } }),
    );
    expect(found.map((text) => text.split(":")[0])).toEqual(["timeZone", "counters.offered.unit", "ignore.0"]);
  });
});

describe("what follows from a definition", () => {
  it("a layout has counters and claims in the order of the definition", () => {
    const definition = buildIntervalFeed({
      counters: { abandoned: { column: "a" }, offered: { column: "o" }, "answered-within-5000": { column: "w" } },
    });
    if (definition.kind !== "interval") throw new Error("expected an interval feed");
    expect(layoutOf(definition)).toEqual({ counters: ["abandoned", "offered", "answered-within-5000"], claims: ["answer-rate"] });
  });

  it("the columns of the bank's feed are those that a metric or a check needs, once each", () => {
    expect(mappedColumns(exampleFeed("bank-feed")).toSorted()).toEqual(
      [
        "call_id",
        "date",
        "outcome",
        "q_exit",
        "q_start",
        "q_time",
        "ser_exit",
        "ser_start",
        "ser_time",
        "type",
        "vru+line",
        "vru_entry",
        "vru_time",
      ].toSorted(),
    );
  });
});

describe("docs/feeds.md", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../../../../docs/feeds.md"), "utf8");

  it("names every counter and every unit of a claim", () => {
    const names = BASE_COUNTERS.filter((id) => !/^csat-[234]$/u.test(id)).map((id) => `\`${id}\``);
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
    const units = /Units of claims: (.*?)\n/u.exec(text)?.[1] ?? "";
    expect(CLAIM_UNITS.filter((unit) => !units.includes(unit))).toEqual([]);
  });

  it("shows a definition that is valid", () => {
    const [, sample = ""] = /```yaml\n(.*?)```/su.exec(text) ?? [];
    expect(FeedDefinition.safeParse(parse(sample)).error).toBeUndefined();
  });
});
