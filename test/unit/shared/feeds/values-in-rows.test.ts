import { describe, expect, it } from "vitest";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import {
  buildContactFeed,
  buildDailyFeed,
  buildIntervalFeed,
  CONTACT_HEADER,
  INTERVAL_HEADER,
  pieces,
  readWholeFile,
} from "../../../support/sample-feeds.ts";

async function readOne(definition: FeedDefinition, lines: readonly string[]) {
  const { rows, refused } = await readWholeFile(definition, pieces(lines.join("\n")));
  const [read] = rows;
  if (read === undefined) throw new Error(JSON.stringify(refused));
  return { row: read.row, problems: read.problems.map(({ severity, column, rule }) => `${severity} ${rule} ${column}`) };
}

describe("rules between cells", () => {
  it.each([
    ["more-than-offered", "sales,2026-06-01,9:15,10,9,2,8,9,", "answered"],
    ["more-than-whole", "sales,2026-06-01,9:15,10,7,1,8,9,", "within"],
    ["claim-mismatch", "sales,2026-06-01,9:15,10,9,1,8,9,80%", "rate"],
  ])("%s refuses the row or keeps it with a warning, as the definition says", async (rule, line, column) => {
    const as = (severity: string) => readOne(buildIntervalFeed({ rules: { [rule]: severity } }), [INTERVAL_HEADER, line]);
    expect(await as("error")).toEqual({ row: null, problems: [`error ${rule} ${column}`] });
    const kept = await as("warning");
    expect(kept.problems).toEqual([`warning ${rule} ${column}`]);
    expect(kept.row).toMatchObject({ queue: "sales" });
  });

  it("no part of a contact's handle time is longer than the whole", async () => {
    const durations = {
      wait: { column: "wait", unit: "s" },
      handle: { column: "handle", unit: "h:mm:ss" },
      talk: { column: "talk", unit: "s" },
    };
    const lines = [`${CONTACT_HEADER},talk`, "a,2026-06-01T09:00:00Z,sales,done,5,0:01:00,,61"];
    expect(await readOne(buildContactFeed({ durations }), lines)).toEqual({ row: null, problems: ["error more-than-handle talk"] });
    const kept = await readOne(buildContactFeed({ durations, rules: { "more-than-handle": "warning" } }), lines);
    expect(kept).toMatchObject({ row: { handleMs: 60_000, talkMs: 61_000 }, problems: ["warning more-than-handle talk"] });
  });

  it("a contact that ends before it starts is told", async () => {
    const check = { rule: "ends-before-start", column: "end", start: "at", format: "iso-8601", severity: "error" };
    const read = (end: string) =>
      readOne(buildContactFeed({ checks: [check] }), [`${CONTACT_HEADER},end`, `a,2026-06-01T09:00:00Z,sales,done,5,0:01:00,,${end}`]);
    expect((await read("2026-06-01T08:59:59Z")).problems).toEqual(["error ends-before-start end"]);
    expect((await read("2026-06-01T09:00:00Z")).problems).toEqual([]);
    expect((await read("")).problems).toEqual([]);
    expect((await read("soon")).problems).toEqual(["error not-an-instant end"]);
  });
});

