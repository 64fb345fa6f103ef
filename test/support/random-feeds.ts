import fc from "fast-check";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { QA_HEADER, ROSTER_HEADER, SCHEDULE_HEADER, SURVEY_FEED, SURVEY_HEADER } from "./record-files.ts";
import { buildContactFeed, buildDailyFeed, buildIntervalFeed, CONTACT_HEADER, exampleFeed, INTERVAL_HEADER } from "./sample-feeds.ts";

/** A feed, and arbitrary files for it: one good row a list of cells. */
export interface RandomFeed {
  readonly feed: FeedDefinition;
  readonly delimiter: string;
  readonly header: string;
  readonly row: fc.Arbitrary<readonly string[]>;
}

const AT = "Europe/Lisbon";
/** Names that spreadsheets would run, or that need quotation marks. */
export const NAMES = ["sales", "=1+1", "'=1+1", "@SUM(A1)", "\uff0b cmd", '"quoted", too', "+49 30", "-", "Z\u00fcrich\u2028two", "''-x"];

const queue = fc.constantFrom(...NAMES);
const person = fc.constantFrom("Ana", "Rui", "=HYPERLINK(1)", "Li \u738b", "");
const agent = fc.constantFrom("Ana", "Rui", "=HYPERLINK(1)", "Li \u738b");
const two = (value: number): string => String(value).padStart(2, "0");
const number = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(String);
const maybe = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(text, fc.constant(""));
const yes = fc.constantFrom("yes", "no");
const id = number(1, 30);
const day = fc.integer({ min: 1, max: 9 }).map((at) => `2026-03-${two(at)}`);
const clock = fc.tuple(fc.integer({ min: 8, max: 19 }), fc.constantFrom(0, 15, 30, 45));
const time = clock.map(([hour, minute]) => `${hour}:${two(minute)}`);
const half = clock.map(([hour, minute]) => `${hour}:${minute < 30 ? "00" : "30"}`);
const instant = fc.tuple(day, fc.integer({ min: 0, max: 86_399_999 })).map(([date, ms]) => new Date(Date.parse(date) + ms).toISOString());

interface Sums {
  readonly offered: number;
  readonly answered: number;
  readonly within: number;
}
const sums = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([offered, a, w]): Sums => {
    const answered = Math.floor(offered * a);
    return { offered, answered, within: Math.floor(answered * w) };
  });
const rate = fc.oneof(fc.constant(""), fc.constantFrom("94.01%", "100 %", "7.5", "0"));

function counts(feed: FeedDefinition): RandomFeed {
  const row = fc
    .tuple(queue, day, time, sums, maybe(number(0, 9000)), rate)
    .map(([name, date, at, { offered, answered, within }, handle, printed]) => [
      name,
      date,
      at,
      String(offered),
      String(answered),
      offered % 3 === 0 ? "" : String(offered - answered),
      offered % 4 === 0 ? "" : String(within),
      handle,
      printed,
    ]);
  return { feed, delimiter: ",", header: INTERVAL_HEADER, row };
}

const clockDuration = fc
  .integer({ min: 0, max: 5000 })
  .map((s) => `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`);

const CONTACTS: RandomFeed = {
  feed: buildContactFeed({ agent: { column: "agent" } }),
  delimiter: ",",
  header: `${CONTACT_HEADER},agent`,
  row: fc
    .tuple(id, instant, queue, fc.constantFrom("done", "ok", "lost"), number(0, 600), clockDuration, maybe(number(1, 5)), person)
    .map(([key, at, name, how, wait, handle, score, who]) => [key, at, name, how, wait, handle, how === "lost" ? "" : score, who]),
};

const SURVEYS: RandomFeed = {
  feed: FeedDefinition.parse(SURVEY_FEED),
  delimiter: ",",
  header: SURVEY_HEADER,
  row: fc.tuple(id, instant, queue, person, maybe(number(1, 5)), maybe(number(0, 10)), maybe(yes), yes).map((cells) => [...cells]),
};

const EVALUATIONS: RandomFeed = {
  feed: exampleFeed("qa-feed"),
  delimiter: ";",
  header: QA_HEADER,
  row: fc
    .tuple(
      id,
      day,
      queue,
      person,
      person,
      fc.constantFrom("Sales", "Care Form"),
      number(1, 3),
      fc.array(fc.constantFrom("yes", "no", "n/a"), { minLength: 6, maxLength: 6 }),
    )
    .map(([key, date, name, who, by, form, version, answers]) => [key, date, name, who, by, form, version, ...answers]),
};

const ROSTERS: RandomFeed = {
  feed: exampleFeed("roster-feed"),
  delimiter: ",",
  header: ROSTER_HEADER,
  row: fc
    .tuple(day, agent, queue, fc.integer({ min: 1, max: 28 }), fc.boolean(), fc.constantFrom("", "other job", "=now()"))
    .map(([date, who, name, started, left, reason]) => [
      date,
      who,
      name,
      `2026-02-${two(started)}`,
      left ? "yes" : "no",
      left ? date : "",
      reason,
    ]),
};

const SCHEDULES: RandomFeed = {
  feed: exampleFeed("schedule-feed"),
  delimiter: ",",
  header: SCHEDULE_HEADER,
  row: fc
    .tuple(fc.integer({ min: 1, max: 20 }), time, time, agent, queue, fc.constantFrom("phone", "break", "lunch"))
    .map(([date, from, to, who, name, activity]) => [`${two(date)}/03/2026`, from, to, who, name, activity]),
};

const FORECASTS: RandomFeed = {
  feed: exampleFeed("forecast-feed"),
  delimiter: ",",
  header: "day,time,queue,calls,handle time,staff hours",
  row: fc.tuple(day, half, queue, number(0, 90), number(0, 20_000), clockDuration).map((cells) => [...cells]),
};

const MONTHS: RandomFeed = {
  feed: exampleFeed("monthly-feed"),
  delimiter: ",",
  header: "month,offered,answered,abandoned,answer rate",
  row: fc
    .tuple(fc.constantFrom("2025-12-01", "2026-01-01", "2026-02-01"), sums, rate)
    .map(([month, { offered, answered }, printed]) => [month, String(offered), String(answered), String(offered - answered), printed]),
};

/** A feed of every kind of rows. */
export const RANDOM_FEEDS: readonly RandomFeed[] = [
  CONTACTS,
  SURVEYS,
  EVALUATIONS,
  ROSTERS,
  SCHEDULES,
  FORECASTS,
  MONTHS,
  counts(buildIntervalFeed({ id: "quarters", timeZone: AT })),
  counts(buildDailyFeed({ id: "days", timeZone: AT })),
];

function cellText(cell: string): string {
  return /[",;\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The file of some rows in the feed's own dialect. */
export function fileOfRows({ header, delimiter }: Pick<RandomFeed, "header" | "delimiter">, rows: readonly (readonly string[])[]): string {
  return [header, ...rows.map((row) => row.map(cellText).join(delimiter)), ""].join("\n");
}