describe("a start in one column", () => {
  const header = "queue,when,offered,answered,abandoned,within,handle,rate";
  const start = (date: string, time: string) => ({ date: { column: "when", format: date }, time: { column: "when", format: time } });
  const read = (when: string, date: string, time: string, more: Record<string, unknown> = {}) =>
    readOne(buildIntervalFeed({ start: start(date, time), ...more }), [header, `sales,"${when}",10,9,1,8,9,`]);
  const wanted = Temporal.Instant.from("2026-06-01T14:15:00+02:00").epochMilliseconds;

  it.each([
    ["2026-06-01 14:15:00", "yyyy-mm-dd", "h:mm:ss"],
    ["2026-06-01T14:15", "yyyy-mm-dd", "h:mm"],
    ["6/1/2026 2:15 PM", "mm/dd/yyyy", "h:mm am/pm"],
    ["6/1/2026 2:15:00 pm", "mm/dd/yyyy", "h:mm:ss am/pm"],
    ["1.6.2026, 14:15", "dd.mm.yyyy", "h:mm"],
    ["1 Jun 2026 14:15", "d mmm yyyy", "h:mm"],
    ["46174.59375", "excel-serial", "day-fraction"],
    ["2026-06-01 14:15 - 14:30", "yyyy-mm-dd", "h:mm - h:mm"],
  ])("%s as %s and %s", async (when, date, time) => {
    expect(await read(when, date, time)).toMatchObject({ row: { startMs: wanted }, problems: [] });
  });

  it.each([
    ["2026-06-31 14:15", "yyyy-mm-dd", "h:mm", "no-such-day"],
    ["2026-06-01 14:16", "yyyy-mm-dd", "h:mm", "off-grid"],
    ["2026-06-01", "yyyy-mm-dd", "h:mm", "not-a-clock-time"],
    ["2026-06-01 2:15 PM", "yyyy-mm-dd", "h:mm", "not-a-clock-time"],
    ["2026-10-25 02:15", "yyyy-mm-dd", "h:mm", "ambiguous-local-time"],
    ["2026-03-29 02:15", "yyyy-mm-dd", "h:mm", "impossible-local-time"],
    ["2026-06-01 14:15 - 14:45", "yyyy-mm-dd", "h:mm - h:mm", "interval-length"],
    ["2026-06-01 14:15 - 14:00", "yyyy-mm-dd", "h:mm - h:mm", "interval-length"],
    ["", "yyyy-mm-dd", "h:mm", "missing-value"],
  ])("%s as %s and %s is refused once, by the rule %s", async (when, date, time, rule) => {
    expect(await read(when, date, time)).toEqual({ row: null, problems: [`error ${rule} when`] });
  });

  it("an interval of another length may be kept with a warning; it counts for its start", async () => {
    const kept = await read("2026-06-01 14:15 - 14:45", "yyyy-mm-dd", "h:mm - h:mm", { rules: { "interval-length": "warning" } });
    expect(kept).toMatchObject({ row: { startMs: wanted }, problems: ["warning interval-length when"] });
  });
});

describe("definitions whose ways of writing cannot stand together", () => {
  const messages = (definition: Record<string, unknown>): string[] =>
    FeedDefinition.safeParse(definition).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];

  it.each([
    [{ thousands: "point" }, /^thousands cannot be point where decimal is point/u],
    [{ decimal: "comma", thousands: "comma" }, /^thousands cannot be comma where decimal is comma/u],
    [{ decimal: "comma", thousands: "point", format: { type: "xlsx" } }, /^thousands cannot be point in xlsx/u],
    [{ decimal: "comma", thousands: "point", format: { type: "json" } }, /^thousands cannot be point in json/u],
    [{ decimal: "either", thousands: "point" }, /^thousands cannot be point where decimal is either/u],
    [{ start: { date: { column: "day", format: "mmm-yy" } } }, /^start.date.format names a month/u],
    [{ counters: { "handle-ms": { column: "handle", unit: "s", bare: "min" } } }, /^counters.handle-ms.bare is only for the unit auto/u],
  ])("%j", (more, message) => {
    expect(messages({ ...buildDailyFeed(), ...more })).toEqual([expect.stringMatching(message)]);
  });

  it("the serial number of a spreadsheet carries its own time of day", () => {
    const start = { date: { column: "when", format: "excel-serial" }, time: { column: "when", format: "h:mm" } };
    expect(messages({ ...buildIntervalFeed(), start })).toEqual([expect.stringMatching(/^start.time.format is day-fraction/u)]);
  });

  it.each([{ decimal: "comma", thousands: "point" }, { decimal: "either", thousands: "space" }, { thousands: "comma" }])(
    "%j can",
    (more) => {
      expect(messages({ ...buildDailyFeed(), ...more })).toEqual([]);
    },
  );
});
